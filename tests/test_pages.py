"""Pages of other sites and subjects than the seeds, each with what a careful reader expects of it.

Every rule of layout, threads, dates and facts fires on some of these pages and must not on others; each page's
`why` says what is hard about it. What is still read wrongly stands in pages/missed.yaml and must fail.
"""

from pathlib import Path

import pytest
import yaml

from helpers.corpus import load

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
