"""Reports, rendered for real: the same bytes twice, no request, failures named. Slow."""

import base64
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

import helpers
from helpers import reports
from helpers.reports import plan_pages, run_notebook
from helpers.tables import RunError

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow
PAGES = ["index", "corpus", "sentiment", "stance-china", "stance-vietnam", "stance-us", "comments", "validation"]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory, analysis, render):
    folders = [tmp_path_factory.mktemp("reports") / name for name in ("first", "second")]
    for folder in folders:
        assert render(analysis, folder, list(analysis.actors.targets), "python -m helpers report") == []
    return folders


def test_rendering_twice_gives_the_same_bytes(rendered):
    first, second = rendered
    assert sorted(page.stem for page in first.glob("*.html")) == sorted(PAGES)
    for page in every_page(first):
        assert page.read_bytes() == (second / page.relative_to(first)).read_bytes(), page.name


def every_page(folder):
    return [*sorted(folder.glob("*.html")), *sorted((folder / "read").glob("*.html"))]


def test_pages_are_small_and_hold_no_code_and_no_outside_address(rendered):
    script = (ROOT / "helpers" / "template" / "tables.js").read_text("utf-8")
    for page in every_page(rendered[0]):
        html = page.read_text("utf-8")
        assert len(html) < 1_500_000
        assert "helpers.read(" not in html and str(rendered[0].parent) not in html
        assert html.count("<script") == 1 and f"<script>{script}</script>" in html
        assert 'src="http' not in html and 'href="http' not in html and html.count("<h1") == 1
        assert html.count("<img ") == html.count('<img alt="') and 'alt=""' not in html


def test_every_document_a_report_points_at_has_its_page(rendered, analysis):
    assert len(list((rendered[0] / "read").glob("*.html"))) == len(analysis.documents) == 5


@pytest.fixture(scope="module")
def places(rendered, browser):
    """The text of every element with an id, of every page: {("read/a.html", "s3"): "…"}."""
    found = {}
    for file in every_page(rendered[0]):
        page = browser.new_page()
        page.goto(file.as_uri())
        told = page.eval_on_selector_all("[id]", "all => all.map(node => [node.id, node.textContent])")
        name = file.relative_to(rendered[0]).as_posix()
        assert len({place for place, _ in told}) == len(told), f"an id twice in {name}"
        found |= {(name, place): text for place, text in told} | {(name, ""): ""}
        page.close()
    return found


def test_every_link_leads_to_a_place_and_evidence_to_its_very_words(rendered, visit, places):
    followed = 0
    for file in every_page(rendered[0]):
        page, *_ = visit(file)
        links = page.eval_on_selector_all(
            "a[href]",
            """links => links.map(link => [link.getAttribute('href'), link.className,
               link.closest('ol.evidence li')?.querySelector('p')?.textContent ?? null])""",
        )
        for href, kind, quoted in links:
            path, _, place = href.partition("#")
            target = (file.parent / path).resolve() if path else file.resolve()
            assert target.exists(), (file.name, href)
            name = target.relative_to(rendered[0].resolve()).as_posix()
            assert target.suffix == ".csv" or (name, place) in places, (file.name, href)
            if kind == "at" and quoted is not None:
                same = places[name, place] == quoted or file.name == "validation.html" and quoted in places[name, place]
                assert same, (file.name, href, quoted)
                followed += 1
        page.close()
    assert followed > 60


def test_sentences_of_the_reader_are_those_of_the_table(places, analysis):
    for row in analysis.sentences.itertuples():
        assert places[f"read/{row.doc_id}.html", f"s{row.sentence_id}"] == row.text


def test_a_sentence_leads_back_to_the_reports_that_show_it(rendered, visit):
    page, *_ = visit(rendered[0] / "stance-china.html")
    link = page.locator("ol.evidence a.at").first
    place = link.get_attribute("id")
    link.click()
    page.wait_for_url("**/read/**#s*")
    sentence = page.url.rpartition("#")[2]
    notes = page.locator("details.notes li", has=page.locator(f"a[href='#{sentence}']"))
    back = notes.locator("a", has_text="Stance: China").first
    assert back.get_attribute("href") == f"../stance-china.html#{place}"
    page.close()


def test_long_tables_can_be_searched_and_sorted(rendered, visit):
    page, *_ = visit(rendered[0] / "corpus.html")
    box = page.get_by_label("Search this table").first
    box.fill("furniture")
    table = page.locator("table", has_text="furniture").first
    shown = table.locator("tbody tr:visible").all_text_contents()
    assert shown and all("furniture" in row.lower() for row in shown)
    box.fill("")
    table.get_by_role("button", name="text").click()
    texts = table.locator("tbody tr td:last-child").all_text_contents()
    assert page.locator("th[aria-sort=ascending]").count() == 1 and texts[0].lower() <= texts[-1].lower()
    page.close()


@pytest.mark.parametrize("width, pages", [(360, slice(None)), (1280, slice(None, None, 5))])  # all; every fifth
def test_axe_finds_no_violation(rendered, visit, width, pages):
    for file in every_page(rendered[0])[pages]:
        page, *_ = visit(file, width)
        found = Axe().run(page).response["violations"]
        assert found == [], (file.name, [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found])
        page.close()


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
def test_a_corpus_with_nothing_to_score_still_has_its_reports(tmp_path, text, render):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(text)
    analysis = helpers.analyze(helpers.load(tmp_path / "pages"))
    assert render(analysis, tmp_path / "out", ["China"]) == []


def test_every_report_follows_the_actors_file(tmp_path, render):
    example = ROOT / "examples" / "harbour"
    actors = helpers.load_actors(example / "actors.yaml")
    tables = helpers.analyze(helpers.load(example / "pages"), actors)
    assert render(tables, tmp_path, list(actors.targets)) == []
    pages = {page.stem: page.read_text("utf-8") for page in tmp_path.glob("*.html")}
    assert {"stance-port", "stance-council"} < set(pages) and "stance-china" not in pages
    for name, html in pages.items():
        assert "The new harbour of Selm" in html and "Stance: town council" in html
        assert name == "validation" or not re.search("China|Vietnam|Cambodia|Hanoi", html), name
    figures = [base64.b64decode(data).decode() for data in re.findall(r"svg\+xml;base64,([\w+/=]+)", pages["corpus"])]
    assert any(all(color in figure for color in actors.colors.values()) for figure in figures)
    assert "people of the old harbour" in pages["comments"], "the gloss of a contested word"


@pytest.mark.parametrize("notebook", ["overview", "corpus", "sentiment", "stance"])
def test_figures_of_a_large_corpus_show_some_pages_and_say_so(rendered, notebook):
    ran = run_notebook(notebook, {"pages": 2, "source": str(rendered[0] / "tables")})
    if notebook == "overview":
        assert "The figures show 2 of 5 pages" in str(ran.cells)


def test_a_failing_notebook_is_named_with_its_cell_and_the_others_are_made(tmp_path, monkeypatch, analysis, render):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    broken = nbformat.read(tmp_path / "notebooks" / "corpus.ipynb", as_version=4)
    place = next(i for i, cell in enumerate(broken.cells) if cell.source.startswith("analysis = "))
    broken.cells[place].source = "1 / 0"
    nbformat.write(broken, tmp_path / "notebooks" / "corpus.ipynb")
    monkeypatch.setattr(reports, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(reports, "plan_pages", lambda *_: plan_pages(analysis.actors, [])[1:3])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "corpus.html").write_text("the earlier one")
    failed = render(analysis, tmp_path / "out", [])
    assert failed == [f"corpus.ipynb, cell {place + 1}: ZeroDivisionError: division by zero"]
    assert (tmp_path / "out" / "corpus.html").read_text() == "the earlier one"
    assert (tmp_path / "out" / "sentiment.html").exists() and not (tmp_path / ".out.new").exists()


def test_an_unknown_parameter_is_an_error():
    with pytest.raises(RunError, match="stance.ipynb: no parameter 'tragets'"):
        run_notebook("stance", {"tragets": "China"})


def test_a_notebook_runs_as_a_user_opens_it():
    assert run_notebook("corpus", {})
