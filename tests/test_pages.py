"""Pages of other sites and subjects than the seeds, each with what a careful reader expects of it.

Every rule of layout, threads, dates and facts fires on some of these pages and must not on others; each page's
`why` says what is hard about it. What is still read wrongly stands in pages/missed.yaml and must fail.
"""

import sys
from pathlib import Path

import pytest
import yaml

from helpers.corpus import load, read_page
from helpers.pages import Page

PAGES = Path(__file__).parent / "pages"
MISSED = yaml.safe_load((PAGES / "missed.yaml").read_text("utf-8"))
FACTS = ("title", "outlet", "byline", "published", "published_source", "modified", "declared_comments")


def plain(value):
    return " ".join(str(value).split()).lower() if value is not None and value == value else None


@pytest.fixture(scope="module")
def corpus():
    return load(PAGES)


def expectations():
    for file in sorted(PAGES.glob("*.yaml")):
        if file.stem == "missed":
            continue
        page = yaml.safe_load(file.read_text("utf-8"))
        checks = [(fact, page[fact]) for fact in FACTS]
        checks += [("comments", page["comments"])]
        checks += [(f"{role['role']}: {role['text'][:40].strip()}", role) for role in page["roles"]]
        for name, expected in checks:
            known = name in MISSED.get(file.stem, [])
            marks = [pytest.mark.xfail(reason="listed in missed.yaml", strict=True)] if known else []
            yield pytest.param(file.stem, name, expected, marks=marks, id=f"{file.stem}-{name}")


@pytest.mark.parametrize("page, name, expected", list(expectations()))
def test_page_is_read_as_a_reader_would(corpus, page, name, expected):
    document = corpus.documents.set_index("doc_id").loc[page]
    if name in FACTS:
        assert plain(None if document.isna()[name] else document[name]) == plain(expected)
    elif name == "comments":
        found = corpus.comments[corpus.comments.doc_id == page]
        assert [plain(author) for author in found.author] == [plain(comment["author"]) for comment in expected]
        for comment, wanted in zip(found.itertuples(), expected, strict=True):
            assert comment.anonymous == wanted["anonymous"]
            assert (comment.date if isinstance(comment.date, str) else None) == wanted["date"]
            assert (comment.title if isinstance(comment.title, str) else None) == wanted["title"]
            assert comment.text.startswith(wanted["starts"]) and comment.text.endswith(wanted["ends"])
            assert bool(comment.text) == bool(wanted["starts"])
    else:
        text, words = document.text, expected["text"].strip()
        at = text.find("\n" + words + "\n") + 1 or text.find(words)
        at = at if text[at : at + len(words)] == words else text.find(words)
        spans = corpus.spans[corpus.spans.doc_id == page]
        roles = set(spans.role[(spans.start < at + len(words)) & (spans.end > at)])
        assert roles == {expected["role"]}


def test_every_known_miss_is_a_check_that_exists():
    checks = {(case.values[0], case.values[1]) for case in expectations()}
    assert {(page, name) for page, names in MISSED.items() for name in names} <= checks


STORY = "Storm over the delta\n\nBy Ann Lee\n\n{}"
STORY += "The storm broke the dam on Monday and two villages had to be left before night fell.\n\n"


def read(text):
    return read_page("page", Page(text))


@pytest.mark.parametrize(
    "text, published",
    [  # a list of other pages below the article has dates of its own
        (STORY.format("12 June 2018\n\n") + "Related articles\n\nA flood\n\n4 May 2009", "2018-06-12"),
        # dates between paragraphs are headings
        (
            STORY.format("")
            + "8 May 1995\n\nThe dam was built by the ministry and it cost a fortune at that time.\n\n"
            + "9 May 1996\n\nThe dam was closed by the ministry and it cost a fortune at that time, too.",
            None,
        ),
        (STORY.format("31 February 2017\n\n"), "2017-02"),
        (STORY.format("On March 13 the plan for 2030 was signed, as the papers of 2018 say. "), "2018-03"),
    ],
)
def test_a_page_is_dated_by_its_own_date(text, published):
    assert read(text)[0]["published"] == published


def test_what_stands_below_the_comments_is_neither_comment_nor_body():
    text = STORY.format("") + (
        "2 comments:\n\nAnn said...\n\nGood.\n\nBo said...\n\n"
        "Write a response to the mayor, all of you. Do it.\n\nNow.\n\n"
        "© 2014 The Gazette\n\n"
        "The Gazette has been the voice of the delta for over a hundred years, and it always will be."
    )
    _, spans, comments, _ = read(text)
    assert [c["text"] for c in comments] == ["Good.", "Write a response to the mayor, all of you. Do it.\n\nNow."]
    assert [span["role"] for span in spans][-4:] == ["comment", "comment", "rights", "boilerplate"]


def test_counts_of_other_pages_declare_nothing_here():
    assert read(STORY.format("") + "Most read\n\n124 comments\n\n31 comments")[0]["declared_comments"] is None


def test_a_page_of_short_sentences_has_a_body_and_one_of_menus_is_said_to_have_none():
    assert [s["role"] for s in read("It rained.\n\nWe left. Nobody stayed.")[1]] == ["body", "body"]
    assert "no article found" in read("Home | News | Sport")[0]["warnings"]


def test_a_script_without_blanks_is_body_in_its_language():
    document, spans, *_ = read(
        "中国政府昨天欢迎越南决定从边境撤军，并承诺向受影响的省份提供慷慨的援助。中国外交部发言人说，两国将继续合作，共同维护地区和平与稳定。"
    )
    assert document["language"] == "zh" and [span["role"] for span in spans] == ["body"]


@pytest.mark.parametrize(
    "line",
    [
        "news  sport  " * 20 + "Our pick of the day",
        "a " * 8000,
        "A, " * 6000,
        "- " * 8000,
        "“" * 8000,
        "May 5, " * 3000,
        "(" * 9000,
    ],
)
def test_a_hostile_line_comes_to_an_end(line):
    document, spans, *_ = read(line)  # with exponential patterns it took hours
    covered = {place for span in spans for place in range(span["start"], span["end"])}
    assert document["n_comments"] == 0 and all(place in covered for place, sign in enumerate(line) if sign.strip())


def count_calls(work):
    """How many functions a piece of work calls."""
    calls = 0

    def count(_, event, __):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def test_work_grows_with_bylines_and_paragraphs_in_a_straight_line():
    def page(n):
        lines = [f"By Ann{i} Lee{i}\n\n" for i in range(n)], [f"Some words {i}\n\n" for i in range(n)]
        return "".join(lines[0]) + STORY.format("") + "".join(lines[1])

    read(page(10))
    few, many = count_calls(lambda: read(page(150))), count_calls(lambda: read(page(600)))
    assert few > 1000 and many < 1.2 * 4 * few
