"""Publish: the chunks of a corpus as one folder of tables: linked, or written anew where other pages change them."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.dataset as ds

from .actorsfile import Actors
from .archive import read_chunk, update_chunks
from .audit import add_copies, find_copies
from .corpus import find_equal, mark_equal
from .inputs import list_pages
from .pipeline import TABLES, Analysis, sum_parts
from .privacy import cover_names, hide_names, name_readers
from .stored import GROUP, Stored, count_rows, list_parts
from .tables import as_table, defused, dictionary, replace_all
from .workers import Workers

SHEET = 100_000  # rows of a table that still has a CSV, which a spreadsheet opens; longer ones are for programs


def name_part(folder: Path, table: str, number: int) -> Path:
    """The file of a part of a table, in a folder that is there."""
    part = folder / f"{table}.parquet" / f"part-{number:05}.parquet"
    part.parent.mkdir(parents=True, exist_ok=True)
    return part


def place_part(file: Path, folder: Path, table: str, number: int) -> None:
    """Put a finished part file in its place among the tables: as a link, or a copy where links cannot be."""
    part = name_part(folder, table, number)
    try:
        os.link(file, part)
    except OSError:
        shutil.copyfile(file, part)


def write_part(frame: pd.DataFrame, folder: Path, table: str, number: int) -> None:
    """Write one part of a table."""
    frame.to_parquet(name_part(folder, table, number), index=False)


def write_csv(folder: Path, table: str) -> None:
    """Write a table's CSV from its parts, if it is one for a spreadsheet."""
    if count_rows(folder, table) > SHEET:
        return
    writer, parts = None, list_parts(folder, table)
    for at in range(0, len(parts), GROUP):
        frame = as_table(table, ds.dataset(parts[at:at + GROUP]).to_table().to_pandas())
        rows = pa.Table.from_pandas(defused(frame), preserve_index=False)
        writer = writer or pc.CSVWriter(folder / f"{table}.csv", rows.schema)
        writer.write_table(rows)
    if writer:
        writer.close()


def write_tables(analysis: Analysis, folder: Path) -> Stored:
    """Write an analysis that is in memory as tables, each in one part."""
    for name, frame in analysis.tables().items():
        write_part(frame, folder, name, 0)
    return finish_tables(folder, analysis.actors)


def finish_tables(folder: Path, actors: Actors) -> Stored:
    """Add to tables in Parquet the CSV, the data dictionary and the actors file."""
    for name in TABLES:
        write_csv(folder, name)
    dictionary().to_csv(folder / "dictionary.csv", index=False)
    (folder / "actors.yaml").write_text(actors.source, "utf-8")
    return Stored(folder, actors)


def read_readers(chunks: list[Path]) -> dict[str, str]:
    """The pseudonyms of all who comment in a corpus (`name_readers`)."""
    columns = ["author", "anonymous", "reply_to"]
    names = [read_chunk(chunk, "comments")[columns].drop_duplicates() for chunk in chunks]
    return name_readers(pd.concat(names, ignore_index=True))


def publish(chunks: list[Path], folder: Path, actors: Actors, hide: bool, no_copies: bool) -> Stored:
    """Make the tables of a corpus from its chunks: Parquet in parts, CSV, the data dictionary and the actors file.

    What depends on other pages is added here: copies, the rows over all documents, pseudonyms (`hide`); `no_copies`
    leaves out pages nearly equal to an earlier one.
    """
    sketches = [read_chunk(chunk, "sketches") for chunk in chunks]
    every = pd.concat(sketches, ignore_index=True)
    equal, copies = find_equal(every.doc_id, every.text_hash), find_copies(every)
    left_out = set(copies.doc_id) if no_copies else set()
    readers = read_readers(chunks) if hide else {}
    cover = cover_names(readers)
    for number, (chunk, pages) in enumerate(zip(chunks, sketches, strict=True)):
        changed = {"documents"} if pages.doc_id.isin(list(equal)).any() else set()
        changed |= {"audit"} if pages.doc_id.isin(copies.doc_id).any() else set()
        changed = set(TABLES) if readers or pages.doc_id.isin(left_out).any() else changed
        tables = {name: read_chunk(chunk, name) for name in changed}
        if "documents" in changed:
            tables["documents"] = mark_equal(tables["documents"], equal)
        if "audit" in changed:
            tables["audit"] = add_copies(tables["audit"], copies)
        tables = {name: frame[~frame.doc_id.isin(left_out)] for name, frame in tables.items()}
        tables = hide_names(tables, readers, cover) if readers else tables
        for name in TABLES:
            if name in tables:
                write_part(tables[name], folder, name, number)
            else:
                place_part(chunk / f"{name}.parquet", folder, name, number)
    parts = ([read_chunk(chunk, name) for name in ("stance", "scores")] for chunk in chunks)
    left = ([frame[~frame.doc_id.isin(left_out)] for frame in part] for part in parts)
    for name, rows in sum_parts(left).items():
        write_part(rows, folder, name, len(chunks))
    return finish_tables(folder, actors)


def place_tables(tables: Stored, out: Path) -> Stored:
    """Put finished tables in the place of earlier ones in a folder; what else lies there stays."""
    short = {name for name in TABLES if (tables.folder / f"{name}.csv").exists()}
    replace_all(tables.folder, out)
    for name in set(TABLES) - short:   # too long now for a sheet; an earlier one would be out of date
        (out / f"{name}.csv").unlink(missing_ok=True)
    return Stored(out, tables.actors)


def make_tables(corpus: Path, folder: Path, kept: Path, actors: Actors, text_column: str | None, workers: Workers,
                watch: Callable[[list[Path]], Iterable[Path]], hide: bool, no_copies: bool) -> Stored:
    """Analyze a corpus of any size into a new folder of tables. Its chunks stay in the folder `kept` for the next time,
    but not where names are to be hidden.

    Raises CorpusError, in one line that names the path, if there is nothing to read.
    """
    if hide:   # and what an earlier run kept goes, too: it holds the names
        shutil.rmtree(kept, ignore_errors=True)
        kept = folder.with_name("chunks")
    chunks = update_chunks(list_pages(corpus, text_column, watch), kept, actors, workers)
    return publish(chunks, folder, actors, hide, no_copies)
