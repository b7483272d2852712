"""Inputs: the files of a corpus: text, Markdown, HTML, or tables with a text column; each also .gz."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from functools import partial
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import yaml

from .dates import find_dates
from .files import LARGEST, InputError, clean, decode, ending, read_bytes
from .pages import Page, read_html
from .tables import read_data

PAGES, TABLES = (".txt", ".md", ".html", ".htm"), (".jsonl", ".csv", ".tsv", ".parquet")


class Source(NamedTuple):
    """A page of the corpus: its row in a table file (from 1), its hash, the page, and warnings."""

    row: int | None
    sha256: str | None
    page: Page | None
    warnings: list[str]


def find_files(path: str | Path) -> tuple[list[Path], Path]:
    """The files of a corpus in order, and the folder they are named from: a folder, a file, or a pattern with *.

    Raises InputError if there is none.
    """
    path = Path(path)
    known = PAGES + TABLES
    if path.is_dir():
        files, root = [file for file in path.rglob("*") if ending(file) in known and not file.is_dir()], path
        if not files:
            raise InputError(f"{path}: no {', '.join(known)} files in this folder")
    elif path.exists():
        if ending(path) not in known:
            raise InputError(f"{path}: not one of {', '.join(known)}")
        files, root = [path], path.parent
    elif has_magic(str(path)):
        files = [Path(file) for file in glob(str(path), recursive=True) if ending(Path(file)) in known]  # noqa: PTH207
        root = Path(*[part for part in path.parts if not has_magic(part)][: -1 if not has_magic(path.name) else None])
        if not files:
            raise InputError(f"{path}: no {', '.join(known)} files match this pattern")
    else:
        raise InputError(f"{path}: no such file or folder")
    return sorted(files), root


def name_facts(fields: dict) -> tuple[dict, dict]:
    """What a row or front matter says of its page (title, byline, outlet, published as ISO), and the rest of it."""
    facts_named = read_data("columns.yaml")["facts"]
    lower, facts = {str(key).strip().lower(): key for key in fields}, {}
    for fact, names in facts_named.items():
        key = next((lower[name] for name in names if name in lower and fields[lower[name]] not in (None, "")), None)
        if key is not None:
            value = fields[key]
            value = ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
            if fact == "published":
                found = find_dates(value)
                value = found[0].iso if found else value if re.fullmatch(r"(1[89]|20)\d\d(-\d\d)?", value) else None
            if value:
                facts[fact] = value
    used = {lower[name] for names in facts_named.values() for name in names if name in lower}
    return facts, {str(key): value for key, value in fields.items() if key not in used and value not in (None, "")}


def read_markdown(text: str) -> Page:
    """Markdown: its front matter (YAML between lines of ---) becomes metadata."""
    front = re.match(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.S)
    try:
        fields = yaml.safe_load(front[1]) if front else None
    except yaml.YAMLError:
        fields = None
    if not isinstance(fields, dict):
        return Page(text)
    facts, rest = name_facts(fields)
    return Page(text, facts, rest, [(front.start(), front.end(), "boilerplate")])


def read_rows(file: Path) -> Iterator[dict]:
    """The rows of a table file as dicts; a line that cannot be read is {None: why}."""
    kind = ending(file)
    if kind == ".parquet":
        stream = io.BytesIO(read_bytes(file)) if file.suffix == ".gz" else file
        for batch in pq.ParquetFile(stream).iter_batches(1000):
            yield from batch.to_pylist()
        return
    text = decode(read_bytes(file, None))[0]
    if kind == ".jsonl":
        for line in text.split("\n"):
            try:
                row = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError) as error:
                row = {None: f"not JSON: {str(error)[:80]}"}
            if row is not None:
                yield row if isinstance(row, dict) else {None: "not a JSON object"}
    else:
        csv.field_size_limit(LARGEST)
        yield from csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if kind == ".tsv" else ",")


def read_table(file: Path, text_column: str | None) -> Iterator[Source]:
    """The pages of a table file, a row each."""
    number = 0
    for number, row in enumerate(read_rows(file), 1):
        if None in row and isinstance(row[None], str):
            yield Source(number, None, None, [row[None]])
            continue
        lower = {str(key).strip().lower(): key for key in row if key is not None}
        names = (text_column.lower(),) if text_column else read_data("columns.yaml")["text"]
        key = next((lower[name] for name in names if name in lower), None)
        if key is None:
            wanted = f"no column '{text_column}'" if text_column else "no text column; name one with --text-column"
            yield Source(number, None, None, [f"{wanted}; it has {', '.join(map(str, lower.values()))[:200]}"])
            return
        warnings: list[str] = []
        text = clean(str(row[key] or ""), warnings)
        facts, rest = name_facts({name: value for name, value in row.items() if name not in (key, None)})
        page = Page(text, facts, rest) if text.strip() else None
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        yield Source(number, sha256, page, warnings + ([] if page else ["empty text"]))
    if not number:
        yield Source(None, None, None, ["no rows in it"])


def read_file(file: Path, root: Path, text_column: str | None = None) -> Iterator[Source]:
    """The pages of one file; a bad file is one Source without a page, whose warning says why."""
    bad = partial(Source, None, None, None)
    try:
        if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
            yield bad([f"unreadable: {'a link out of the folder' if file.exists() else 'a link to nothing'}"])
        elif ending(file) in TABLES:
            yield from read_table(file, text_column)
        else:
            data = read_bytes(file)
            text, warnings = decode(data)
            page = {".md": read_markdown, ".html": read_html, ".htm": read_html}.get(ending(file), Page)(text)
            empty = not page.text.strip()
            yield Source(None, hashlib.sha256(data).hexdigest(), page, warnings + ["empty file"] * empty)
    except InputError as error:
        yield bad([str(error)])
    except Exception as error:  # one bad file never ends a run: parsers of others' formats raise what they like
        yield bad([f"unreadable: {type(error).__name__}: {str(error)[:120]}"])
