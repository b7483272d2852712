"""Quotes: what stands between quotation marks, and which actor the sentence says has said it."""
import re

import pandas as pd

from .tables import as_table, read_data

PREPOSITION = re.compile(r"\b(?:to|of|in|with|for|from|by|at|near|against|on|about) (?:the )?$")   # no subject follows


def find_marked(text: str) -> list[tuple[int, int]]:
    """Offsets of the stretches between quotation marks, marks included; an unclosed mark quotes nothing.

    Straight marks count only where their number is even: nobody can tell which of three opens.

    >>> text = 'He called it "a gift" and said: “We wait.”'
    >>> [text[s:e] for s, e in find_marked(text)]
    ['"a gift"', '“We wait.”']
    """
    marks = [(a, b) for a, b in read_data("quotes.yaml")["marks"].items() if a != b or text.count(a) % 2 == 0]
    pattern = "|".join(f"{opening}[^{opening}{closing}]+{closing}" for opening, closing in marks)
    return [match.span() for match in re.finditer(pattern, text)]


def is_speech(text: str) -> bool:
    """Whether quoted words are speech rather than a word held at arm's length ("irregular" documents)."""
    return len(text.split()) >= 3


def stands_beside(text: str, start: int, end: int, cue: re.Match) -> bool:
    """Whether a name is the subject of a cue: directly after it, or before it with at most two words between."""
    if re.fullmatch(r"\s", text[cue.end():start]):
        return True
    before = re.fullmatch(r"\s(?:\w+ ){0,2}", text[end:cue.start()])
    return bool(before) and not PREPOSITION.search(text[max(0, start - 12):start])


def find_quotes(documents: pd.DataFrame, spans: pd.DataFrame, mentions: pd.DataFrame,
                sentences: pd.DataFrame) -> pd.DataFrame:
    """Find reported speech between quotation marks in body and standfirst.

    One row per quotation that a cue (a verb of saying, "according to") stands beside, in the sentences it
    reaches into. `speaker` is the actor named directly before or after the cue ("Hun Sen then claimed", "said Hun
    Sen"), else null: a quotation laid to the wrong mouth is worse than one laid to none. Indirect speech,
    pronouns and appositions are not read here.
    """
    words = read_data("quotes.yaml")
    cue = re.compile(r"\b(?:" + "|".join(words["verbs"].split() + words["phrases"]) + r")\b", re.I)
    text_of = dict(zip(documents.doc_id, documents.text, strict=True))
    named = {doc_id: rows[["start", "end", "actor"]] for doc_id, rows in mentions.groupby("doc_id")}
    bounds = {doc_id: (rows.start.to_numpy(), rows.end.to_numpy()) for doc_id, rows in sentences.groupby("doc_id")}
    nobody = mentions.head(0)[["start", "end", "actor"]]
    rows = []
    for doc_id, start, end, role in spans[["doc_id", "start", "end", "role"]].itertuples(index=False):
        if role not in ("body", "standfirst") or doc_id not in bounds:
            continue
        text = text_of[doc_id]
        for s, e in find_marked(text[start:end]):
            s, e = start + s, start + e
            if not is_speech(text[s:e]):
                continue
            starts, ends = bounds[doc_id]
            first, last = ends.searchsorted(s, "right"), starts.searchsorted(e) - 1
            if first > last:
                continue
            left, right = int(starts[first]), int(ends[last])
            cues = [match for match in cue.finditer(text, left, right) if match.end() <= s or match.start() >= e]
            if not cues:
                continue
            nearest = min(cues, key=lambda match: min(abs(match.end() - s), abs(match.start() - e)))
            near = named.get(doc_id, nobody)
            near = near.iloc[near.start.searchsorted(left):near.start.searchsorted(right)]
            speakers = {actor for a, b, actor in near.itertuples(index=False)
                        if b <= right and not s <= a < e and stands_beside(text, a, b, nearest)}
            rows.append({"doc_id": doc_id, "start": s, "end": e, "cue": nearest.group(), "kind": "direct",
                         "speaker": speakers.pop() if len(speakers) == 1 else None})
    return as_table("quotes", rows)
