"""Thread check: comments as found beside comments as marked by hand, on the pages of gold/threads."""
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .threads import find_thread

MARK = re.compile(r"⟦(/|author=[^⟦⟧]*)⟧")
COUNTS = ["pages", "coded", "found", "starts", "ends", "authors", "dates"]


class Marked(NamedTuple):
    """A page whose comments were marked by hand: its text without the marks, and what they say."""
    name: str
    family: str
    declared: int | None
    text: str
    comments: list[dict]


def read_marked(path: Path) -> Marked:
    """A file of gold/threads: a head of `# key: value` lines, a blank line, the page with each comment's words marked.

    `⟦author=Ann|date=2011-05-02⟧words⟦/⟧`; see gold/threads/README.md. Raises ValueError, with the file's name, if
    a mark is not closed.
    """
    head, _, page = path.read_text("utf-8").partition("\n\n")
    keys = dict(re.findall(r"^# (\w+): (.*)$", head, re.M))
    text, at, comments = "", 0, []
    for mark in MARK.finditer(page):
        text, at = text + page[at:mark.start()], mark.end()
        if (mark[1] == "/") != bool(comments and "end" not in comments[-1]):
            raise ValueError(f"{path.name}: a comment's mark is not closed before {text[-40:]!r}")
        if mark[1] == "/":
            comments[-1]["end"] = len(text)
        else:
            fields = dict(part.split("=", 1) for part in mark[1].split("|"))
            comments.append({**{key: value or None for key, value in fields.items()}, "start": len(text)})
    declared = None if keys["declared"] == "null" else int(keys["declared"])
    return Marked(path.stem, keys["family"], declared, text + page[at:], comments)


def match_comments(page: Marked, found: list[dict]) -> list[tuple[dict, dict]]:
    """Pairs of a coded and a found comment: their words begin at the same character.

    Empty comments match where the found one's header is the last before the coded place.
    """
    by_start = {comment["start"]: comment for comment in found if comment["end"] > comment["start"]}
    pairs = [(coded, by_start[coded["start"]]) for coded in page.comments
             if coded["end"] > coded["start"] and coded["start"] in by_start]
    for coded in page.comments:
        place = coded["start"] + len(page.text[coded["start"]:]) - len(page.text[coded["start"]:].lstrip())
        before = [comment for comment in found if comment["start"] <= place]
        if coded["end"] == coded["start"] and before and before[-1]["end"] == before[-1]["start"]:
            pairs.append((coded, before[-1]))
    return pairs


def measure_page(page: Marked) -> dict:
    """What was coded, found and right on one page: a row of `measure_threads` before it is summed."""
    thread = find_thread(page.text)
    pairs = match_comments(page, thread.comments)
    return {"page": page.name, "family": page.family, "pages": 1, "coded": len(page.comments),
            "found": len(thread.comments), "starts": len(pairs),
            "ends": sum(coded["end"] == comment["end"] or coded["end"] == coded["start"] for coded, comment in pairs),
            "authors": sum(coded["author"] == comment["author"] for coded, comment in pairs),
            "dates": sum(coded.get("date") == comment["date"] for coded, comment in pairs)}


def measure_threads(folder: str | Path) -> pd.DataFrame:
    """How well comments are found on hand-marked pages, one row per file: page, family and counts.

    coded and found are comments; starts those whose words begin at the coded character; ends, authors and dates those
    of them that are right in that too. Raises ValueError, in one line, for a folder without such files.
    """
    rows = [measure_page(read_marked(path)) for path in sorted(Path(folder).glob("*.txt"))]
    if not rows:
        raise ValueError(f"{folder}: no .txt files with marked comments")
    return pd.DataFrame(rows)


def sum_threads(pages: pd.DataFrame) -> pd.DataFrame:
    """`measure_threads` summed by family and over all (family null): counts, precision, recall and f1 of starts (0…1).

    A page without comments has no precision or recall of its own; what is found there counts against precision.
    """
    table = pages.groupby("family", as_index=False)[COUNTS].sum()
    table = pd.concat([table, pages[COUNTS].sum().to_frame().T.assign(family=None)], ignore_index=True)
    table[COUNTS] = table[COUNTS].astype(int)
    precision, recall = (table.starts / table[side].where(table[side] > 0) for side in ("found", "coded"))
    both = table.found + table.coded
    return table.assign(precision=precision, recall=recall, f1=2 * table.starts / both.where(both > 0))
