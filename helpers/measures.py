"""Measures: what threads, HTML pages and replies were measured at on pages marked by hand (gold/measure.py writes it).

They say nothing of a corpus, so reports read them instead of measuring anew.
"""

from pathlib import Path

import pandas as pd

FILE = "measured.csv"
COUNTS = ["pages", "coded", "found", "starts", "ends", "authors", "dates"]


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
