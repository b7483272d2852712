"""Measures: what threads, HTML pages and replies are measured at, written beside the marked pages (make measures).

They say nothing of a corpus, so reports read them instead of measuring anew; a test measures and compares.
"""

import sys
from pathlib import Path

import pandas as pd

from .markupcheck import SETS, measure_markup
from .replycheck import measure_replies
from .threadcheck import measure_threads

GOLD = Path(__file__).parent.parent / "gold"
FILE = "measured.csv"


def measure(kind: str, folder: Path) -> pd.DataFrame:
    """The measures of one kind, `threads`, `markup` or `replies`: set (unseen, known) and the columns of its check."""
    if kind == "markup":
        return measure_markup(folder)
    tables = {
        name: measure_threads(folder / name) if kind == "threads" else measure_replies(folder / f"{name}.yaml")
        for name in SETS
    }
    return pd.concat([table.assign(set=name) for name, table in tables.items()], ignore_index=True)


def read_measures(folder: str | Path, name: str | None = None) -> pd.DataFrame:
    """What was measured on the pages of a folder; of one set, without naming it, where `name` is given."""
    table = pd.read_csv(Path(folder) / FILE)
    return table if name is None else table[table["set"] == name].drop(columns="set").reset_index(drop=True)


if __name__ == "__main__":
    for kind in ("threads", "markup", "replies"):
        measure(kind, GOLD / kind).to_csv(GOLD / kind / FILE, index=False)
        print(f"gold/{kind}/{FILE} written", file=sys.stderr)
