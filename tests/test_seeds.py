"""What must be right on the five seeds, as a careful reader of each page would say it."""

from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parent.parent


def words(page, number, role):
    text = page(number, "documents").text[0]
    spans = page(number, "spans")
    return [text[s:e] for s, e in spans.loc[spans.role == role, ["start", "end"]].itertuples(index=False)]


def fact(page, number, name):
    value = page(number, "documents")[name][0]
    return None if pd.isna(value) else value


@pytest.mark.parametrize(
    "number, published, source",
    [
        ("000", "1997-08", "dateline"),
        ("001", "2018-03", "text"),
        ("002", "2017-09", "text"),
        ("003", "2014-02-04", "dateline"),
        ("004", "2018-07-27", "modified"),
    ],
)
def test_published(page, number, published, source):
    assert (fact(page, number, "published"), fact(page, number, "published_source")) == (published, source)


@pytest.mark.parametrize(
    "number, title, outlet",
    [
        ("000", "Hanoi's Role in the Cambodian Coup", "Vietnam Democracy"),
        ("001", "Hun Sen willing to risk losing his oldest ally", "Asia Times"),
        ("002", "Tension Between Cambodia And U.S. Is Rising", None),
        ("003", "Cambodian Regime Realigns Its Foreign Relations", "YaleGlobal Online Magazine"),
        ("004", "Cambodia - Foreign Relations", "GlobalSecurity.org"),
    ],
)
def test_title_and_outlet(page, number, title, outlet):
    assert (fact(page, number, "title"), fact(page, number, "outlet")) == (title, outlet)


def test_000_dates_titles_and_credits(page):
    assert words(page, "000", "dateline") == ["June 8, 2014", "Monday, May 21, 2007", "August 1997"]
    assert len(words(page, "000", "title")) == 2
    assert words(page, "000", "byline") == ["Vietnam Democracy", "Free Vietnam Alliance"]
    assert "1997-08, 2007-05-21, 2014-06-08" in fact(page, "000", "warnings")


def test_000_comments(page):
    comments = page("000", "comments")
    assert len(comments) == 7 and set(comments.author) == {"Anonymous"} and comments.anonymous.all()
    assert comments.format.eq("blogger").all() and comments.date.isna().all()
    assert (comments.text != "").sum() == 6
    last = comments.iloc[-1]
    assert last.text == "" and last.start == last.end


def test_000_a_time_that_opens_a_comment_names_the_one_it_answers(page):
    comment = page("000", "comments").iloc[4]
    assert comment.reply_to == "June 8, 2014 at 7:49 AM"
    assert pd.isna(comment.date) and comment.text.startswith("Don't push Ly Diep.")


def test_001_captions_and_lost_comments(page):
    spans = page("001", "spans")
    assert spans.role.head(2).tolist() == ["caption", "caption"] and (spans.role == "caption").sum() == 6
    assert not words(page, "001", "title") and page("001", "comments").empty
    assert fact(page, "001", "declared_comments") == 12
    assert "declares 12 comments, none found" in fact(page, "001", "warnings")


def test_002_is_a_title_and_a_plain_body(page):
    assert page("002", "spans").role.tolist() == ["title"] + ["body"] * 6


def test_003_every_part_of_a_magazine_page(page):
    assert words(page, "003", "title") == ["Cambodian Regime Realigns Its Foreign Relations"] * 2
    assert [text[:9] for text in words(page, "003", "standfirst")] == ["Political", "Facing po"]
    assert words(page, "003", "byline") == ["Murray Hiebert, Phuong Nguyen"]
    assert words(page, "003", "dateline") == ["YaleGlobal, 4 February 2014", "WASHINGTON:"]
    assert words(page, "003", "caption")[0].startswith("Shifting alliance?")
    assert words(page, "003", "bio")[0].startswith("Murray Hiebert is senior fellow")
    assert words(page, "003", "rights")[0].startswith("Rights:Copyright")
    assert "Relations between Vietnam and Cambodia have blossomed in recent months." in words(page, "003", "body")
    assert "Comments on this Article" in words(page, "003", "boilerplate")


def test_003_comments_are_date_text_signature(page):
    comments = page("003", "comments")
    assert comments.date.tolist() == ["2014-02-13", "2014-02-04", "2014-02-04"]
    assert comments.author.tolist() == [
        "UK Tutoring Services-Cambodia",
        "Prasat Bayon",
        "UK Tutoring Services-Cambodia",
    ]
    assert comments.title.tolist() == ["Cambodian educational system", "Cambodia", "The farce that is Cambodia"]
    assert comments.text[1].startswith("The many kings") and comments.text[1].endswith("Please somebody....")


def test_004_banners_are_no_article(page):
    assert words(page, "004", "boilerplate") == [
        "UNITED24 - Make a charitable donation in support of Ukraine!",
        "Join the GlobalSecurity.org mailing list",
    ]
    assert fact(page, "004", "modified") == "2018-07-27"


def test_every_row_is_its_slice_of_the_file(analysis):
    text = dict(zip(analysis.documents.doc_id, analysis.documents.text, strict=True))
    for table, column in (("sentences", "text"), ("comments", "text"), ("mentions", "expression")):
        frame = getattr(analysis, table)
        slices = [text[doc][s:e] for doc, s, e in frame[["doc_id", "start", "end"]].itertuples(index=False)]
        assert slices == frame[column].tolist(), table


def test_coded_sentences_are_split_as_the_coders_did(analysis):
    gold = pd.read_csv(ROOT / "gold" / "stance.csv").drop_duplicates(["doc", "start", "end"])
    ours = set(analysis.sentences[["doc_id", "start", "end"]].itertuples(index=False, name=None))
    assert set(gold[["doc", "start", "end"]].itertuples(index=False, name=None)) <= ours
