"""Reports: run the notebooks over the tables with papermill, and export each to a page that works offline."""
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from .actorsfile import Actors
from .exports import describe_run, dress, export_readers, export_report, make_exporter
from .links import link_pages, name_files
from .listings import count_names
from .pipeline import Analysis
from .stored import Stored, write_csv, write_part
from .summaries import label_documents
from .tables import RunError, as_table, read_data, replace, replace_all

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


class Page(NamedTuple):
    """A report: its key ("corpus", "stance:China"), file, name, notebook, that one's parameters, and its tables."""
    key: str
    file: str
    name: str
    notebook: str
    parameters: dict
    tables: list[str]


def plan_pages(actors: Actors, targets: list[str]) -> list[Page]:
    """The reports of a corpus, in reading order: one of each notebook, and one of stance for each target."""
    slugs = pd.Series([re.sub(r"[^a-z0-9]+", "-", target.lower()).strip("-") for target in targets], dtype="string")
    slugs = slugs.mask(slugs.duplicated(keep=False) | (slugs == ""), [str(i) for i in range(1, len(targets) + 1)])
    pages = []
    for notebook, entry in read_data("reports.yaml").items():
        for slug, target in zip(slugs, targets, strict=True) if notebook == "stance" else [("", "")]:
            key, file = (f"{notebook}:{target}", f"{entry['file']}-{slug}") if target else (notebook, entry["file"])
            name, parameters = entry["name"].format(target=actors.labels.get(target)), {"target": target}
            pages.append(Page(key, f"{file}.html", name, notebook, parameters if target else {}, entry["tables"]))
    return pages


def run_notebook(notebook: str, parameters: dict) -> NotebookNode:
    """Execute one notebook, in its own folder, with parameters it knows.

    Raises RunError, which names notebook and cell, for an unknown parameter (papermill only warns) and a failing cell.
    """
    path = NOTEBOOKS / f"{notebook}.ipynb"
    known = papermill.inspect_notebook(str(path))
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise RunError(f"{path.name}: no parameter '{unknown[0]}'; it has {', '.join(known)}")
    for last_try in (False, True):
        try:
            return papermill.execute_notebook(
                str(path), None, parameters, kernel_name="python3", progress_bar=False, shutdown_kernel="immediate",
                resources={"metadata": {"path": str(NOTEBOOKS)}}, extra_arguments=["--IPKernelApp.log_level=ERROR"])
        except PapermillExecutionError as error:
            # counted from 1 in the notebook as stored: the cell of injected parameters is not there
            why = (error.evalue or "").partition("\n")[0]
            raise RunError(f"{path.name}, cell {error.cell_index}: {error.ename}: {why}") from None
        except Exception as error:   # a kernel that did not start
            if last_try or "Address already in use" not in str(error):
                raise RunError(f"{path.name}: {type(error).__name__}: {error}") from None
    raise AssertionError


def collect_series(analysis: Analysis) -> pd.DataFrame:
    """The means and counts of the figures, one row each (columns in data/tables.yaml).

    tone: mean tone of an article, of a part of a page, of a part over all pages, by instrument; stance: net stance of a
    holder toward a target; favor and against: his sentences that take that side; mentions: how often an actor is named;
    comments: how many were found. Figures of single sentences or stretches are drawn from their own tables.
    """
    tone, stance = analysis.sentiment_summary, analysis.stance_summary.drop(columns="label")
    sides = [stance.drop(columns=["low", "high"]).assign(series=name, value=stance[f"n_{name}"])
             for name in ("favor", "against")]
    named = count_names(analysis).groupby(["doc_id", "actor"], as_index=False).agg(value=("n", "sum"))
    found = analysis.documents[["doc_id"]].assign(value=analysis.documents.n_comments)
    rows = [tone.rename(columns={"mean": "value"}).assign(series="tone"),
            stance.rename(columns={"net": "value"}).assign(series="stance"), *sides,
            named.rename(columns={"actor": "target"}).assign(series="mentions", n=named.value),
            found.assign(series="comments", n=found.value)]
    return as_table("series", pd.concat([frame for frame in rows if len(frame)], ignore_index=True))


def write_reports(tables: Stored, out: Path, targets: list[str], command: str, jobs: int = 2,
                  done: Callable[[str, str | None], object] = print, keep: bool = True) -> tuple[Stored, list[str]]:
    """Write the tables, every report and a reader page for each document they point at to `out`.

    The folder of tables moves there at the end; returned are they, and one line for each report that failed. All is
    made beside the folder first: a report takes the place of its earlier version when it is whole, and one that fails
    leaves it as it was (or goes, if earlier ones are not to be kept). `done` is called with each page's name, and its
    error if it has one.
    """
    pages, work = plan_pages(tables.actors, targets), tables.folder.parent
    labels = label_documents(tables.documents)
    write_part(collect_series(tables), tables.folder, "series", 0)
    write_csv(tables.folder, "series")
    sheets = {file.stem for file in tables.folder.glob("*.csv")}
    shared = describe_run(tables, pages, command, sheets)
    make_exporter()   # once, before there are threads
    made, failed = {}, {}

    def make(page: Page) -> None:
        try:
            notebook = run_notebook(page.notebook, {"source": str(tables.folder), **page.parameters})
            made[page.file] = export_report(notebook, dress(shared, page.name, page.file, page.tables))
        except RunError as error:
            failed[page.file] = str(error)
        done(page.name, failed.get(page.file))

    pool = ThreadPoolExecutor(jobs)
    try:
        list(pool.map(make, reversed(pages)))   # validation takes longest
    finally:
        pool.shutdown(wait=False, cancel_futures=True)   # after Ctrl-C, too
    made = {page.file: made[page.file] for page in pages if page.file in made}   # in reading order
    files = name_files(list(tables.documents.doc_id[tables.documents.n_chars > 0]))
    names, keys = {page.file: page.name for page in pages}, {page.key: page.file for page in pages}
    linked, shown = link_pages(made, names, keys, files)
    read = export_readers(tables.choose(shown), {doc: files[doc] for doc in shown}, shown, labels, shared)
    (work / "read").mkdir()
    for file, html in (linked | {f"read/{file}": html for file, html in read.items()}).items():
        (work / file).write_text(html, "utf-8")
    for page in pages:
        if page.file in linked:
            replace(work / page.file, out / page.file)
        elif not keep:
            (out / page.file).unlink(missing_ok=True)
    replace(tables.folder, out / "tables")
    if not (failed and keep):
        replace(work / "read", out / "read")
    else:   # an earlier report stays, and leads to earlier pages
        replace_all(work / "read", out / "read")
    return Stored(out / "tables", tables.actors), [failed[page.file] for page in pages if page.file in failed]
