import time

import pytest

from helpers.threads import find_thread

STORY = "Storm\n\nThe storm broke the dam on Monday and two villages had to be left before night fell.\n\n"


def comments(text):
    return [(c["author"], c.get("date"), text[c["start"] : c["end"]]) for c in find_thread(text).comments]


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


def test_wordpress():
    text = STORY + (
        "2 thoughts on “Storm”\n\nAnn says:\nMay 13, 2016 at 8:01 am\nFirst line.\n\nSecond.\nReply\n\n"
        "Dr. C. Nwosu says:\nMay 14, 2016 at 9:00 am\nYes.\nReply\n\nComments are closed."
    )
    thread = find_thread(text)
    assert comments(text) == [("Ann", "2016-05-13", "First line.\n\nSecond."), ("Dr. C. Nwosu", "2016-05-14", "Yes.")]
    assert (thread.declared, thread.title) == (2, "Storm")


def test_date_text_signature():
    text = STORY + (
        "Comments on this Article\n\n4 May 2014\nGood.\n-Ann Lee, Leeds , Well said\n3 May 2014\n\nBad.\n\n\nVery.\n"
        "-Bo , No subject"
    )
    assert comments(text) == [("Ann Lee, Leeds", "2014-05-04", "Good."), ("Bo", "2014-05-03", "Bad.\n\n\nVery.")]


@pytest.mark.parametrize(
    "text",
    [
        STORY + "And then she said...\n\nNothing more was heard.\n\nThen the mayor said:\n\n“We are closed.”",
        STORY + "4 May 2014\n\nA diary entry.\n\n5 May 2014\n\nAnother one.",
        STORY + "“We lost all.”\n— Moana Tipene, teacher",
        STORY + "Leave a Reply\n\nYour email address will not be published.\n\nName *\nEmail *",
        STORY + "Reporter: Why?\n\nMinister: Because it rained.",
        STORY + "@southern: This is a disgrace",
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
        ("The minister made two comments on the storm.", None),
    ],
)
def test_declared_counts(line, declared):
    assert find_thread(STORY + line + "\n\nComments are closed.").declared == declared


def test_ten_thousand_comments_take_linear_time():
    def seconds(n):
        text = STORY + "".join(f"Reader {i} said...\n\nComment number {i}, no more.\n\n" for i in range(n))
        start = time.perf_counter()
        assert len(find_thread(text).comments) == n
        return time.perf_counter() - start

    seconds(100)
    assert seconds(8000) < 30 * seconds(1000)  # eight times the work; quadratic would be sixty-four
