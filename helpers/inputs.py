"""Inputs: the pages of a corpus, one after another: text, Markdown, HTML, or rows of tables; each also .gz."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from glob import glob, has_magic
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml

from .dates import find_dates
from .files import LARGEST, LOST, CorpusError, clean, decode, ending, read_bytes, read_rows, unpacked
from .pages import Page, read_html
from .tables import read_data

TABLES = (".jsonl", ".csv", ".tsv", ".parquet")
KNOWN = (".txt", ".md", ".html", ".htm", *TABLES)


class Raw(NamedTuple):
    """A page as it lies in the corpus: its doc_id, the path of its file, its bytes (a file) or its text and the other
    fields of its row (a table), or neither where it cannot be read, and warnings."""

    doc_id: str
    path: str
    content: bytes | tuple[str, dict] | None
    warnings: list[str]


def is_ours(path: Path) -> bool:
    """Whether a file below the corpus is hidden, or part of a table folder: what programs keep, no page."""
    return any(part.startswith(".") for part in path.parts) or ".parquet" in map(ending, path.parents)


def find_files(path: str | Path) -> tuple[list[Path], Path]:
    """The files of a corpus in order, and the folder they are named from: a folder, a file, or a pattern with *.

    Raises CorpusError if there is none.
    """
    path = Path(path)
    if path.is_dir():
        files, root, where = (file for file in path.rglob("*") if not file.is_dir()), path, "in this folder"
    elif path.exists():
        if ending(path) not in KNOWN:
            raise CorpusError(f"{path}: not one of {', '.join(KNOWN)}")
        return [path], path.parent
    elif has_magic(str(path)):
        files, where = map(Path, glob(str(path), recursive=True)), "match this pattern"  # noqa: PTH207
        root = Path(*takewhile(lambda part: not has_magic(part), path.parts))
    else:
        raise CorpusError(f"{path}: no such file or folder")
    found = sorted(file for file in files if ending(file) in KNOWN and not is_ours(file.relative_to(root)))
    if not found:
        raise CorpusError(f"{path}: no {', '.join(KNOWN)} files {where}")
    return found, root


def name_documents(files: list[Path], root: Path) -> list[str]:
    """A doc_id for each file: its name without ending, its path below `root` where names are equal, and a number
    where even those are."""
    plain = [unpacked(file).with_suffix("") for file in files]
    stems = pd.Series([file.name for file in plain])
    paths = pd.Series(["__".join(file.relative_to(root).parts) for file in plain])
    names = stems.mask(stems.duplicated(keep=False), paths)
    repeats = names.groupby(names).cumcount()
    return [show_name(name) for name in names.mask(repeats > 0, names + "-" + (repeats + 1).astype(str))]


def show_name(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def clean_all(value: object) -> object:
    """A value of a row, however nested, with what is no text (NUL, lone surrogates) replaced."""
    if isinstance(value, str):
        return LOST.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean_all(key): clean_all(inner) for key, inner in value.items()}
    return list(map(clean_all, value)) if isinstance(value, (list, tuple)) else value


def name_facts(fields: dict) -> tuple[dict, dict]:
    """What a row or front matter says of its page (title, byline, outlet, published as ISO), and the rest of it."""
    rest = {key: value for key, value in fields.items() if value not in (None, "")}
    keys, facts = {str(key).strip().lower(): key for key in rest}, {}
    for fact, names in read_data("columns.yaml")["facts"].items():
        for value in [rest.pop(keys[name]) for name in names if name in keys][:1]:
            value = ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
            if fact == "published":
                dates = [date for date in find_dates(value) if date.has_year]
                value = dates[0].iso if dates else value if re.fullmatch(r"(1[89]|20)\d\d(-\d\d)?", value) else None
            facts |= {fact: value} if value else {}
    return facts, {str(key): value for key, value in rest.items()}


def read_markdown(text: str) -> Page:
    """Markdown: its front matter (YAML between lines of ---) becomes metadata."""
    front = re.match(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.S)
    try:
        fields = yaml.safe_load(front[1]) if front else None
    except ValueError:  # a date there is not: 2019-02-31
        fields = yaml.load(front[1], yaml.BaseLoader)  # all of it as text
    except yaml.YAMLError:
        fields = None
    if not isinstance(fields, dict):
        return Page(text)
    return Page(text, *name_facts(clean_all(fields)), [(front.start(), front.end(), "boilerplate")])


def read_table(file: Path, name: str, path: str, text_column: str | None) -> Iterator[Raw]:
    """The pages of a table file, one a row; a row without text is a page without content, whose warning says why."""
    number = 0
    for number, row in enumerate(read_rows(file), 1):
        page = Raw(f"{name}-{number}", path, None, [])
        if isinstance(row, str):
            yield page._replace(warnings=[row])
            continue
        keys = {key.strip().lower(): key for key in row}
        names = [text_column.lower()] if text_column else read_data("columns.yaml")["text"]
        key = next((keys[name] for name in names if name in keys), None)
        if key is None:
            wanted = f"no column '{text_column}'" if text_column else "no text column; name one with --text-column"
            yield page._replace(warnings=[f"{wanted}; it has {clean_all(', '.join(keys.values()))[:200]}"])
            if ending(file) != ".jsonl":   # where each row has its own keys
                return
            continue
        text = clean(str(row.pop(key) or ""), page.warnings)
        if len(text) > LARGEST:
            yield page._replace(warnings=[f"more than {LARGEST / 1e6:.0f} MB: not read"])
        else:
            yield page._replace(content=(text, clean_all(row)))
    if not number:
        yield Raw(name, path, None, ["no rows in it"])


def read_file(file: Path, root: Path, name: str, text_column: str | None) -> Iterator[Raw]:
    """The pages of one file, not yet taken apart; a bad one is a page without content, whose warning says why."""
    path = show_name(file.relative_to(root).as_posix())
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise CorpusError(f"unreadable: {'a link out of the folder' if file.exists() else 'a link to nothing'}")
        if ending(file) in TABLES:
            yield from read_table(file, name, path, text_column)
        else:
            yield Raw(name, path, read_bytes(file), [])
    except CorpusError as error:
        yield Raw(name, path, None, [str(error)])
    except Exception as error:  # one bad file never ends a run: parsers of others' formats raise what they like
        yield Raw(name, path, None, [f"unreadable: {type(error).__name__}: {str(error)[:120]}"])


def list_pages(path: str | Path, text_column: str | None = None,
               watch: Callable[[list[Path]], Iterable[Path]] = iter) -> Iterator[Raw]:
    """Every page of a corpus in order, each with a doc_id of its own; one at a time, so that any number can be read.

    `watch` sees each file go by. Raises CorpusError if there is none.
    """
    files, root = find_files(path)
    taken: set[str] = set()
    for name, file in zip(name_documents(files, root), watch(files), strict=True):
        for raw in read_file(file, root, name, text_column):
            doc_id = raw.doc_id
            while doc_id in taken:  # a file is called as a row of another is
                doc_id += "-2"
            taken.add(doc_id)
            yield raw._replace(doc_id=doc_id)


def open_page(raw: Raw) -> tuple[Page | None, str | None, list[str]]:
    """A page decoded and parsed, its SHA-256, and warnings; null where it cannot be read."""
    if raw.content is None:
        return None, None, raw.warnings
    if isinstance(raw.content, tuple):
        text, fields = raw.content
        page = Page(text, *name_facts(fields)) if text.strip() else None
        return page, hashlib.sha256(text.encode()).hexdigest(), raw.warnings + ["empty text"] * (page is None)
    try:
        text, warnings = decode(raw.content)
        page = {".md": read_markdown, ".html": read_html, ".htm": read_html}.get(ending(Path(raw.path)), Page)(text)
    except Exception as error:  # as above
        return None, None, [f"unreadable: {type(error).__name__}: {str(error)[:120]}"]
    return page, hashlib.sha256(raw.content).hexdigest(), warnings + ["empty file"] * (not page.text.strip())


def fingerprint(raw: Raw) -> str:
    """SHA-256 of everything that is known of a page before it is read."""
    content = raw.content if isinstance(raw.content, bytes) else json.dumps(raw.content, default=str).encode()
    return hashlib.sha256(json.dumps([raw.doc_id, raw.path, raw.warnings]).encode() + b"\0" + content).hexdigest()
