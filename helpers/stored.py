"""Stored: an analysis in a folder of tables, of any size; each table is read when it is asked for."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from .actorsfile import Actors, load_actors
from .corpus import load
from .pipeline import TABLES, Analysis, analyze
from .tables import as_table, columns_of

LARGE = 2000  # documents from which on their texts are read only with `choose` and `parts`
GROUP = 20  # part files that `parts` reads together: about a thousand documents


def list_parts(folder: Path, table: str) -> list[Path]:
    """The part files of a table, in order."""
    return sorted((folder / f"{table}.parquet").glob("part-*.parquet"))


def count_rows(folder: Path, table: str) -> int:
    """How many rows a table has, without reading them."""
    return sum(pq.read_metadata(part).num_rows for part in list_parts(folder, table))


class Stored:
    """An `Analysis` on disk: the same tables as attributes, read on first use; in a large corpus, without texts.

    `choose` gives the analysis of some documents, `parts` one after another of about a thousand each.
    """

    def __init__(
        self, folder: Path, actors: Actors, names: list[str] | None = None, doc_ids: list[str] | None = None
    ) -> None:
        self.folder, self.actors, self.names, self.doc_ids = folder, actors, names, doc_ids

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table not in TABLES:
            raise AttributeError(table)
        frame = self.read(table)
        setattr(self, table, frame)
        return frame

    @property
    def n_pairs(self) -> int:
        """How many rows of stance there are."""
        return count_rows(self.folder, "stance")

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
        return type(self)(self.folder, self.actors, self.names, list(doc_ids))

    def parts(self) -> Iterator[Self]:
        """The analysis in parts that fit into memory; rows over all documents are in none."""
        names = [part.name for part in list_parts(self.folder, "documents")]
        for at in range(0, len(names), GROUP):
            yield type(self)(self.folder, self.actors, names[at : at + GROUP])


def read(source: str | Path, actors: str | Path | None = None) -> Analysis | Stored:
    """Read a folder of tables that `analyze` wrote, or analyze a corpus where there are none yet.

    A folder of tables brings the actors file it was made with.
    """
    source = Path(source)
    if (source / "documents.parquet").is_dir():
        return Stored(source, load_actors(source / "actors.yaml"))
    return analyze(load(source), load_actors(actors))

