"""Hostile pages: whatever stands in a text, a field, a file name or an actors file reaches the reader as text. Slow."""

import csv
import json
from html import escape

import pytest

import helpers
from helpers.privacy import hide_commenters

pytestmark = pytest.mark.slow
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<iframe src=https://example.com></iframe>",
    "</style><style>body{display:none}</style>",
    "</script>]]>--><svg onload=alert(3)>",
    '" onmouseover="alert(4)" x="',
    "[x](javascript:alert(5)) ![y](https://example.com/y.png) # z",
    "$\\href{javascript:alert(6)}{x}$ $$\\begin{x}",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "=HYPERLINK(1)",
]
BAD = " ".join(ATTACKS)
LINE = " ".join(f"{bad} and China was very bad for Hanoi, a terrible and hateful friend." for bad in ATTACKS)


def write_pages(folder):
    """A page of each kind, with every attack in every field that the format has."""
    said = f"Bo said...\n\n{LINE}\n\n"
    (folder / "<b onclick=alert(8)>x.txt").write_text(
        f"{BAD}\n\nBy {BAD}\n\n{LINE}\n\n2 comments:\n\n{said}Ann said...\n\nNo."
    )
    front = json.dumps({"title": BAD, "author": BAD, "site": BAD, "date": "2020-01-02", BAD: BAD})
    (folder / "m.md").write_text(f"---\n{front}\n---\n\n{LINE}\n")
    safe, quoted = escape(BAD), escape(LINE)
    (folder / "h.html").write_text(
        f"<html><head><title>{safe}</title><meta name=author content='{safe}'><meta property='og:site_name' "
        f"content='{safe}'></head><body onload=alert(9)>"
        f"<article><h1>{safe}</h1><p>{quoted}</p><p>{quoted}</p></article>"
        f"<ol class=commentlist><li class=comment id=comment-1><cite class=fn>{safe}</cite><div class=comment-content>"
        f"<p>{quoted}</p><script>alert(10)</script></div></li></ol></body></html>"
    )
    with (folder / "t.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, ["text", "title", "author", "source", "date", BAD])
        table.writeheader()
        table.writerow({"text": LINE, "title": BAD, "author": BAD, "source": BAD, "date": BAD, BAD: BAD})
        table.writerow({"text": LINE.replace("China", "Hanoi"), "title": "=1+1", "author": "@x", "source": "+2"})


def hostile_actors():
    """The package's own actors, with an attack in every label and gloss."""
    source = helpers.load_actors().source
    attack = json.dumps(BAD)
    lines = [
        line.split(":")[0] + f": {attack}"
        if line.strip().split(":")[0] in ("label", "title", "gloss", "dispute")
        else line
        for line in source.split("\n")
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, render):
    root = tmp_path_factory.mktemp("hostile")
    (root / "pages").mkdir()
    write_pages(root / "pages")
    (root / "actors.yaml").write_text(hostile_actors())
    analysis = helpers.analyze(helpers.load(root / "pages"), helpers.load_actors(root / "actors.yaml"))
    assert len(analysis.documents) == 5 and len(analysis.comments) == 3
    assert render(analysis, root / "out", ["China"], BAD) == []
    assert render(hide_commenters(analysis), root / "hidden", ["China"], BAD) == []
    return root


@pytest.mark.parametrize("folder", ["out", "hidden"])
def test_nothing_hostile_is_alive_in_any_report(hostile, visit, folder):
    files = sorted((hostile / folder).rglob("*.html"))
    assert len(files) >= 6
    for file in files:
        page, asked, said = visit(file)
        assert asked == [] and said == [], file.name
        alive = "iframe, object, embed, img[src=x], [onerror], [onload], [onmouseover], [onclick], a[href^=javascript]"
        assert page.locator(alive).count() == 0, file.name
        assert page.evaluate("getComputedStyle(document.body).display") != "none"
        hosts = page.eval_on_selector_all("a[href]", "links => links.map(link => new URL(link.href).protocol)")
        assert set(hosts) <= {"file:"}
        page.close()


def test_every_attack_is_shown_as_the_text_it_is(hostile, visit):
    page, *_ = visit(hostile / "out" / "comments.html")
    shown = " ".join(page.locator("body").text_content().split())
    for attack in ATTACKS:
        assert attack in shown, attack
    page.close()


def test_nothing_is_written_outside_the_folder_and_no_cell_is_a_formula(hostile):
    assert sorted(file.name for file in hostile.iterdir()) == ["actors.yaml", "hidden", "out", "pages"]
    for file in (hostile / "out" / "tables").glob("*.csv"):
        with file.open(newline="") as stream:
            for row in csv.reader(stream):
                for cell in row:
                    number = cell.lstrip("-").replace(".", "").replace("e-", "").isdigit()
                    assert number or cell[:1] not in tuple("=+@-\t"), (file.name, cell[:40])


def test_pseudonyms_stand_in_the_rendered_pages_and_tables(analysis, tmp_path, render):
    names = analysis.comments.author[~analysis.comments.anonymous].dropna().unique()
    assert len(names) == 2
    assert render(hide_commenters(analysis), tmp_path / "out", ["China"]) == []
    for file in [*(tmp_path / "out").rglob("*.html"), *(tmp_path / "out").rglob("*.csv")]:
        text = file.read_text("utf-8")
        assert not any(name in text for name in names), file.name
    assert "Reader 1" in (tmp_path / "out" / "comments.html").read_text("utf-8")
