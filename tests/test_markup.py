"""Comments out of HTML: the markup of the common platforms, each a page of tests/html."""

from pathlib import Path

import pytest

import helpers
from helpers.pages import read_html
from helpers.privacy import name_readers
from helpers.signatures import clean_name, is_signature

HTML = Path(__file__).parent / "html"
ROOT = HTML.parent.parent
PLATFORMS = sorted(path.stem for path in HTML.glob("*.html") if path.stem != "none")
NESTED = {"wp_classic", "blogger_new", "disqus", "parentid"}  # where the markup says what is answered


def read(name):
    return read_html((HTML / f"{name}.html").read_text("utf-8"))


@pytest.mark.parametrize("name", PLATFORMS)
def test_comments_of_every_platform_with_author_date_and_reply(name):
    comments = read(name).comments
    first, second = comments[:2]
    assert len(comments) == (3 if name == "wp_classic" else 2)
    assert first["text"].replace("\n", " ").startswith("I waited four hours.")
    assert second["text"].startswith("Swim") and second["text"].endswith(".")
    assert [first["author"], second["author"]] == ["Ann Lee", "Bo"]
    assert [c["date"] for c in comments][1] == "2014-05-03"
    assert (second["reply_to"] == "c1") == (name in NESTED)


@pytest.mark.parametrize("name", [*PLATFORMS, "none"])
def test_article_and_comments_do_not_leak_into_each_other(name):
    page = read(name)
    body = " ".join(page.text[s:e] for s, e, role in page.spans if role == "body")
    assert body.count("The ferry to the island of Selm was late again") == 6
    assert "four hours." not in body and "Swim" not in body
    assert not any("ferry to the island" in comment["text"] for comment in page.comments)
    assert page.facts["published"] == "2014-05-02" and page.facts["byline"] == "Ida Brandt"


@pytest.mark.parametrize("name", [*PLATFORMS, "none"])
def test_spans_tile_the_text_that_was_put_together(name):
    page = read(name)
    at = 0
    for start, end, _ in page.spans:
        assert not page.text[at:start].strip() and start < end
        at = end
    assert not page.text[at:].strip()
    assert all(page.text[c["start"] : c["end"]] == c["text"] for c in page.comments)


def test_a_list_of_latest_comments_and_an_empty_form_are_no_comments():
    assert read("none").comments == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<",
        "<html>",
        "<div>" * 50_000,
        "<p>" + "a" * 10,
        "<!-- -->",
        "\ufeff<html><body>x",
        "<?xml version='1.0' encoding='utf-8'?><html><body><p>x</p></body></html>",
        "<script>alert(1)</script>",
        "<body onload=alert(1)><p>Hello <img src=x onerror=alert(1)> world</p>",
        "<ul>" + "<li class=comment id=comment-1><cite class=fn>A</cite>" * 300,
        "]]></script><style>*{}</style>",
    ],
)
def test_broken_and_hostile_html_is_read_as_text_or_as_nothing(source):
    page = read_html(source)
    assert isinstance(page.text, str) and "alert(1)" not in page.text


@pytest.mark.parametrize(
    "line, name",
    [
        ("Verfasst von: Irmi aus der Mühlgasse am 6. Februar 2006 08:20", "Irmi aus der Mühlgasse"),
        ("Mi, 14.04.2010 - 07:50 — Möwe (nicht überprüft)", "Möwe"),
        ("Posted by: Malcolm Teague at March 10, 2004 07:58 AM", "Malcolm Teague"),
        ("1. Le mardi, octobre 19 2010, 09:12 par Mathurin", "Mathurin"),
        ("Dr. Eckart B. sagt:", "Dr. Eckart B."),
        ("3 years ago", None),
        ("14. Nov, 23:08", None),
    ],
)
def test_who_signs_a_line(line, name):
    assert clean_name(line) == name


STORY = (
    "<article><h1>Late</h1>" + "<p>The ferry to the island was late again on Monday, the harbour office said.</p>" * 4
)


def html(body):
    return read_html(f"<html><head><title>Late</title></head><body>{body}</body></html>")


def body_of(page):
    return [page.text[start:end] for start, end, role in page.spans if role == "body"]


@pytest.mark.parametrize(
    "line, signs",
    [
        ("Ann Lee, March 3, 2014 at 4:01 pm", True),
        ("sagt:", True),
        ("I was there on 3 March 2014 and saw it.", False),
        ("3 years ago I moved to Hanoi.", False),
        ("Swim.", False),
    ],
)
def test_a_sentence_with_a_date_is_no_signature(line, signs):
    assert is_signature(line) == signs


def test_an_article_keeps_what_sounds_like_a_heading_and_what_a_reader_quotes():
    quoted = "Reactions in the capital were muted on Monday, and nobody knew what would come of it all."
    item = '<li class="comment" id="comment-1"><cite class="fn">Ann</cite><div class="comment-content">'
    page = html(
        f"{STORY}<p>{quoted}</p></article><ol>{item}<blockquote>{quoted}</blockquote><p>True.</p></div></li></ol>"
    )
    assert quoted in body_of(page) and len(page.comments) == 1


def test_words_round_a_line_break_stay_apart():
    page = html(f"{STORY}<p>First line of verse<br>second line of the verse, which is a little longer.</p></article>")
    assert any("verse second" in line for line in body_of(page))


def test_who_signs_with_a_name_is_not_anonymous_and_gets_a_pseudonym(tmp_path):
    item = '<li class="comment"><cite class="fn">{}</cite><div class="comment-content">I waited four hours.</div></li>'
    items = "".join(map(item.format, ("Ann Lee", "Guest", "Bo Chan")))
    (tmp_path / "a.html").write_text(f"<html><body>{STORY}</article><ol>{items}</ol></body></html>")
    comments = helpers.load(tmp_path).comments
    assert comments.anonymous.tolist() == [False, True, False] and set(comments.format) == {"html"}
    assert name_readers(comments) == {"Ann Lee": "Reader 1", "Bo Chan": "Reader 2"}


def test_a_list_under_a_heading_is_not_one_comment():
    row = (
        '<div class="row"><b class="name">Ann {0}</b> <i class="date">May {0}, 2014</i><p>I waited {0} hours.</p></div>'
    )
    rows = "".join(row.format(n) for n in (11, 12, 13))
    page = html(f"{STORY}</article><div><h3>3 comments</h3><div class='comments-list'>{rows}</div></div>")
    assert [comment["author"] for comment in page.comments] == ["Ann 11", "Ann 12", "Ann 13"]


def test_dots_without_end_and_many_comments_are_read_at_once():
    assert clean_name("Well" + "." * 5000 + " no") is not None
    item = '<li class="comment"><cite class="fn">Ann {0}</cite><div class="comment-content">Hm {0}.</div></li>'
    page = html(f"{STORY}</article><ol>{''.join(item.format(n) for n in range(2000))}</ol>")
    assert len(page.comments) == 2000 and page.comments[7]["reply_to"] is None
