"""Reports: run the notebooks over the tables with papermill, and export each to a page that works offline."""
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import papermill
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from .actorsfile import Actors
from .pipeline import Analysis
from .tables import made_beside, replace, replace_all, write_tables

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"
GOLD = {"gold": str(HERE.parent / "gold" / "stance.csv")}
MARKED = {"marked": str(HERE.parent / "gold" / "threads")}
CODED = {"coded": str(HERE.parent / "gold" / "replies")}
HIDDEN = {"parameters", "injected-parameters", "hide"}   # tags of cells that are not published


class ReportError(Exception):
    """A notebook could not be rendered; the message names it, the cell and the error, in one line."""


class Page(NamedTuple):
    """A report: its file, its name in the navigation, the notebook it comes from and that one's parameters."""
    file: str
    name: str
    notebook: str
    parameters: dict


def plan_pages(actors: Actors, targets: list[str]) -> list[Page]:
    """The reports of a corpus, in reading order: one of each notebook, and one of stance for each target."""
    slugs = pd.Series([re.sub(r"[^a-z0-9]+", "-", target.lower()).strip("-") for target in targets], dtype="string")
    slugs = slugs.mask(slugs.duplicated(keep=False) | (slugs == ""), [str(i) for i in range(1, len(targets) + 1)])
    stance = [Page(f"stance-{slug}.html", f"Stance: {actors.labels[target]}", "stance", {"target": target} | GOLD)
              for slug, target in zip(slugs, targets, strict=True)]
    return [Page("index.html", "Overview", "overview", GOLD), Page("corpus.html", "Corpus", "corpus", {}),
            Page("sentiment.html", "Sentiment", "sentiment", {}), *stance,
            Page("comments.html", "Comments", "comments", CODED),
            Page("validation.html", "Validation", "validation", GOLD | MARKED)]


@cache
def make_exporter() -> HTMLExporter:
    """nbconvert with the template of this package: no code, no prompts, nothing from the network."""
    exporter = HTMLExporter(template_name="template", extra_template_basedirs=[str(HERE)], exclude_input=True,
                            exclude_input_prompt=True, exclude_output_prompt=True)
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=HIDDEN), enabled=True)
    return exporter


def run_notebook(notebook: str, parameters: dict) -> NotebookNode:
    """Execute one notebook with parameters it knows.

    Raises ReportError for an unknown parameter (papermill only warns) and for a cell that fails.
    """
    path = NOTEBOOKS / f"{notebook}.ipynb"
    known = papermill.inspect_notebook(str(path))
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise ReportError(f"{path.name}: no parameter '{unknown[0]}'; it has {', '.join(known)}")
    for last_try in (False, True):
        try:
            return papermill.execute_notebook(
                str(path), None, parameters, kernel_name="python3", progress_bar=False, log_output=False,
                shutdown_kernel="immediate", extra_arguments=["--IPKernelApp.log_level=ERROR"])
        except PapermillExecutionError as error:
            # counted from 1 in the notebook as stored: the cell of injected parameters is not there
            why = (error.evalue or "").partition("\n")[0]
            raise ReportError(f"{path.name}, cell {error.cell_index}: {error.ename}: {why}") from None
        except Exception as error:   # a kernel that did not start
            if last_try or "Address already in use" not in str(error):
                raise ReportError(f"{path.name}: {type(error).__name__}: {error}") from None
    raise AssertionError


def render_page(page: Page, tables: Path, pages: list[Page], subject: str, command: str) -> str:
    """One report as HTML."""
    notebook = run_notebook(page.notebook, {"source": str(tables), **page.parameters})
    packages = ("pagestance", "pandas", "nltk", "vaderSentiment", "textblob", "onnxruntime")
    html, _ = make_exporter().from_notebook_node(notebook, resources={
        "page_title": f"{page.name} · {subject}", "page_name": page.name, "subject": subject,
        "pages": [p._asdict() for p in pages], "file": page.file,
        "css": (HERE / "template" / "style.css").read_text("utf-8"), "command": command,
        "versions": "Made by " + ", ".join(f"{package} {version(package)}" for package in packages) + "."})
    return html.rstrip() + "\n"


def write_reports(analysis: Analysis, out: Path, targets: list[str], command: str, jobs: int = 2,
                  done: Callable[[str, str | None], object] = print) -> list[str]:
    """Write the tables and every report to `out`, and return one line for each report that failed.

    All is made beside the folder first: a report takes the place of its earlier version when it is whole, and
    one that fails leaves it as it was. `done` is called with each page's name, and its error if it has one.
    """
    pages = plan_pages(analysis.actors, targets)
    subject = analysis.actors.title
    make_exporter()
    with made_beside(out) as work:
        write_tables(analysis.tables(), work / "tables")
        (work / "tables" / "actors.yaml").write_text(analysis.actors.source, "utf-8")

        def make(page: Page) -> str | None:
            error = None
            try:
                html = render_page(page, work / "tables", pages, subject, command)
                (work / page.file).write_text(html, "utf-8")
            except ReportError as failure:
                error = str(failure)
            done(page.name, error)
            return error

        pool = ThreadPoolExecutor(jobs)
        try:
            errors = list(pool.map(make, pages))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)   # after Ctrl-C, too
        for page, error in zip(pages, errors, strict=True):
            if error is None:
                replace(work / page.file, out / page.file)
        replace_all(work / "tables", out / "tables")
    return [error for error in errors if error]
