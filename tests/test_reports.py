"""Reports, rendered for real: the same bytes twice, no request, failures named. Slow."""

import base64
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest

import helpers
from helpers import reports
from helpers.reports import ReportError, plan_pages, run_notebook, write_reports

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow
PAGES = ["index", "corpus", "sentiment", "stance-china", "stance-vietnam", "stance-us", "comments", "validation"]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory, analysis):
    folders = [tmp_path_factory.mktemp("reports") / name for name in ("first", "second")]
    for folder in folders:
        assert write_reports(analysis, folder, list(analysis.actors.targets), "python -m helpers report") == []
    return folders


def test_rendering_twice_gives_the_same_bytes(rendered):
    first, second = rendered
    assert sorted(page.stem for page in first.glob("*.html")) == sorted(PAGES)
    for page in first.glob("*.html"):
        assert page.read_bytes() == (second / page.name).read_bytes(), page.name


def test_pages_are_small_and_hold_no_code_and_no_outside_address(rendered):
    for page in rendered[0].glob("*.html"):
        html = page.read_text("utf-8")
        assert len(html) < 1_500_000
        assert "helpers.read(" not in html and "<script" not in html and str(rendered[0].parent) not in html
        assert 'src="http' not in html and 'href="http' not in html and html.count("<h1") == 1
        assert html.count("<img ") == html.count('<img alt="') and 'alt=""' not in html


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_shows_the_page_without_asking_the_network(rendered, visit, name, width):
    page, asked, said = visit(rendered[0] / f"{name}.html", width)
    assert asked == [] and said == []
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("nav a[aria-current]").count() == 1
    page.close()


def test_every_link_of_the_navigation_leads_to_a_page(rendered, visit):
    page, *_ = visit(rendered[0] / "index.html")
    links = page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href'))")
    assert sorted(links) == sorted(f"{name}.html" for name in PAGES)
    assert all((rendered[0] / link).exists() for link in links)
    page.close()


@pytest.mark.parametrize(
    "text",
    [
        "Home | News | Sport",
        "Le gouvernement de la Chine a salué hier la décision du Vietnam de retirer ses troupes de la frontière, et il "
        "a promis une aide généreuse aux provinces touchées.",
    ],
)
def test_a_corpus_with_nothing_to_score_still_has_its_reports(tmp_path, text):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(text)
    analysis = helpers.analyze(helpers.load(tmp_path / "pages"))
    assert write_reports(analysis, tmp_path / "out", ["China"], "") == []


def test_every_report_follows_the_actors_file(tmp_path):
    example = ROOT / "examples" / "harbour"
    actors = helpers.load_actors(example / "actors.yaml")
    tables = helpers.analyze(helpers.load(example / "pages"), actors)
    assert write_reports(tables, tmp_path, list(actors.targets), "") == []
    pages = {page.stem: page.read_text("utf-8") for page in tmp_path.glob("*.html")}
    assert {"stance-port", "stance-council"} < set(pages) and "stance-china" not in pages
    for name, html in pages.items():
        assert "The new harbour of Selm" in html and "Stance: town council" in html
        assert name == "validation" or not re.search("China|Vietnam|Cambodia|Hanoi", html), name
    figures = [base64.b64decode(data).decode() for data in re.findall(r"svg\+xml;base64,([\w+/=]+)", pages["corpus"])]
    assert any(all(color in figure for color in actors.colors.values()) for figure in figures)
    assert "people of the old harbour" in pages["comments"], "the gloss of a contested word"


def test_a_failing_notebook_is_named_with_its_cell_and_the_others_are_made(tmp_path, monkeypatch, analysis):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    broken = nbformat.read(tmp_path / "notebooks" / "corpus.ipynb", as_version=4)
    place = next(i for i, cell in enumerate(broken.cells) if cell.source.startswith("analysis = "))
    broken.cells[place].source = "1 / 0"
    nbformat.write(broken, tmp_path / "notebooks" / "corpus.ipynb")
    monkeypatch.setattr(reports, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(reports, "plan_pages", lambda *_: plan_pages(analysis.actors, [])[1:3])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "corpus.html").write_text("the earlier one")
    failed = write_reports(analysis, tmp_path / "out", [], "")
    assert failed == [f"corpus.ipynb, cell {place + 1}: ZeroDivisionError: division by zero"]
    assert (tmp_path / "out" / "corpus.html").read_text() == "the earlier one"
    assert (tmp_path / "out" / "sentiment.html").exists() and not (tmp_path / ".out.new").exists()


def test_an_unknown_parameter_is_an_error():
    with pytest.raises(ReportError, match="stance.ipynb: no parameter 'tragets'"):
        run_notebook("stance", {"tragets": "China"})


def test_a_notebook_runs_as_a_user_opens_it():
    os.chdir(ROOT / "notebooks")
    try:
        assert run_notebook("corpus", {})
    finally:
        os.chdir(ROOT)
