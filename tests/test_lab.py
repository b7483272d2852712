"""Every notebook in a real JupyterLab, as a reader uses it: open it, run all cells, move a control, see the answer."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pandas as pd
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SETTINGS = {  # no news from the network; every cell in the page, also those out of sight
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on loopback, its own copy of the project's pages and notebooks, and its address."""
    root = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "seeds", "gold", "reports"):
        shutil.copytree(ROOT / folder, root / folder)
    for name, values in SETTINGS.items():
        file = root / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ip": "127.0.0.1",
        "port": port,
        "IdentityProvider.token": "test",
        "ServerApp.root_dir": root,
        "LabApp.user_settings_dir": root / "settings",
        "LabApp.workspaces_dir": root / "workspaces",
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with (root / "log").open("w") as log:
        env = os.environ | {"PYTHONHASHSEED": "3"}  # an order of sets by which menus could start out blank
        server = subprocess.Popen(command, stdout=log, stderr=log, env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api?token=test", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail((root / "log").read_text())
        yield root, address
    finally:
        server.terminate()
        server.wait(30)


class Notebook:
    """A notebook open in the browser, and its file."""

    def __init__(self, page, lab, name):
        self.page, self.errors, (root, self.address) = page, [], lab
        self.file = root / "notebooks" / f"{name}.ipynb"
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{self.address}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?token=test")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)

    def is_busy(self):
        with urlopen(f"{self.address}/api/sessions?token=test", timeout=10) as answer:
            sessions = json.load(answer)
        kernels = [one["kernel"] for one in sessions if one["path"] == f"notebooks/{self.file.name}"]
        return not kernels or kernels[0]["execution_state"] != "idle"

    def run_all(self):
        """Run → Run All Cells, wait for the kernel, save; the notebook as saved."""
        self.wait(lambda: not self.is_busy())
        self.page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        self.page.click("[data-command='runmenu:run-all']")
        codes = sum(cell.cell_type == "code" for cell in nbformat.read(self.file, 4).cells)
        self.wait(lambda: self.count_run() == codes and not self.is_busy())
        self.page.keyboard.press("Control+s")
        self.wait(lambda: self.saved_counts() == list(range(1, codes + 1)))
        return nbformat.read(self.file, 4)

    def count_run(self):
        prompts = self.page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").all_inner_texts()
        return sum(text.strip("[]: \n").isdigit() for text in prompts)

    def saved_counts(self):
        return [cell.execution_count for cell in nbformat.read(self.file, 4).cells if cell.cell_type == "code"]

    def wait(self, is_so, seconds=180):
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, f"{self.file.name}: not after {seconds} s; {self.errors}"
            self.page.wait_for_timeout(300)


@pytest.fixture()
def open_notebook(browser, lab):
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    yield lambda name: Notebook(context.new_page(), lab, name)
    context.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_from_top_to_bottom_without_an_error(open_notebook, name):
    notebook = open_notebook(name)
    saved = notebook.run_all()
    outputs = [output for cell in saved.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
    assert sum("data" in output for output in outputs) >= 4
    assert notebook.page.locator("mjx-container").count() == 0  # dollar signs of a page are no mathematics
    assert notebook.errors == []


def test_controls_change_what_is_shown(open_notebook):
    notebook = open_notebook("explore")
    notebook.run_all()
    lines, words, stances, pages = (notebook.page.locator(".widget-vbox").nth(place) for place in range(4))

    menus = "selects => selects.map(select => select.selectedIndex)"
    assert set(notebook.page.locator(".widget-dropdown select").evaluate_all(menus)) == {0}

    typed = lines.get_by_role("textbox").first
    typed.fill("tourism")
    typed.press("Enter")
    notebook.wait(lambda: set(lines.locator("summary mark").all_inner_texts()) == {"tourism"})
    lines.locator("summary").first.click()
    assert lines.locator("details[open] .source a").is_visible()
    typed.fill("war(")
    typed.press("Enter")
    lines.get_by_text("not a pattern").wait_for()

    before = words.locator("img").get_attribute("alt")
    words.get_by_role("combobox").first.select_option("articles")
    notebook.wait(lambda: words.locator("img").get_attribute("alt") not in (None, before))

    n = stances.locator(".evidence li").count()
    stances.get_by_role("combobox").nth(1).select_option("Vietnam")
    notebook.wait(lambda: "Vietnam" in stances.locator(".evidence .source").first.inner_text())
    stances.get_by_role("slider").press("End")
    stances.get_by_text("No sentence of this kind").wait_for()
    assert n == 20

    names = pages.locator("mark.name")
    assert names.count() > 20
    coding = notebook.page.locator(".widget-vbox").nth(4)
    coding.get_by_placeholder("your name").fill("Ann")
    coding.get_by_role("button", name="against").click()
    coding.get_by_text("Sentence 1: against.").wait_for()
    codes = pd.read_csv(notebook.file.parent.parent / "codes.csv")
    assert codes.polarity.tolist() == [-1] and codes.coder.tolist() == ["Ann"]

    pages.get_by_label("names", exact=True).uncheck()
    notebook.wait(lambda: names.count() == 0)
    assert notebook.errors == []
