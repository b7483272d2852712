"""Measures: what was coded by hand, read; and what threads, HTML pages and replies were measured at on marked pages.

The latter (gold/measure.py writes it) says nothing of a corpus, so reports read it instead of measuring anew.
"""

from pathlib import Path

import pandas as pd

from .tables import undefused

FILE = "measured.csv"
COUNTS = ["pages", "coded", "found", "starts", "ends", "authors", "dates"]


def read_codes(path: str | Path) -> pd.DataFrame:
    """A file of codes as it is: doc, start, end, target, holder, polarity (-1, 0, 1), and coder where several coded."""
    words = ["doc", "target", "holder", "coder"]
    codes = pd.read_csv(path, dtype=dict.fromkeys(words, "string"), keep_default_na=False)   # a page may be named NA
    return undefused(codes)


def read_gold(path: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """Hand-coded triples of these documents: doc_id, start, end, target, holder, polarity (-1, 0, 1).

    Where several coded (a column `coder`), those on which all who judged a row agree. Rows with the holder `other` are
    left out: they are not scored.
    """
    gold = read_codes(path).rename(columns={"doc": "doc_id"})
    if "coder" in gold:
        row = ["doc_id", "start", "end", "target", "holder"]
        gold = gold[gold.groupby(row).polarity.transform("nunique") == 1].drop_duplicates(row)
    return gold[(gold.holder != "other") & gold.doc_id.isin(documents.doc_id)].reset_index(drop=True)


def add_rates(table: pd.DataFrame, right: pd.Series) -> pd.DataFrame:
    """Counts of what was coded and found with precision, recall and f1; null where there is nothing to count."""
    both = table.found + table.coded
    return table.assign(precision=right / table.found, recall=right / table.coded, f1=2 * right / both)


def sum_threads(pages: pd.DataFrame) -> pd.DataFrame:
    """What was measured on threads by family and over all (family null): counts, precision, recall and f1 of starts.

    A page without comments has no precision or recall of its own; what is found there counts against precision.
    """
    both = pd.concat([pages, pages.assign(family=None)])
    table = both.groupby("family", as_index=False, dropna=False)[COUNTS].sum()
    return add_rates(table, table.starts)


def list_markup(pages: pd.DataFrame) -> pd.DataFrame:
    """What was measured on HTML pages summed by set, for reading."""
    sets = pages.drop(columns="page").groupby("set", sort=False)
    table = sets.sum().reset_index()
    return pd.DataFrame(
        {
            "pages": table["set"] + " (" + sets.size().astype("string").to_numpy() + ")",
            "comments marked": table.marked,
            "found whole": table.found,
            "share": table.found / table.marked,
            "author right": table.authors / table.marked,
            "found besides": table.others,
            "leaked into article": table.leaked,
            "article sentences kept": table.kept / table.sentences,
            "trafilatura alone: share": table["peer found"] / table.marked,
            "its leaks": table["peer leaked"],
        }
    )


def read_measures(folder: str | Path, name: str | None = None) -> pd.DataFrame:
    """What was measured on the pages of a folder; of one set, without naming it, where `name` is given."""
    table = pd.read_csv(Path(folder) / FILE)
    return table if name is None else table[table["set"] == name].drop(columns="set").reset_index(drop=True)
