"""Command line: python -m helpers report | analyze (exit status 0 all made, 1 some failed, 2 unusable arguments)."""
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from . import __version__
from .actorsfile import Actors, ActorsError, load_actors
from .corpus import CorpusError, load
from .network import ModelError
from .pipeline import Analysis, analyze
from .tables import made_beside, replace_all, write_tables

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
                  help="Read what a pile of web pages thinks: sentiment, stance and comments, with the evidence.")
errors = Console(stderr=True, highlight=False, soft_wrap=True)

CorpusPath = Annotated[Path, typer.Argument(help="A folder of .txt pages, or one file.")]
ActorsPath = Annotated[Path | None, typer.Option("--actors", help="Actors file (YAML) instead of the package's own.")]


def stop(message: str) -> None:
    """Say one line on the error stream and leave with status 2."""
    errors.print(f"pagestance: {message}", markup=False)
    raise typer.Exit(2)


def read_inputs(corpus: Path, actors: Path | None, targets: str | None) -> tuple[Analysis, list[str]]:
    """Everything a run needs, or one clear line and exit status 2."""
    try:
        known: Actors = load_actors(actors)
        chosen = list(dict.fromkeys(name.strip() for name in targets.split(","))) if targets else list(known.targets)
        for target in chosen:
            if target not in known.targets:
                stop(f"unknown target '{target}'; the actors file has {', '.join(known.targets)}")
        return analyze(load(corpus), known), chosen
    except (CorpusError, ActorsError, ModelError) as error:
        stop(str(error))
        raise


def finish(analysis: Analysis, out: Path, failed: list[str]) -> None:
    """The last line, and the exit status."""
    documents = analysis.documents
    bad = documents[documents.n_words == 0]
    for row in bad.itertuples():
        errors.print(f"pagestance: {row.path}: {row.warnings}", markup=False)
    for line in failed:
        errors.print(f"pagestance: {line}", markup=False)
    warned = int(documents.warnings.notna().sum())
    print(f"documents: {len(documents)}, sentences: {len(analysis.sentences)}, stance pairs: {len(analysis.stance)}, "
          f"documents with warnings: {warned}, reports failed: {len(failed)}; see {out}")
    if failed or len(bad):
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
           jobs: Annotated[int, typer.Option(min=1, help="Notebooks run side by side.")] = min(4, os.cpu_count() or 2),
           ) -> None:
    """Analyze a corpus and render every report to HTML."""
    from .reports import write_reports  # papermill and nbconvert take a second to import
    analysis, chosen = read_inputs(corpus, actors, targets)
    command = shlex.join(["python", "-m", "helpers", "report", str(corpus),
                          *(["--actors", str(actors)] if actors else []), *(["--targets", targets] if targets else [])])
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        task = progress.add_task("rendering", total=5 + len(chosen))

        def done(name: str, error: str | None) -> None:
            progress.update(task, advance=1, description=name)
            if not errors.is_terminal:
                errors.print(f"{'failed' if error else 'rendered'}: {name}", markup=False)

        failed = write_reports(analysis, out, chosen, command, jobs, done)
    finish(analysis, out / "index.html", failed)


@app.command("analyze", epilog="Example: python -m helpers analyze my_pages --out tables")
def analyze_command(out: Annotated[Path, typer.Option("--out", help="Folder for the tables.")],
                    corpus: CorpusPath = Path("seeds"), actors: ActorsPath = None) -> None:
    """Analyze a corpus and write its tables as Parquet and CSV, without reports."""
    analysis, _ = read_inputs(corpus, actors, None)
    with made_beside(out) as work:
        write_tables(analysis.tables(), work)
        (work / "actors.yaml").write_text(analysis.actors.source, "utf-8")
        replace_all(work, out)
    finish(analysis, out, [])


if __name__ == "__main__":
    try:
        sys.exit(app(prog_name="python -m helpers"))
    except OSError as error:   # the output folder cannot be made, the disk is full
        errors.print(f"pagestance: {error.filename or 'output'}: {error.strerror or error}", markup=False)
        sys.exit(2)
