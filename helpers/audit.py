"""Audit: what scraping did to a corpus: copies, dates in conflict, lost comments, cut pages, menus for text."""

import re
import zlib
from collections import Counter

import numpy as np
import pandas as pd

from .corpus import Corpus, find_equal, hash_texts
from .facts import date_candidates
from .summaries import role_shares
from .tables import as_table, texts_of

RUN = 5  # words in a row that are compared
ALIKE = 0.7  # share of runs from which two texts are near duplicates (Broder 1997)
SAMPLE = 500  # lowest hashes of an article's runs that are kept
FIRST, SHARED, COMMON = 32, 13, 100  # lowest hashes looked up; how many must be common; articles known by one
CUT = re.compile(r"[\w,;:–-]\s*$|(?:\.\.\.|…|\[\+\d+ chars\])\s*$")  # how a page ends that was cut
WHERE = {"metadata": "metadata", "dateline": "above the article", "foot": "below it", "modified": "last change",
         "text": "events in the text"}  # how a place of `date_candidates` is called


def cut_spans(corpus: Corpus, roles: list[str]) -> dict[str, list[str]]:
    """The stretches of some roles of each document that has any, by doc_id."""
    text = texts_of(corpus.documents)
    parts: dict[str, list[str]] = {}
    for row in corpus.spans[corpus.spans.role.isin(roles)].itertuples():
        parts.setdefault(row.doc_id, []).append(text[row.doc_id][row.start:row.end])
    return parts


def sketch(text: str) -> np.ndarray:
    """The lowest hashes of a text's runs of five words, in order: a sample of at most `SAMPLE` (Broder 1997)."""
    words = re.findall(r"\w+", text.lower())
    runs = [" ".join(words[n : n + RUN]) for n in range(max(0, len(words) - RUN + 1))]
    return np.unique([zlib.crc32(run.encode()) for run in runs]).astype("uint32")[:SAMPLE]


def sketch_pages(corpus: Corpus) -> pd.DataFrame:
    """What copies are found by: doc_id, text_hash (null without words), runs (the bytes of `sketch`)."""
    articles, doc_ids = cut_spans(corpus, ["body", "heading", "standfirst"]), corpus.documents.doc_id
    runs = [sketch(" ".join(articles.get(doc_id, []))).tobytes() for doc_id in doc_ids]
    return pd.DataFrame({"doc_id": doc_ids, "text_hash": hash_texts(corpus.documents), "runs": runs})


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
        near = (originals[number] for number in sorted(often) if often[number] >= SHARED)
        shares = ((name, share_runs(mine, theirs)) for name, theirs in near)
        other = next(((name, round(share, 2)) for name, share in shares if share >= ALIKE), None)
        if other:
            rows.append((doc_id, *other))
            continue
        for run in lowest:
            if len(found.setdefault(run, [])) < COMMON:
                found[run].append(len(originals))
        originals.append((doc_id, mine))
    table = pd.DataFrame(rows, columns=["doc_id", "other", "shared"])
    return table.astype({"doc_id": "string", "other": "string", "shared": "float64"})


def list_dates(document: dict, tiles: pd.DataFrame) -> str | None:
    """The dates a page could go by, each with where it stands; null where there is no choice."""
    found = date_candidates(document["text"], list(zip(tiles.start, tiles.end, tiles.role, strict=True)))
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
    doc_ids, body = corpus.documents.doc_id, cut_spans(corpus, ["body"])
    cut = [doc_id for doc_id, parts in body.items() if CUT.search(parts[-1])]
    tiles = dict(list(corpus.spans.groupby("doc_id")))
    dates = [list_dates(document, tiles[document["doc_id"]]) if document["doc_id"] in tiles else None
             for document in corpus.documents.to_dict("records")]
    shares = role_shares(corpus.spans)
    menus = shares[shares.role == "boilerplate"].set_index("doc_id").share
    return as_table("audit", pd.DataFrame({
        "doc_id": doc_ids, "dates": dates, "cut": doc_ids.isin(cut), "boilerplate": doc_ids.map(menus).fillna(0.0),
        "no_article": ~doc_ids.isin(list(body))}))


def add_copies(audit: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """The audit with `copy_of` and `shared`."""
    found = copies.set_index("doc_id")
    return audit.assign(copy_of=audit.doc_id.map(found.other).astype("string"),
                        shared=audit.doc_id.map(found.shared).astype("float64"))
