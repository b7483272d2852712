"""Command line: python -m helpers report | analyze | actors (exit status 0 all made, 1 some failed, 2 unusable)."""
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from . import __version__
from .actors import as_yaml, suggest_names
from .actorsfile import load_actors
from .corpus import load
from .inputs import find_files
from .stored import Stored, count_rows, make_tables, place_tables
from .tables import RunError, held, made_beside, name_beside
from .workers import open_workers

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="Read what a pile of web pages thinks: sentiment, stance and comments, with the evidence.")
errors = Console(stderr=True, highlight=False, soft_wrap=True)

CorpusPath = Annotated[Path, typer.Argument(
    help="A folder, a file or a quoted pattern ('n/*.html'): .txt, .md, .html, .jsonl, .csv, .tsv, .parquet, or .gz.")]
ActorsPath = Annotated[Path | None, typer.Option("--actors", help="Actors file (YAML) instead of the package's own.")]
TextColumn_ = Annotated[str | None, typer.Option("--text-column", help="Column of a table file that holds the text.")]
HideNames = Annotated[bool, typer.Option("--hide-commenters", help="Pseudonyms for commenters, in all that is made.")]
NoCopies = Annotated[bool, typer.Option("--without-duplicates", help="Leave out pages nearly equal to an earlier one.")]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Processes side by side that read pages (else one) "
                                          "and run notebooks (else up to four).")]
Cluster = Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler whose workers read pages "
                                             "(tcp://…; needs the extra [cluster]).")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing unless something fails.")]


def show_progress(quiet: bool) -> Progress:
    """Bars with counts and the time that is left, on the error stream; none where that is no terminal."""
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TimeRemainingColumn())
    return Progress(*columns, console=errors, disable=quiet or not errors.is_terminal)


def say(message: object) -> None:
    """Say one line on the error stream."""
    errors.print(f"pagestance: {message}", markup=False)


@contextmanager
def prepare(corpus: Path, out: Path, actors: Path | None, targets: str | None, text_column: str | None, hide: bool,
            no_copies: bool, jobs: int, cluster: str | None, quiet: bool) -> Iterator[tuple[Stored, list[str]]]:
    """The tables of a corpus, in a folder beside `out`, and the targets."""
    known = load_actors(actors)
    chosen = list(dict.fromkeys(name.strip() for name in targets.split(","))) if targets else list(known.targets)
    for target in chosen:
        if target not in known.targets:
            raise RunError(f"unknown target '{target}'; the actors file has {', '.join(known.targets)}")
    lies_in = corpus.is_dir() and out.resolve().is_relative_to(corpus.resolve())
    if lies_in or any(file.resolve().is_relative_to(out.resolve()) for file in find_files(corpus)[0]):
        raise RunError(f"{out} and the corpus {corpus} lie in one another: name another folder with --out")
    with held(out), made_beside(out) as work:
        with open_workers(jobs, cluster) as workers, show_progress(quiet) as progress:
            tables = make_tables(corpus, work / "tables", name_beside(out, "parts"), known, text_column, workers,
                                 partial(progress.track, description="analyzing files"), hide, no_copies)
        yield tables, chosen


def finish(tables: Stored, out: Path, failed: list[str], quiet: bool) -> None:
    """The last line, and the exit status."""
    documents = tables.documents
    bad = [f"{row.path}: {row.warnings}" for row in documents[documents.n_words == 0].itertuples()]
    for line in bad + failed:
        say(line)
    if not quiet:
        print(f"documents: {len(documents)}, sentences: {documents.n_sentences.sum()}, stance pairs: "
              f"{count_rows(tables.folder, 'stance')}, documents with warnings: {documents.warnings.notna().sum()}, "
              f"reports failed: {len(failed)}; see {out}")
    if bad or failed:
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def main(show_version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False) -> None:
    if show_version:
        print(f"pagestance {__version__}")
        raise typer.Exit


@app.command(epilog="Example: python -m helpers report my_pages --out my_reports --actors my_actors.yaml")
def report(corpus: CorpusPath = Path("seeds"),
           out: Annotated[Path, typer.Option("--out", help="Folder for the reports and tables.")] = Path("reports"),
           actors: ActorsPath = None,
           targets: Annotated[str | None, typer.Option(help="Targets to report on, separated by commas.")] = None,
           jobs: Jobs = None, cluster: Cluster = None, text_column: TextColumn_ = None,
           hide_commenters: HideNames = False, without_duplicates: NoCopies = False, quiet: Quiet = False,
           pdf: Annotated[bool, typer.Option("--pdf", help="All reports as one PDF, too (needs WeasyPrint).")] = False,
           ) -> None:
    """Analyze a corpus and render every report to HTML."""
    from .exports import load_weasyprint, write_pdf
    from .reports import plan_pages, write_reports  # papermill and nbconvert take a second to import
    if pdf:
        load_weasyprint()   # or a line that says what is missing, before anything is read
    given = {"--actors": actors, "--targets": targets, "--text-column": text_column}
    command = shlex.join(["python", "-m", "helpers", "report", str(corpus),
                          *(str(word) for pair in given.items() if pair[1] for word in pair),
                          *["--hide-commenters"] * hide_commenters, *["--without-duplicates"] * without_duplicates])
    with prepare(corpus, out, actors, targets, text_column, hide_commenters, without_duplicates, jobs or 1, cluster,
                 quiet) as (tables, chosen):
        with show_progress(quiet) as progress:
            task = progress.add_task("rendering", total=5 + len(chosen))

            def done(name: str, error: str | None) -> None:
                progress.update(task, advance=1, description=name)
                if not errors.is_terminal and not quiet:
                    errors.print(f"{'failed' if error else 'rendered'}: {name}", markup=False)

            tables, failed = write_reports(tables, out, chosen, command, jobs or min(4, os.cpu_count() or 2), done,
                                           keep=not hide_commenters)   # earlier ones have the names
        if pdf and not failed:
            names = {page.file: page.name for page in plan_pages(tables.actors, chosen)}
            write_pdf(out, names, tables)
        finish(tables, out / "index.html", failed, quiet)


@app.command("analyze", epilog="Example: python -m helpers analyze my_pages --out tables --jobs 4")
def analyze_command(out: Annotated[Path, typer.Option("--out", help="Folder for the tables.")],
                    corpus: CorpusPath = Path("seeds"), actors: ActorsPath = None, text_column: TextColumn_ = None,
                    hide_commenters: HideNames = False, without_duplicates: NoCopies = False, jobs: Jobs = None,
                    cluster: Cluster = None, quiet: Quiet = False) -> None:
    """Analyze a corpus and write its tables as Parquet and CSV, without reports."""
    with prepare(corpus, out, actors, None, text_column, hide_commenters, without_duplicates, jobs or 1, cluster,
                 quiet) as (tables, _):
        finish(place_tables(tables, out), out, [], quiet)


@app.command("actors", epilog="Example: python -m helpers actors --suggest my_pages > names.txt")
def actors_command(suggest: Annotated[Path | None, typer.Option(help="A corpus to look for names in.")] = None,
                   actors: ActorsPath = None, text_column: TextColumn_ = None) -> None:
    """Check an actors file, or suggest names of a corpus that it does not cover yet."""
    known = load_actors(actors)
    if suggest:
        print(as_yaml(suggest_names(load(suggest, text_column), known)))
    else:
        print(f"{actors or 'actors.yaml of the package'}: {len(known.labels)} actors, {len(known.names)} names, "
              f"targets {', '.join(known.targets)}")


def interrupt(*_: object) -> None:
    """Ctrl-C: what was made before stays; what was being made beside it goes."""
    say("stopped; earlier output is as it was")
    raise SystemExit(130)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, interrupt)
    try:
        app(prog_name="python -m helpers")
    except RunError as error:
        say(error)
        sys.exit(2)
    except OSError as error:   # the output folder cannot be made, the disk is full
        say(f"{error.filename or 'output'}: {error.strerror or error}")
        sys.exit(2)
    except SystemExit as end:
        if end.code == 130:
            os._exit(130)   # not waiting for notebooks that still run; their kernels end with this process
        raise
