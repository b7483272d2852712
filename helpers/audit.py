"""Audit: what scraping did to a corpus: near duplicates, cut pages, menus instead of text."""

import re
from dataclasses import fields

import pandas as pd
from rensa import RMinHash, RMinHashLSH

from .corpus import Corpus
from .summaries import role_shares

SHINGLE = 5  # words in a row that are compared
ALIKE = 0.7  # share of shingles from which two texts are near duplicates (Broder 1997; resemblance)
PERMUTATIONS, BANDS = 128, 32  # a pair that shares 0.7 is missed once in thousands
CUT = re.compile(r"[\w,;:–-]\s*$|(?:\.\.\.|…|\[\+\d+ chars\])\s*$")  # how a page ends that was cut


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
    for number, doc_id in enumerate(documents.doc_id[documents.doc_id.isin(list(parts))]):
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


def find_damage(documents: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """What else looks wrong with a page, one row per page and damage: doc_id, damage (in words).

    An article that ends in mid-sentence, one with little text beside its menus, one without any.
    """
    text = dict(zip(documents.doc_id, documents.text, strict=True))
    body = spans[spans.role == "body"]
    last = body.drop_duplicates("doc_id", keep="last")
    rows = [
        (doc_id, "the article ends in mid-sentence: perhaps cut")
        for doc_id, start, end in last[["doc_id", "start", "end"]].itertuples(index=False)
        if CUT.search(text[doc_id][start:end])
    ]
    shares = role_shares(spans)
    share = shares[shares.role == "boilerplate"].set_index("doc_id").share
    rows += [(doc_id, f"{share[doc_id]:.0%} of the page is menus and the like") for doc_id in share[share > 0.5].index]
    rows += [
        (doc_id, "no article found")
        for doc_id in documents.doc_id[documents.n_words > 0]
        if doc_id not in set(body.doc_id)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "damage"]).astype("string")


def drop_copies(corpus: Corpus) -> Corpus:
    """The corpus with only the first of each group of equal or nearly equal documents."""
    documents = corpus.documents
    copies = set(documents.doc_id[documents.duplicate_of.notna()])
    copies |= set(find_near_duplicates(corpus.spans, documents).doc_id)
    tables = {field.name: getattr(corpus, field.name) for field in fields(Corpus)}
    return Corpus(**{name: frame[~frame.doc_id.isin(copies)].reset_index(drop=True) for name, frame in tables.items()})
