"""Audit: what scraping did to a corpus: copies, dates in conflict, lost comments, cut pages, menus for text."""

import re
from dataclasses import fields

import pandas as pd
from rensa import RMinHash, RMinHashLSH

from .corpus import Corpus
from .facts import date_candidates
from .summaries import role_shares

SHINGLE = 5  # words in a row that are compared
ALIKE = 0.7  # share of shingles from which two texts are near duplicates (Broder 1997; resemblance)
PERMUTATIONS, BANDS = 128, 32  # a pair that shares 0.7 is missed once in thousands
CUT = re.compile(r"[\w,;:–-]\s*$|(?:\.\.\.|…|\[\+\d+ chars\])\s*$")  # how a page ends that was cut
WHERE = {
    "metadata": "metadata",
    "dateline": "above the article",
    "foot": "below it",
    "modified": "last change",
    "text": "events in the text",
}


def shingles(text: str) -> set[str]:
    """The runs of five words of a text, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))} if words else set()


def find_near_duplicates(spans: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Pairs of documents whose articles are nearly the same: syndicated copies, reprints, updates.

    One row per pair: doc_id, other (the earlier in the corpus), shared (0 to 1: common five-word runs over all).
    Candidates come from MinHash (rensa), so a pair at the threshold can be missed; `shared` is counted, not
    estimated. Only the words of the article count, not menus or comments.
    """
    text = dict(zip(documents.doc_id, documents.text.fillna(""), strict=True))
    body = spans[spans.role.isin(["body", "heading", "standfirst"])]
    parts = {
        doc_id: " ".join(text[doc_id][start:end] for start, end in rows[["start", "end"]].itertuples(index=False))
        for doc_id, rows in body.groupby("doc_id", sort=False)
    }
    index = RMinHashLSH(threshold=ALIKE - 0.1, num_perm=PERMUTATIONS, num_bands=BANDS)
    seen, rows = {}, []  # by number, since the index knows numbers only
    for number, doc_id in enumerate(
        documents.doc_id[documents.doc_id.isin(list(parts)) & documents.duplicate_of.isna()]
    ):
        mine = shingles(parts[doc_id])
        if len(mine) < 20:
            continue  # too short to compare
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=1)
        hashed.update(sorted(mine))
        for other, theirs in (seen[found] for found in sorted(index.query(hashed))):
            shared = len(mine & theirs) / len(mine | theirs)
            if shared >= ALIKE:
                rows.append((doc_id, other, round(shared, 2)))
        index.insert(number, hashed)
        seen[number] = (doc_id, mine)
    table = pd.DataFrame(rows, columns=["doc_id", "other", "shared"])
    return table.astype({"doc_id": "string", "other": "string", "shared": "float64"})


def find_copies(corpus: Corpus) -> pd.DataFrame:
    """Documents whose text or article an earlier one has, one row each: doc_id, other (the first such), shared."""
    equal = corpus.documents[corpus.documents.duplicate_of.notna()]
    same = pd.DataFrame({"doc_id": equal.doc_id, "other": equal.duplicate_of, "shared": 1.0})
    near = find_near_duplicates(corpus.spans, corpus.documents)
    return pd.concat([same, near], ignore_index=True).drop_duplicates("doc_id")


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
    """What scraping did to each page, as far as the page shows; one row per document.

    Columns: doc_id; copy_of (doc_id of the first page with the same article, null for none) and shared (0 to 1);
    dates (all candidates where they conflict); lost (comments the page declares and the copy has not, null where it
    declares none); cut (whether the article ends in mid-sentence); language (ISO 639-1, null if unknown);
    boilerplate (share of the page, 0 to 1); no_article.
    """
    documents, body = corpus.documents, corpus.spans[corpus.spans.role == "body"]
    text = dict(zip(documents.doc_id, documents.text, strict=True))
    last = body.drop_duplicates("doc_id", keep="last")
    cut = {
        doc
        for doc, start, end in last[["doc_id", "start", "end"]].itertuples(index=False)
        if CUT.search(text[doc][start:end])
    }
    shares = role_shares(corpus.spans)
    tiles = dict(list(corpus.spans.groupby("doc_id")))
    table = documents[["doc_id", "language"]].merge(
        find_copies(corpus).rename(columns={"other": "copy_of"}), on="doc_id", how="left"
    )
    table["dates"] = [
        list_dates(row, tiles[row["doc_id"]]) if row["doc_id"] in tiles else None
        for row in documents.to_dict("records")
    ]
    table["lost"] = (documents.declared_comments - documents.n_comments).clip(lower=0)
    table["cut"] = table.doc_id.isin(cut)
    menus = shares[shares.role == "boilerplate"].set_index("doc_id").share
    table["boilerplate"] = table.doc_id.map(menus).fillna(0.0)
    table["no_article"] = ~table.doc_id.isin(body.doc_id)
    return table.astype({"copy_of": "string", "dates": "string"})


def drop_copies(corpus: Corpus) -> Corpus:
    """The corpus with only the first of each group of equal or nearly equal documents."""
    copies = find_copies(corpus).doc_id
    tables = {field.name: getattr(corpus, field.name) for field in fields(Corpus)}
    return Corpus(**{name: frame[~frame.doc_id.isin(copies)].reset_index(drop=True) for name, frame in tables.items()})
