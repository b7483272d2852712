"""Laws that hold for every page: spans tile it, sentences and comments are slices of it, nothing is lost."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from helpers.corpus import read_page
from helpers.pages import Page

LINES = [
    "Anonymous said...",
    "Ann Lee says:",
    "May 13, 2016 at 8:01 am",
    "3 comments:",
    "Comments are closed.",
    "Reader comments",
    "4 February 2014",
    "-Ann Lee , A title",
    "By Ann Lee",
    "Home > News > Rain",
    "Rain",
    "Rain over the delta",
    "Photo: Agency/Ann Lee",
    "WASHINGTON: It rained.",
    "© 2014 The Gazette",
    "The rain came in June, and the minister said that nobody had expected it before the harvest was in.",
    "“It rained,” he said. “It will rain again.”",
    "Ann Lee is a fellow at the Institute.",
    "Read more: Rain",
    "\ufeffodd",
    "\x00",
    "ខ្មែរ",
    "שלום עולם",
    "😀😀",
    "<script>alert(1)</script>",
    "…",
    "“",
    "a" * 300,
]
lines = st.one_of(st.sampled_from(LINES), st.text(max_size=60))
pages = st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n\n"])), max_size=25).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@settings(max_examples=300, deadline=None)
@given(pages)
@example("Rain\n\nAnonymous said...\n\nAnonymous said...")
def test_spans_tile_the_page_and_lose_nothing(text):
    _, spans, comments, sentences = read_page("page", Page(text))
    covered = 0
    for span in spans:
        assert span["start"] >= covered and span["end"] > span["start"]
        assert not text[covered : span["start"]].strip()
        covered = span["end"]
    assert not text[covered:].strip()
    for row in [*comments, *sentences]:
        assert text[row["start"] : row["end"]] == row["text"]
    inside = [span for span in spans if span["role"] == "comment"]
    assert len(inside) == len(comments)
    for span, comment in zip(inside, comments, strict=True):
        assert span["start"] <= comment["start"] <= comment["end"] <= span["end"]
    assert all(any(span["start"] <= row["start"] and row["end"] <= span["end"] for span in spans) for row in sentences)


@settings(max_examples=50, deadline=None)
@given(pages)
def test_reading_twice_gives_the_same(text):
    assert read_page("page", Page(text)) == read_page("page", Page(text))


@pytest.mark.parametrize("n", [2, 20])
def test_more_comments_are_found_where_there_are_more(n):
    text = "A story.\n\n" + "".join(f"Reader {i} said...\n\nComment {i}.\n\n" for i in range(n))
    _, _, comments, _ = read_page("page", Page(text))
    assert [comment["text"] for comment in comments] == [f"Comment {i}." for i in range(n)]
