"""The seeds, read and analyzed once for all tests; a browser, where there is one."""

import os
import shutil
from pathlib import Path

import pytest

import helpers
from helpers.reports import write_reports
from helpers.stored import finish_tables, write_part
from helpers.tables import made_beside

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def analysis():
    return helpers.analyze(helpers.load(ROOT / "seeds"))


@pytest.fixture(scope="session")
def store():
    """An analysis in memory as a folder of tables, each in one part: store(analysis, folder)."""

    def write(analysis, folder):
        for name, frame in analysis.tables().items():
            write_part(frame, folder, name, 0)
        return finish_tables(folder, analysis.actors)

    return write


@pytest.fixture(scope="session")
def render(store):
    """The reports of an analysis in memory: render(analysis, folder, targets) gives the line of each that failed."""

    def write(analysis, out, targets, command=""):
        with made_beside(out) as work:
            return write_reports(store(analysis, work / "tables"), out, targets, command)[1]

    return write


@pytest.fixture(scope="session")
def page(analysis):
    """One seed as rows of a table: page("003", "comments")."""

    def rows(number: str, table: str):
        frame = getattr(analysis, table)
        return frame[frame.doc_id.str.startswith(number)].reset_index(drop=True)

    return rows


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        assert not os.environ.get("REQUIRE_BROWSER"), "no Chromium, and REQUIRE_BROWSER is set"
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=quiet)


@pytest.fixture()
def visit(browser):
    """Open a page: visit(file, width) gives the page, what it asked of the network, and what it said."""

    def open_page(file, width=1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri())
        return page, [url for url in asked if not url.startswith(("file:", "data:"))], said

    return open_page
