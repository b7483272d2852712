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

from .files import InputError, decode, ending, read_bytes
from .pages import Page, read_html
from .rows import clean_all, name_facts, read_texts

PAGES, TABLES = (".txt", ".md", ".html", ".htm"), (".jsonl", ".csv", ".tsv", ".parquet")


class Raw(NamedTuple):
    """A page as it lies in the corpus: its doc_id, the path of its file, its bytes (a file) or its text and the other
    fields of its row (a table), or neither where it cannot be read, and warnings."""

    doc_id: str
    path: str
    content: bytes | tuple[str, dict] | None
    warnings: list[str]


def is_ours(path: Path) -> bool:
    """Whether a file below the corpus is hidden, or part of a table folder: what programs keep, no page."""
    return any(part.startswith(".") for part in path.parts) or any(
        ending(parent) == ".parquet" for parent in path.parents)


def find_files(path: str | Path) -> tuple[list[Path], Path]:
    """The files of a corpus in order, and the folder they are named from: a folder, a file, or a pattern with *.

    Raises InputError if there is none.
    """
    path = Path(path)
    known = PAGES + TABLES
    if path.is_dir():
        files, root = [file for file in path.rglob("*") if ending(file) in known and not file.is_dir()], path
        files = [file for file in files if not is_ours(file.relative_to(root))]
        if not files:
            raise InputError(f"{path}: no {', '.join(known)} files in this folder")
    elif path.exists():
        if ending(path) not in known:
            raise InputError(f"{path}: not one of {', '.join(known)}")
        files, root = [path], path.parent
    elif has_magic(str(path)):
        files = [Path(file) for file in glob(str(path), recursive=True) if ending(Path(file)) in known]  # noqa: PTH207
        root = Path(*takewhile(lambda part: not has_magic(part), path.parts))
        files = [file for file in files if not is_ours(file.relative_to(root))]
        if not files:
            raise InputError(f"{path}: no {', '.join(known)} files match this pattern")
    else:
        raise InputError(f"{path}: no such file or folder")
    return sorted(files), root


def name_documents(files: list[Path], root: Path) -> list[str]:
    """A doc_id for each file: its name without ending, its path below `root` where names are equal, and a number
    where even those are."""
    plain = [file.with_name(file.name[:-3] if file.name.lower().endswith(".gz") else file.name) for file in files]
    stems = pd.Series([file.stem for file in plain])
    paths = pd.Series(["__".join(file.relative_to(root).with_suffix("").parts) for file in plain])
    names = stems.mask(stems.duplicated(keep=False), paths)
    repeats = names.groupby(names).cumcount()
    return [show_name(name) for name in names.mask(repeats > 0, names + "-" + (repeats + 1).astype(str))]


def show_name(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_markdown(text: str) -> Page:
    """Markdown: its front matter (YAML between lines of ---) becomes metadata."""
    front = re.match(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.S)
    try:
        fields = yaml.safe_load(front[1]) if front else None
    except yaml.YAMLError:
        fields = None
    if not isinstance(fields, dict):
        return Page(text)
    facts, rest = name_facts(clean_all(fields))
    return Page(text, facts, rest, [(front.start(), front.end(), "boilerplate")])


def read_file(file: Path, root: Path, name: str, text_column: str | None) -> Iterator[Raw]:
    """The pages of one file, not yet taken apart; a bad one is a page without content, whose warning says why."""
    path = show_name(file.relative_to(root).as_posix())
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise InputError(f"unreadable: {'a link out of the folder' if file.exists() else 'a link to nothing'}")
        if ending(file) not in TABLES:
            yield Raw(name, path, read_bytes(file), [])
            return
        for row, text, fields, warnings in read_texts(file, text_column):
            doc_id = name if row is None else f"{name}-{row}"
            yield Raw(doc_id, path, None if text is None else (text, fields), warnings)
    except InputError as error:
        yield Raw(name, path, None, [str(error)])
    except Exception as error:  # one bad file never ends a run: parsers of others' formats raise what they like
        yield Raw(name, path, None, [f"unreadable: {type(error).__name__}: {str(error)[:120]}"])


def list_pages(
    path: str | Path, text_column: str | None = None, watch: Callable[[list[Path]], Iterable[Path]] = iter
) -> Iterator[Raw]:
    """Every page of a corpus in order, each with a doc_id of its own; one at a time, so that any number can be read.

    `watch` sees each file go by. Raises InputError if there is none.
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
        facts, rest = name_facts(fields)
        page = Page(text, facts, rest) if text.strip() else None
        return page, hashlib.sha256(text.encode()).hexdigest(), raw.warnings + ["empty text"] * (page is None)
    try:
        text, warnings = decode(raw.content)
        page = {".md": read_markdown, ".html": read_html, ".htm": read_html}.get(ending(Path(raw.path)), Page)(text)
    except Exception as error:  # as above
        return None, None, [*raw.warnings, f"unreadable: {type(error).__name__}: {str(error)[:120]}"]
    empty = not page.text.strip()
    return page, hashlib.sha256(raw.content).hexdigest(), raw.warnings + warnings + ["empty file"] * empty


def fingerprint(raw: Raw) -> str:
    """SHA-256 of everything that is known of a page before it is read."""
    content = raw.content if isinstance(raw.content, bytes) else json.dumps(raw.content, default=str).encode()
    return hashlib.sha256(json.dumps([raw.doc_id, raw.path, raw.warnings]).encode() + b"\0" + content).hexdigest()
