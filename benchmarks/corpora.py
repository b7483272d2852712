"""Corpora: seconds and memory of `analyze`, on one machine and a cluster; reports, on little and on much."""

import shutil
import sys
from pathlib import Path

import pandas as pd
from distributed import LocalCluster
from pages import make_pages
from timing import ROOT, row, run_command

import helpers
from helpers.pipeline import TABLES, sum_parts
from helpers.stored import Stored, list_parts, write_part
from helpers.summaries import count_scores

JOBS = 2
ANALYZE = [sys.executable, "-m", "helpers", "analyze"]
REPORT = """
import sys, helpers
from pathlib import Path
from helpers.reports import write_reports
failed = write_reports(helpers.read(sys.argv[1]), Path(sys.argv[2]), ["China"], "benchmark", 2)[1]
sys.exit("; ".join(failed) or 0)
"""


def measure_analyze(folder: Path) -> list[dict]:
    """`analyze` on 10², 10³ and 10⁴ pages, each beside the size below; then again, and with one page more."""
    rows, last = [], None
    for n in (100, 1000, 10_000):
        make_pages(n, folder / f"{n}")
        command = [*ANALYZE, folder / f"{n}", "--out", folder / f"out{n}", "--jobs", JOBS]
        seconds, memory = run_command(*command)
        rows.append(row("analyze", f"{n:,} pages", seconds, "s", f"ten times {n // 10:,}", last and 10 * last[0]))
        rows.append(row("analyze", f"{n:,} pages, most memory", memory, "MB", f"{n // 10:,}", last and last[1]))
        last = seconds, memory
    again = run_command(*command)[0]
    shutil.copy(folder / "100" / "page000000.txt", folder / "10000" / "page004999b.txt")
    added = run_command(*command)[0]
    return [
        *rows,
        row("analyze", "10,000 pages again", again, "s", "the first time", last[0]),
        row("analyze", "10,000 pages and one more", added, "s", "again", again),
    ]


def measure_cluster(folder: Path) -> list[dict]:
    """200 pages on a Dask cluster of three workers on this machine, beside this process alone: the same bytes."""
    make_pages(200, folder / "pages")
    alone = run_command(*ANALYZE, folder / "pages", "--out", folder / "alone")[0]
    with LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        many = run_command(*ANALYZE, folder / "pages", "--out", folder / "many", "--cluster", address)[0]
    for part in (folder / "alone").rglob("part-*.parquet"):
        if part.read_bytes() != (folder / "many" / part.relative_to(folder / "alone")).read_bytes():
            raise RuntimeError(f"{part} differs")
    return [row("cluster", "200 pages, three Dask workers, the same bytes", many, "s", "one process", alone)]


def multiply_tables(source: Path, folder: Path, times: int) -> None:
    """Tables so many times as long: each part again under other names."""
    for name in TABLES:
        number = 0
        for copy in range(times):
            for part in list_parts(source, name):
                frame = pd.read_parquet(part).dropna(subset="doc_id")
                if len(frame):
                    write_part(frame.assign(doc_id=f"c{copy:02}" + frame.doc_id), folder, name, number)
                number += 1
    actors = helpers.load_actors(shutil.copy(source / "actors.yaml", folder / "actors.yaml"))
    parts = ((part.stance, count_scores(part.sentiment, part.sentences)) for part in Stored(folder, actors).parts())
    for name, rows in sum_parts(parts).items():
        write_part(rows, folder, name, 99_999)


def measure_tables(folder: Path) -> list[dict]:
    """Reports on tables as large as those of 10⁵ pages: those of 10³ pages a hundred times, beside theirs alone."""
    make_pages(1000, folder / "pages")
    for name in ("work", "once"):
        run_command(*ANALYZE, folder / "pages", "--out", folder / name / "tables", "--jobs", JOBS)
    shutil.move(folder / "work" / "tables", folder / "out")
    multiply_tables(folder / "out", folder / "work" / "tables", 100)
    found = [run_command(sys.executable, "-c", REPORT, folder / name / "tables", folder / f"reports {name}")
             for name in ("work", "once")]  # fmt: skip
    (seconds, memory), (less, small) = found
    return [
        row("tables", "reports on the tables of 100,000 pages", seconds, "s", "1,000 pages", less),
        row("tables", "reports on them, most memory", memory, "MB", "1,000 pages", small),
    ]


def measure_reports(folder: Path) -> list[dict]:
    """All reports of the seeds, first and again, beside the same notebooks one by one with papermill and nbconvert."""
    command = [sys.executable, "-m", "helpers", "report", ROOT / "seeds", "--out", folder / "reports"]
    first, again = run_command(*command)[0], min(run_command(*command)[0] for _ in range(2))
    programs, rows = Path(sys.executable).parent, []
    for what, ours, source in (("first", first, ROOT / "seeds"), ("again", again, folder / "reports" / "tables")):
        theirs = 0.0
        for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
            targets = helpers.load_actors().targets if notebook.stem == "stance" else [None]
            for target in targets if notebook.stem != "explore" else []:
                out = folder / f"{notebook.stem}.ipynb"
                given = ["-p", "source", source, *(["-p", "target", target] if target else [])]
                theirs += run_command(programs / "papermill", notebook, out, *given, cwd=notebook.parent)[0]
                theirs += run_command(programs / "jupyter-nbconvert", "--to", "html", "--no-input", out)[0]
        rows.append(row("reports", f"of the seeds, {what}", ours, "s", "papermill and nbconvert, one by one", theirs))
    return rows
