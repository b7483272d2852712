"""Rows: the pages of a table file (.jsonl, .csv, .tsv, .parquet), one a row, read a few at a time."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from .dates import find_dates
from .files import LARGEST, LOST, clean, ending, read_bytes, read_lines
from .tables import read_data


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


def clean_all(value: object) -> object:
    """A value of a row, however nested, with what is no text (NUL, lone surrogates) replaced."""
    if isinstance(value, str):
        return LOST.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean_all(key): clean_all(inner) for key, inner in value.items()}
    return list(map(clean_all, value)) if isinstance(value, (list, tuple)) else value


def read_rows(file: Path) -> Iterator[dict]:
    """The rows of a table file as dicts; a line that cannot be read is {None: why}."""
    kind = ending(file)
    if kind == ".parquet":
        stream = io.BytesIO(read_bytes(file)) if file.suffix == ".gz" else file
        for batch in pq.ParquetFile(stream).iter_batches(1000):
            yield from batch.to_pylist()
    elif kind == ".jsonl":
        for line in read_lines(file, "\n"):
            try:
                row = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError) as error:
                row = {None: f"not JSON: {str(error)[:80]}"}
            if row is not None:
                yield row if isinstance(row, dict) else {None: "not a JSON object"}
    else:
        csv.field_size_limit(LARGEST)
        yield from csv.DictReader(read_lines(file, ""), delimiter="\t" if kind == ".tsv" else ",")


def read_texts(file: Path, text_column: str | None) -> Iterator[tuple[int | None, str | None, dict, list[str]]]:
    """The pages of a table file: row (from 1), text (null where it has none), its other fields, and warnings."""
    number = 0
    for number, row in enumerate(read_rows(file), 1):
        if None in row and isinstance(row[None], str):
            yield number, None, {}, [row[None]]
            continue
        lower = {str(key).strip().lower(): key for key in row if key is not None}
        names = (text_column.lower(),) if text_column else read_data("columns.yaml")["text"]
        key = next((lower[name] for name in names if name in lower), None)
        if key is None:
            wanted = f"no column '{text_column}'" if text_column else "no text column; name one with --text-column"
            yield number, None, {}, [f"{wanted}; it has {', '.join(map(str, clean_all(list(lower.values()))))[:200]}"]
            if ending(file) != ".jsonl":   # where each row has its own keys
                return
            continue
        warnings: list[str] = []
        text = clean(str(row[key] or ""), warnings)
        if len(text) > LARGEST:
            yield number, None, {}, [f"more than {LARGEST / 1e6:.0f} MB: not read"]
            continue
        rest = {name: value for name, value in row.items() if name not in (key, None)}
        yield number, text, clean_all(rest), warnings
    if not number:
        yield None, None, {}, ["no rows in it"]
