"""Measures: what threads, HTML pages and replies are measured at, written beside the marked pages (make measures).

They say nothing of a corpus, so reports read them instead of measuring anew; a test measures and compares. Comments
as found in flat text and in HTML are compared here with those marked by hand in gold/threads and gold/markup.
"""

import re
import sys
from pathlib import Path

import pandas as pd
import yaml

from .files import decode
from .pages import read_html
from .replycheck import measure_replies
from .threads import find_thread

GOLD = Path(__file__).parent.parent / "gold"
FILE = "measured.csv"
MARK = re.compile(r"⟦(/|author=[^⟦⟧]*)⟧")
SHORT = 20  # characters below which a comment may stand in an article by chance
COUNTS = ["pages", "coded", "found", "starts", "ends", "authors", "dates"]


def read_marked(path: Path) -> tuple[str, str, list[dict]]:
    """A file of gold/threads: the family of its comment section, the page without the marks, the comments they mark.

    A head of `# key: value` lines, a blank line, the page with each comment's words marked:
    `⟦author=Ann|date=2011-05-02⟧words⟦/⟧`; see gold/threads/README.md. Raises ValueError, with the file's name, if
    a mark is not closed.
    """
    head, _, page = path.read_text("utf-8").partition("\n\n")
    text, at, comments = "", 0, []
    for mark in MARK.finditer(page):
        text, at = text + page[at : mark.start()], mark.end()
        if (mark[1] == "/") != bool(comments and "end" not in comments[-1]):
            raise ValueError(f"{path.name}: a comment's mark is not closed before {text[-40:]!r}")
        if mark[1] == "/":
            comments[-1]["end"] = len(text)
        else:
            fields = dict(part.split("=", 1) for part in mark[1].split("|"))
            comments.append({**{key: value or None for key, value in fields.items()}, "start": len(text)})
    return re.search(r"^# family: (.*)$", head, re.M)[1], text + page[at:], comments


def match_comments(text: str, marked: list[dict], found: list[dict]) -> list[tuple[dict, dict]]:
    """Pairs of a marked and a found comment: their words begin at the same character.

    Empty comments match where the found one's header is the last before the marked place.
    """
    by_start, pairs = {comment["start"]: comment for comment in found if comment["end"] > comment["start"]}, []
    for comment in marked:
        match = by_start.get(comment["start"])
        if comment["end"] == comment["start"]:
            place = len(text) - len(text[comment["start"] :].lstrip())
            before = [other for other in found if other["start"] <= place]
            match = before[-1] if before and before[-1]["end"] == before[-1]["start"] else None
        if match:
            pairs.append((comment, match))
    return pairs


def measure_thread(path: Path) -> dict:
    """What was marked (coded), found and right on one page of gold/threads.

    coded and found are comments; starts those whose words begin at the marked character; ends, authors and dates those
    of them that are right in that too.
    """
    family, text, marked = read_marked(path)
    found = find_thread(text).comments
    pairs = match_comments(text, marked, found)
    return {"page": path.stem, "family": family, "pages": 1, "coded": len(marked), "found": len(found),
            "starts": len(pairs),
            "ends": sum(comment["end"] in (other["end"], comment["start"]) for comment, other in pairs),
            "authors": sum(comment["author"] == other["author"] for comment, other in pairs),
            "dates": sum(comment.get("date") == other["date"] for comment, other in pairs)}


def squeezed(text: str | None) -> str:
    """A text without its white space, for comparison."""
    return "".join((text or "").split())


def ask_trafilatura(source: str) -> tuple[str, str]:
    """What trafilatura alone takes for the article and for the comments of a page, without white space."""
    from trafilatura import bare_extraction

    found = bare_extraction(source, include_comments=True, with_metadata=True)
    return (squeezed(found.text), squeezed(found.comments)) if found else ("", "")


def measure_html(path: Path) -> dict:
    """One page: comments marked, found (the same words to the last character), authors right, others found; marked
    comments that leaked into the article, sentences of the article kept and lost to comments; trafilatura beside it."""
    marked = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    source = decode(path.read_bytes())[0]
    page = read_html(source)
    found = [(squeezed(comment["text"]), comment["author"]) for comment in page.comments or []]
    article = squeezed(" ".join(page.text[start:end] for start, end, role in page.spans if role != "comment"))
    wanted = [(squeezed(comment["text"]), comment["author"]) for comment in marked["comments"]]
    long = [text for text, _ in wanted if len(text) > SHORT]
    sentences = [squeezed(sentence) for sentence in marked["body"]]
    words = [text for text, _ in found]
    hits = sum(text in words for text, _ in wanted)
    peer_article, peer_comments = ask_trafilatura(source)
    return {"page": path.stem, "marked": len(wanted), "found": hits, "authors": sum(pair in found for pair in wanted),
            "others": len(found) - hits, "leaked": sum(text in article for text in long), "sentences": len(sentences),
            "kept": sum(sentence in article for sentence in sentences),
            "lost": sum(any(sentence in text for text in words) for sentence in sentences),
            "peer found": sum(text in peer_comments for text, _ in wanted),
            "peer leaked": sum(text in peer_article for text in long)}


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
    return pd.DataFrame({"pages": table["set"] + " (" + sets.size().astype("string").to_numpy() + ")",
                         "comments marked": table.marked, "found whole": table.found,
                         "share": table.found / table.marked, "author right": table.authors / table.marked,
                         "found besides": table.others, "leaked into article": table.leaked,
                         "article sentences kept": table.kept / table.sentences,
                         "trafilatura alone: share": table["peer found"] / table.marked,
                         "its leaks": table["peer leaked"]})


def measure(kind: str, folder: Path) -> pd.DataFrame:
    """The measures of one kind, `threads`, `markup` or `replies`: set (unseen, known) and the columns of its check."""
    tables = []
    for name in ("unseen", "known"):
        if kind == "replies":
            counts = measure_replies(folder / f"{name}.yaml")
            table = add_rates(counts, counts.right)
        else:
            ending, measure_page = {"threads": ("txt", measure_thread), "markup": ("html", measure_html)}[kind]
            table = pd.DataFrame(map(measure_page, sorted((folder / name).glob(f"*.{ending}"))))
        tables.append(table.assign(set=name))
    return pd.concat(tables, ignore_index=True)


def read_measures(folder: str | Path, name: str | None = None) -> pd.DataFrame:
    """What was measured on the pages of a folder; of one set, without naming it, where `name` is given."""
    table = pd.read_csv(Path(folder) / FILE)
    return table if name is None else table[table["set"] == name].drop(columns="set").reset_index(drop=True)


if __name__ == "__main__":
    for kind in ("threads", "markup", "replies"):
        measure(kind, GOLD / kind).to_csv(GOLD / kind / FILE, index=False)
        print(f"gold/{kind}/{FILE} written", file=sys.stderr)
