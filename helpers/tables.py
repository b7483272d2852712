"""Tables: what a row and a column of each is (data/tables.yaml), made, written and read back.

Every table of the package passes through `as_table`, so that an empty table has the same columns and
types as a full one, and what is missing is null: never "", "unknown" or NaN in a text column.
"""
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

try:
    import fcntl
except ImportError:   # Windows
    fcntl = None

SENTENCE = ["doc_id", "sentence_id"]   # what tells a sentence from all others
FORMULA = r"\s*[=+\-@\t\r]"   # how a text begins that a spreadsheet would run
DTYPES = {"str": "string", "int": "int64", "count": "Int64", "float": "float64", "bool": "bool"}


class RunError(Exception):
    """Something that was asked for cannot be made here; the message is one line."""


@cache
def read_data(name: str) -> dict:
    """Read one of the package's own YAML files (word lists, patterns, thresholds, the data dictionary)."""
    return yaml.safe_load((Path(__file__).parent / "data" / name).read_text("utf-8"))


def columns_of(table: str) -> dict[str, str]:
    """Column names of a table, each with its pandas dtype."""
    return {name: DTYPES[kind] for name, (kind, _) in read_data("tables.yaml")[table]["columns"].items()}


def dictionary() -> pd.DataFrame:
    """The data dictionary as a table: one row per column (table, column, type, meaning)."""
    rows = [(table, column, kind, meaning) for table, entry in read_data("tables.yaml").items()
            for column, (kind, meaning) in entry["columns"].items()]
    return pd.DataFrame(rows, columns=["table", "column", "type", "meaning"])


def as_table(table: str, rows: list[dict] | pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns and types of `table`; columns that no row has are null, or false where they say yes or no.

    >>> as_table("quotes", []).dtypes["start"]
    dtype('int64')
    """
    columns = columns_of(table)
    frame = pd.DataFrame(rows).reindex(columns=list(columns))
    said = {name: frame[name].astype("boolean").fillna(False)   # as bool, NaN would be true
            for name, kind in columns.items() if kind == "bool"}
    return frame.assign(**said).astype(columns)


def texts_of(documents: pd.DataFrame) -> dict[str, str]:
    """The text of each document, by doc_id."""
    return dict(zip(documents.doc_id, documents.text, strict=True))


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text that a spreadsheet would run as a formula made plain by a leading apostrophe."""
    text = frame.select_dtypes("string")
    return frame.assign(**{name: column.mask(column.str.match(FORMULA, na=False), "'" + column)
                           for name, column in text.items()})


def undefused(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it was before `defused`."""
    return frame.assign(**{name: column.str.replace(f"^'(?={FORMULA})", "", regex=True)
                           for name, column in frame.select_dtypes("string").items()})


def replace(new: Path, old: Path) -> None:
    """Put a finished file or folder in the place of an earlier one."""
    old.parent.mkdir(parents=True, exist_ok=True)
    if old.is_dir() and not old.is_symlink():
        aside = old.with_name(f".{old.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        old.replace(aside)
        try:
            new.replace(old)
        except BaseException:   # a full disk, Ctrl-C: the earlier one is put back
            aside.replace(old)
            raise
        shutil.rmtree(aside)
    else:
        new.replace(old)


def name_beside(out: Path, kind: str) -> Path:
    """A hidden folder beside `out`: ".reports.new"."""
    out = out.resolve()
    return out.with_name(f".{out.name}.{kind}")


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Keep other runs from the same output until this one is done, or dead; where the system can do so."""
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    with name_beside(out, "lock").open("w") as lock:
        try:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RunError(f"another run is making {out}") from None
        try:
            yield
        finally:
            name_beside(out, "lock").unlink(missing_ok=True)


@contextmanager
def waiting(file: Path) -> Iterator[None]:
    """Wait until no other process changes a file, where the system can tell."""
    with name_beside(file, "lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def made_beside(out: Path) -> Iterator[Path]:
    """An empty folder beside `out` to make things in; gone afterwards, whatever happened."""
    work = name_beside(out, "new")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def replace_all(work: Path, out: Path) -> None:
    """Put everything in a finished folder in the place of what has the same name in another; keep the rest."""
    for item in sorted(work.iterdir()):
        replace(item, out / item.name)
