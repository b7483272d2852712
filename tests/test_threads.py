from pathlib import Path

import pytest
from measure import read_marked

from helpers.corpus import read_page
from helpers.pages import Page
from helpers.threads import find_thread

ROOT = Path(__file__).parent.parent
STORY = "Storm\n\nThe storm broke the dam on Monday and two villages had to be left before night fell.\n\n"


def comments(text):
    return [(c["author"], c["date"], text[c["start"] : c["end"]]) for c in find_thread(text).comments]


@pytest.mark.parametrize(
    "section, expected",
    [
        (
            "2 comments:\n\nAnn Ann said...\n\nGood.\n\nMay 2, 2011 at 6:12 PM\n\nBo said...\n\nBad.\n\nPost a Comment",
            [("Ann", "2011-05-02", "Good."), ("Bo", None, "Bad.")],
        ),
        (
            "3 comments\n\nAnnMay 3, 2015 at 4:01 PM\nBrave.\nReplyDelete\njun2008May 4, 2015 at 1:00 PM\nNo.\n"
            "ReplyDelete\nR.S.May 6, 2015 at 2:22 PM\nB\nReplyDelete",
            [("Ann", "2015-05-03", "Brave."), ("jun2008", "2015-05-04", "No."), ("R.S.", "2015-05-06", "B")],
        ),
        (
            "2 thoughts on “Storm”\n\nAnn says:\nMay 13, 2016 at 8:01 am\nFirst line.\n\nSecond.\nReply\n\n"
            "Dr. C. Nwosu says:\nMay 14, 2016 at 9:00 am\nYes.\nReply\n\nComments are closed.",
            [("Ann", "2016-05-13", "First line.\n\nSecond."), ("Dr. C. Nwosu", "2016-05-14", "Yes.")],
        ),
        (
            "2 Responses\nOld Surveyor on 4 November 2008 at 02:17 said:\nNo.\n陳伯 on 5 November 2008 at 23:51 said:\n"
            "Old Surveyor on 4 November 2008 at 02:17 said:\n“No.”\nYes.",
            [
                ("Old Surveyor", "2008-11-04", "No."),
                ("陳伯", "2008-11-05", "Old Surveyor on 4 November 2008 at 02:17 said:\n“No.”\nYes."),
            ],
        ),
        (
            "3 Comments\nLogin\nSort by Best\nAnn • 3 years ago\nYes.\n− + 4 Reply Share ›\n"
            "Bo > Ann • 2 years ago\n👏👏\n− + Reply Share ›\nCy • a year ago\nThis comment was deleted.\n"
            "− + Reply Share ›\nPowered by Disqus",
            [("Ann", "3 years ago", "Yes."), ("Bo", "2 years ago", "👏👏"), ("Cy", "a year ago", "")],
        ),
        (
            "3 comments\n\n[–]kelp[S] 12 points 3 years ago\n\nYes.\n\npermalink\nreply\n\n"
            "[–]brine 5 points 2 years ago*\n\n> Yes.\n\nNo.\n\npermalink\n"
            "reply\n\n[–]x 1 point 2 years ago\n\nF\n\npermalink\nreply",
            [("kelp", "3 years ago", "Yes."), ("brine", "2 years ago", "> Yes.\n\nNo."), ("x", "2 years ago", "F")],
        ),
        (
            "2 Comments\n18\nu/kelp\nMar 3 '21\nYes.\n7\nu/brine\nMar 4 '21\nNo.",
            [("kelp", "2021-03-03", "Yes."), ("brine", "2021-03-04", "No.")],
        ),
        (
            "Conversation (3)\nAnn\nyesterday at 4:10 pm\nYes.\nLike (4) Reply Report\nBo\nyesterday at 4:26 pm\n"
            "In reply to Ann\nNo.\nLike Reply Report\nCy replied to Bo\ntoday at 7:15 am\nOh.\nLike Reply Report",
            [("Ann", "yesterday at 4:10 pm", "Yes."), ("Bo", "yesterday at 4:26 pm", "No.")]
            + [("Cy", "today at 7:15 am", "Oh.")],
        ),
        (
            "Comments on this Article\n\n4 May 2014\nGood.\n-Ann Lee, Leeds , Well said\n3 May 2014\n\n"
            "Bad.\n\n\nVery.\n-Bo , No subject",
            [("Ann Lee, Leeds", "2014-05-04", "Good."), ("Bo", "2014-05-03", "Bad.\n\n\nVery.")],
        ),
        (
            "Comments (2)\n\nGood riddance.\n\n- Keith, Cobbleton, 14/1/2009 08:15\nClick to rate Rating 214\n\n"
            "Get a car.\n\n- M, 15/1/2009 13:13\nClick to rate Rating 65",
            [("Keith", "2009-01-14", "Good riddance."), ("M", "2009-01-15", "Get a car.")],
        ),
        (
            "Comments 2\n\nEllen\nUpper Tansy\nAug. 21, 2018\n\nNo.\n\nI drove.\n\nRecommend 318\nFlag\n\n"
            "Walt B.\nMeridian\nAug. 22, 2018\n\nYes.\n\nRecommend 4\nFlag",
            [("Ellen", "2018-08-21", "No.\n\nI drove."), ("Walt B.", "2018-08-22", "Yes.")],
        ),
        (
            "YOUR LETTERS\n\n1.\nSir, I object:\n1. It rains.\n2. It pours.\nCol. A. Platt, Nether Corve\n\n"
            "2.\nBees.\nJean Huddle, Mill Row\n\n3.\nNo.\nName withheld",
            [("Col. A. Platt", None, "Sir, I object:\n1. It rains.\n2. It pours."), ("Jean Huddle", None, "Bees.")]
            + [("Name withheld", None, "No.")],
        ),
        (
            "Reader comments (3)\n\n\nI sang that day.\n\n\nBring:\n1. a pie\n2. a chair\n\n\n"
            "Thanks!\n\n\nLeave a comment",
            [(None, None, "I sang that day."), (None, None, "Bring:\n1. a pie\n2. a chair"), (None, None, "Thanks!")],
        ),
        (
            "7 Comments\nAnn Wells\nWorks at Pruett Hardware\nI sell fence\nLike · Reply · 88 · May 18, 2015 5:03pm\n"
            "Bo Lee\nGood.\nLike · Reply · 2 · May 19, 2015 6:00pm",
            [("Ann Wells", "2015-05-18", "I sell fence"), ("Bo Lee", "2015-05-19", "Good.")],
        ),
    ],
    ids=["blogger", "glued", "wordpress", "copied-header", "disqus", "reddit", "mirror", "reply-to", "dated"]
    + ["signature", "name-place", "letters", "stripped", "facebook"],
)
def test_families(section, expected):
    assert comments(STORY + section) == expected


def test_a_reply_points_at_the_comment_it_answers_or_at_what_the_page_prints():
    text = (
        STORY
        + "4 Comments\n"
        + "".join(f"{head} • 1 day ago\nWords.\nReply\n" for head in ("Ann", "Bo > Ann", "Ann", "Cy > Ann"))
    )
    assert [c["reply_to"] for c in find_thread(text).comments] == [None, "c1", None, "Ann"]  # which Ann, nobody knows


def test_blogger_dates_close_a_comment_or_open_its_words():
    text = STORY + (
        "Ann said...\n\nGood.\n\nMay 2, 2011 at 6:12 PM\n\nBo said...\n\nMay 2, 2011 at 6:12 PM\nI differ.\n\n"
        "Cy said...\n\nMe too.\n"
    )
    assert comments(text) == [("Ann", "2011-05-02", "Good."), ("Bo", None, "I differ."), ("Cy", None, "Me too.")]
    assert [c["reply_to"] for c in find_thread(text).comments] == [None, "c1", None]  # the time names Ann's comment


def test_a_page_that_prints_times_under_its_headers_keeps_them():
    text = STORY + "Ann said...\nMay 2, 2011 at 6:12 PM\nGood.\n\nBo said...\nMay 3, 2011 at 7:00 AM\nBad.\n"
    assert comments(text) == [("Ann", "2011-05-02", "Good."), ("Bo", "2011-05-03", "Bad.")]


def test_a_profile_line_below_a_header_within_the_words_is_survived():
    section = "3 comments\n\nAnn said... Good.\nJoined: 2010\nVery.\n\nBo said... Bad.\n\nCy said... Me too."
    assert comments(STORY + section) == [("Ann", None, "Very."), ("Bo", None, "Bad."), ("Cy", None, "Me too.")]


def test_confidence_rises_where_the_count_agrees_and_falls_where_it_does_not():
    section = "{}Ann said...\n\nGood.\n\nBo said...\n\nBad.\n\nPost a Comment"
    sure, plain, off = (
        find_thread(STORY + section.format(count)).comments[0]["confidence"]
        for count in ("2 comments:\n\n", "Comments\n\n", "9 comments:\n\n")
    )
    assert 1 > sure > plain > off > 0.5


@pytest.mark.parametrize(
    "text",
    [
        STORY + "And then she said...\n\nNothing more was heard.\n\nThen the mayor said:\n\n“We are closed.”",
        STORY + "4 May 2014\n\nA diary entry.\n\n5 May 2014\n\nAnother one.",
        STORY + "“We lost all.”\n— Moana Tipene, teacher",
        STORY + "Leave a Reply\n\nYour email address will not be published.\n\nName *\nEmail *",
        STORY + "Reporter: Why?\n\nMinister: Because it rained.",
        STORY + "@southern: This is a disgrace",
        STORY
        + "12 replies on “Storm”\nComments are closed.\nRelated stories\nFour votes: the new mayor\nSign up, weekly",
        STORY + "0 comments\n\nCallum B\nSunday 18:31\nWHICH WAY\n\nMary\nSunday 18:33\nHere.\n\nAl\nSunday 18:40\nOh.",
        STORY + "Recent comments\nBettina on Harbour dues\nOld Crab on The man who tied knots",
        STORY + "Letters\n\nSigned,\nAmílcar Pontes, Setúbal\nGraça Veloso, Tróia\nZé Manel, Carrasqueira",
    ],
)
def test_no_comment_is_invented(text):
    assert comments(text) == []


@pytest.mark.parametrize(
    "line, declared",
    [
        ("12 replies on “Storm”", 12),
        ("4 comments:", 4),
        ("Comments (37)", 37),
        ("No comments:", 0),
        ("One response to “Storm”", 1),
        ("Three responses to the crisis", None),
        ("1,204 Comments", 1204),
        ("READ 6 COMMENTS", 6),
        ("16 Comments Touchline Weekly Login", 16),
        ("The minister made two comments on the storm.", None),
    ],
)
def test_declared_counts(line, declared):
    assert find_thread(STORY + line + "\n\nComments are closed.").declared == declared


def test_a_link_back_from_another_site_is_nobodys_comment_and_nobodys_words():
    section = "3 Comments\nAnn March 2, 2010 at 6:11 am\nGood.\nReply\nSnow « The Walker March 2, 2010 at 6:50 am\n"
    section += "[…] a gritter in a ditch […]\nReply\nBo March 3, 2010 at 8:00 am\nBad.\nReply"
    _, spans, rows, _ = read_page("page", Page(STORY + section))
    assert [row["text"] for row in rows] == ["Good.", "Bad."]
    assert [span["role"] for span in spans][2:] == ["boilerplate", "comment", *["boilerplate"] * 3, "comment"]


def test_a_mark_left_open_is_named(tmp_path):
    (tmp_path / "page.txt").write_text("# family: none\n# declared: null\n# why: x\n\n⟦author=A⟧one\n⟦author=B⟧two⟦/⟧")
    with pytest.raises(ValueError, match="page.txt"):
        read_marked(tmp_path / "page.txt")


def test_hostile_and_long_sections_lose_nothing():
    words = "A <script>alert(1)</script> & word\n" * 3000
    text = STORY + f"2 comments:\n\nنادية said...\n\n{words}\nBo said...\n\n👏👏\n"
    assert comments(text) == [("نادية", None, words.strip()), ("Bo", None, "👏👏")]
    many = STORY + "".join(f"Reader {i} said...\n\nComment number {i}, no more.\n\n" for i in range(10000))
    assert len(comments(many)) == 10000
