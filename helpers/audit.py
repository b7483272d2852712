"""Audit: what scraping did to a corpus: copies, dates in conflict, lost comments, cut pages, menus for text."""

import re
import zlib
from collections import Counter

import numpy as np
import pandas as pd

from .corpus import Corpus, find_equal, hash_texts
from .facts import date_candidates
from .summaries import role_shares
from .tables import as_table

RUN = 5  # words in a row that are compared
ALIKE = 0.7  # share of runs from which two texts are near duplicates (Broder 1997)
SAMPLE = 500  # lowest hashes of an article's runs that are kept
FIRST, SHARED, COMMON = 32, 13, 100  # lowest hashes looked up; how many must be common; articles known by one
CUT = re.compile(r"[\w,;:–-]\s*$|(?:\.\.\.|…|\[\+\d+ chars\])\s*$")  # how a page ends that was cut
WHERE = {
    "metadata": "metadata",
    "dateline": "above the article",
    "foot": "below it",
    "modified": "last change",
    "text": "events in the text",
}


def join_articles(spans: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """The words of each document's article, without menus and comments, by doc_id."""
    text = dict(zip(documents.doc_id, documents.text, strict=True))
    body = spans[spans.role.isin(["body", "heading", "standfirst"])]
    parts: dict[str, list[str]] = {}
    for doc_id, start, end in body[["doc_id", "start", "end"]].itertuples(index=False):
        parts.setdefault(doc_id, []).append(text[doc_id][start:end])
    return {doc_id: " ".join(words) for doc_id, words in parts.items()}


def sketch(text: str) -> np.ndarray:
    """The lowest hashes of a text's runs of five words, in order: a sample of at most `SAMPLE` (Broder 1997)."""
    words = re.findall(r"\w+", text.lower())
    runs = [" ".join(words[n : n + RUN]) for n in range(max(0, len(words) - RUN + 1))]
    return np.unique([zlib.crc32(run.encode()) for run in runs]).astype("uint32")[:SAMPLE]


def sketch_pages(corpus: Corpus) -> pd.DataFrame:
    """What copies are found by: doc_id, text_hash (null without words), runs (the bytes of `sketch`)."""
    articles = join_articles(corpus.spans, corpus.documents)
    runs = [sketch(articles.get(doc_id, "")).tobytes() for doc_id in corpus.documents.doc_id]
    return pd.DataFrame({"doc_id": corpus.documents.doc_id, "text_hash": hash_texts(corpus.documents), "runs": runs})


def share_runs(mine: np.ndarray, theirs: np.ndarray) -> float:
    """The share of common runs in all runs of two texts (resemblance), counted, or estimated from the lowest hashes."""
    union = np.union1d(mine, theirs)[:SAMPLE]
    return float(np.isin(union, np.intersect1d(mine, theirs, assume_unique=True), assume_unique=True).mean())


def find_copies(sketches: pd.DataFrame) -> pd.DataFrame:
    """Documents whose text or article an earlier one has: reprints, syndicated copies, updates; one row each.

    Columns: doc_id, other (the first such), shared (0 to 1: common five-word runs over all; counted up to `SAMPLE`
    runs, estimated from so many beyond, with a standard error of about 0.02). Two articles are compared where they
    share `SHARED` of their `FIRST` lowest hashes, which articles at the threshold fail to do once in ten thousand
    times; of articles with the same low hash, the first `COMMON` count. Those of less than twenty runs are left out.
    """
    equal = find_equal(sketches.doc_id, sketches.text_hash)
    rows, originals = [(doc_id, other, 1.0) for doc_id, other in equal.items()], []
    found: dict[int, list[int]] = {}   # hash: numbers of originals
    for doc_id, runs in sketches[["doc_id", "runs"]][~sketches.doc_id.isin(list(equal))].itertuples(index=False):
        mine = np.frombuffer(runs, "uint32")
        if len(mine) < 20:
            continue
        lowest = mine[:FIRST].tolist()
        often = Counter(number for run in lowest for number in found.get(run, ()))
        near = sorted(number for number, n in often.items() if n >= SHARED)
        shares = ((share_runs(mine, originals[number][1]), originals[number][0]) for number in near)
        other = next(((name, share) for share, name in shares if share >= ALIKE), None)
        if other:
            rows.append((doc_id, other[0], round(other[1], 2)))
            continue
        for run in lowest:
            if len(found.setdefault(run, [])) < COMMON:
                found[run].append(len(originals))
        originals.append((doc_id, mine))
    table = pd.DataFrame(rows, columns=["doc_id", "other", "shared"])
    return table.astype({"doc_id": "string", "other": "string", "shared": "float64"})


def list_dates(document: dict, tiles: pd.DataFrame) -> str | None:
    """The dates a page could go by, each with where it stands; null where there is no choice."""
    spans = list(tiles[["start", "end", "role"]].itertuples(index=False, name=None))
    found = date_candidates(document["text"], spans)
    if document["published_source"] == "metadata":
        found = [(document["published"], "metadata")] + [pair for pair in found if pair[0] != document["published"]]
    printed = [(iso, where) for iso, where in found if where != "text" or len(found) == 1]
    if len({iso for iso, _ in printed}) < 2:
        return None
    return ", ".join(f"{iso} ({WHERE[where]})" for iso, where in printed)


def audit_pages(corpus: Corpus) -> pd.DataFrame:
    """What scraping did to each page, as far as the page shows; one row per document (columns in data/tables.yaml).

    `copy_of` and `shared` are null until the copies of the whole corpus are known (`add_copies`).
    """
    documents, body = corpus.documents, corpus.spans[corpus.spans.role == "body"]
    text = dict(zip(documents.doc_id, documents.text, strict=True))
    last = body.drop_duplicates("doc_id", keep="last")
    cut = {
        doc
        for doc, start, end in last[["doc_id", "start", "end"]].itertuples(index=False)
        if CUT.search(text[doc][start:end])
    }
    tiles = dict(list(corpus.spans.groupby("doc_id")))
    dates = [
        list_dates(row, tiles[row["doc_id"]]) if row["doc_id"] in tiles else None
        for row in documents.to_dict("records")
    ]
    shares = role_shares(corpus.spans)
    menus = shares[shares.role == "boilerplate"].set_index("doc_id").share
    return as_table(
        "audit",
        documents[["doc_id"]].assign(
            dates=dates,
            cut=documents.doc_id.isin(cut),
            boilerplate=documents.doc_id.map(menus).fillna(0.0),
            no_article=~documents.doc_id.isin(body.doc_id),
        ),
    )


def add_copies(audit: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """The audit with `copy_of` and `shared`."""
    found = copies.set_index("doc_id")
    return audit.assign(
        copy_of=audit.doc_id.map(found.other).astype("string"), shared=audit.doc_id.map(found.shared).astype("float64")
    )
