"""Stored: a corpus of any size as a folder of tables: made of chunks, and each table read when it is asked for."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from .actorsfile import Actors, load_actors
from .archive import read_chunk, update_chunks
from .audit import add_copies, find_copies
from .corpus import find_equal, load, mark_equal
from .inputs import list_pages
from .pipeline import TABLES, Analysis, analyze, sum_parts
from .privacy import cover_names, hide_names, name_readers
from .tables import as_table, columns_of, defused, dictionary, replace_all
from .workers import Workers

LARGE = 2000  # documents from which on their texts are read only with `choose` and `parts`
GROUP = 20  # part files that `parts` reads together: about a thousand documents
SHEET = 100_000  # rows of a table that still has a CSV, which a spreadsheet opens; longer ones are for programs


def list_parts(folder: Path, table: str) -> list[Path]:
    """The part files of a table, in order."""
    return sorted((folder / f"{table}.parquet").glob("part-*.parquet"))


def count_rows(folder: Path, table: str) -> int:
    """How many rows a table has, without reading them."""
    return sum(pq.read_metadata(part).num_rows for part in list_parts(folder, table))


@dataclass(repr=False, eq=False)
class Stored:
    """An `Analysis` on disk: the same tables as attributes, read on first use; in a large corpus, without texts.

    `choose` gives the analysis of some documents, `parts` one after another of about a thousand each.
    """
    folder: Path
    actors: Actors
    names: list[str] | None = None   # of the part files that count, if not all
    doc_ids: list[str] | None = None   # of the documents that count, if not all

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table not in TABLES:
            raise AttributeError(table)
        frame = self.read(table)
        setattr(self, table, frame)
        return frame

    def read(self, table: str) -> pd.DataFrame:
        """A table, as far as it is of the files and documents chosen."""
        parts, columns = list_parts(self.folder, table), list(columns_of(table))
        if self.names is not None:
            parts = [part for part in parts if part.name in self.names]
        doc_id, rows = ds.field("doc_id"), None
        if self.doc_ids is not None:
            rows = doc_id.is_null() | (doc_id.isin(self.doc_ids) if self.doc_ids else False)
        elif table == "documents" and self.names is None and count_rows(self.folder, table) > LARGE:
            columns.remove("text")
        return as_table(table, ds.dataset(parts).to_table(columns, filter=rows).to_pandas())

    def choose(self, doc_ids: Iterable[str]) -> Self:
        """The analysis of some documents (and of all together)."""
        return replace(self, doc_ids=list(doc_ids))

    def parts(self) -> Iterator[Self]:
        """The analysis in parts that fit into memory; rows over all documents are in none."""
        names = [part.name for part in list_parts(self.folder, "documents")
                 if self.names is None or part.name in self.names]
        for at in range(0, len(names), GROUP):
            yield replace(self, names=names[at:at + GROUP])


def read(source: str | Path, actors: str | Path | None = None) -> Analysis | Stored:
    """Read a folder of tables that `analyze` wrote, or analyze a corpus where there are none yet.

    A folder of tables brings the actors file it was made with.
    """
    source = Path(source)
    if (source / "documents.parquet").is_dir():
        return Stored(source, load_actors(source / "actors.yaml"))
    return analyze(load(source), load_actors(actors))


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
    schema = pa.Schema.from_pandas(as_table(table, []), preserve_index=False)
    with pc.CSVWriter(folder / f"{table}.csv", schema) as writer:
        parts = list_parts(folder, table)
        for at in range(0, len(parts), GROUP):
            rows = defused(as_table(table, ds.dataset(parts[at : at + GROUP]).to_table().to_pandas()))
            writer.write_table(pa.Table.from_pandas(rows, preserve_index=False))


def finish_tables(folder: Path, actors: Actors) -> Stored:
    """Add to tables in Parquet the CSV, the data dictionary and the actors file."""
    for name in TABLES:
        write_csv(folder, name)
    dictionary().to_csv(folder / "dictionary.csv", index=False)
    (folder / "actors.yaml").write_text(actors.source, "utf-8")
    return Stored(folder, actors)


def publish(chunks: list[Path], folder: Path, actors: Actors, hide: bool, no_copies: bool) -> Stored:
    """Make the tables of a corpus from its chunks: Parquet in parts, CSV, the data dictionary and the actors file.

    What depends on other pages is added here: copies, the rows over all documents, pseudonyms (`hide`); `no_copies`
    leaves out pages nearly equal to an earlier one. A table that none of this changes is linked, not written.
    """
    sketches = [read_chunk(chunk, "sketches") for chunk in chunks]
    every = pd.concat(sketches, ignore_index=True)
    equal, copies = find_equal(every.doc_id, every.text_hash), find_copies(every)
    marked = {"documents": set(equal), "audit": set(copies.doc_id)}
    left_out = marked["audit"] if no_copies else set()
    readers = name_readers(pd.concat([
        read_chunk(chunk, "comments")[["author", "anonymous", "reply_to"]].drop_duplicates() for chunk in chunks],
        ignore_index=True)) if hide else {}
    cover = cover_names(readers)
    for number, (chunk, pages) in enumerate(zip(chunks, sketches, strict=True)):
        own = set(pages.doc_id)
        changed = TABLES if readers or own & left_out else [name for name in marked if own & marked[name]]
        tables = {name: read_chunk(chunk, name) for name in changed}
        if "documents" in tables:
            tables["documents"] = mark_equal(tables["documents"], equal)
        if "audit" in tables:
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
    long = [name for name in TABLES if not (tables.folder / f"{name}.csv").exists()]
    replace_all(tables.folder, out)
    for name in long:   # too long now; an earlier sheet would be out of date
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
