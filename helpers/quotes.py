"""Quotes: what stands between quotation marks, and which actor the sentence says has said it."""
import re

import pandas as pd

from .tables import as_table, read_data

PREPOSITION = re.compile(r"\b(?:to|of|in|with|for|from|by|at|near|against|on|about) (?:the )?$")   # no subject follows


def find_marked(text: str) -> list[tuple[int, int]]:
    """Offsets of the stretches between quotation marks, marks included; an unclosed mark quotes nothing.

    >>> text = 'He called it "a gift" and said: “We wait.”'
    >>> [text[s:e] for s, e in find_marked(text)]
    ['"a gift"', '“We wait.”']
    """
    marks = read_data("quotes.yaml")["marks"]
    pattern = "|".join(f"{opening}[^{opening}{closing}\\n]+{closing}" for opening, closing in marks.items())
    return [match.span() for match in re.finditer(pattern, text)]


def is_speech(text: str) -> bool:
    """Whether quoted words are speech rather than a word held at arm's length ("irregular" documents)."""
    return len(text.split()) >= 3


def find_quotes(documents: pd.DataFrame, spans: pd.DataFrame, mentions: pd.DataFrame,
                sentences: pd.DataFrame) -> pd.DataFrame:
    """Find reported speech between quotation marks in body and standfirst.

    One row per quotation that a cue (a verb of saying, "according to") stands beside, in its own sentence or
    the next. `speaker` is the actor named directly before or after the cue ("Hun Sen then claimed", "said Hun
    Sen"), else null: a quotation laid to the wrong mouth is worse than one laid to none. Indirect speech,
    pronouns and appositions are not read here.
    """
    words = read_data("quotes.yaml")
    cue = re.compile(r"\b(?:" + "|".join(words["verbs"].split() + words["phrases"]) + r")\b", re.I)
    text_of = dict(zip(documents.doc_id, documents.text, strict=True))
    named = {doc_id: list(rows[["start", "end", "actor"]].itertuples(index=False, name=None))
             for doc_id, rows in mentions.groupby("doc_id")}
    bounds = dict(list(sentences.groupby("doc_id")))
    rows = []
    for doc_id, start, end, role in spans[["doc_id", "start", "end", "role"]].itertuples(index=False):
        if role not in ("body", "standfirst") or doc_id not in bounds:
            continue
        text = text_of[doc_id]
        for s, e in find_marked(text[start:end]):
            s, e = start + s, start + e
            if not is_speech(text[s:e]):
                continue
            inside = bounds[doc_id][(bounds[doc_id].end > s) & (bounds[doc_id].start < e)]
            if inside.empty:
                continue
            left, right = int(inside.start.min()), int(inside.end.max())
            cues = [match for match in cue.finditer(text, left, right) if match.end() <= s or match.start() >= e]
            if not cues:
                continue
            nearest = min(cues, key=lambda match: min(abs(match.end() - s), abs(match.start() - e)))
            speakers = [actor for a, b, actor in named.get(doc_id, []) if left <= a and b <= right and not s <= a < e
                        and (re.fullmatch(r"\s", text[nearest.end():a])
                             or (re.fullmatch(r"\s(?:\w+ ){0,2}", text[b:nearest.start()])
                                 and not PREPOSITION.search(text[max(left, a - 12):a])))]
            rows.append({"doc_id": doc_id, "start": s, "end": e, "cue": nearest.group(), "kind": "direct",
                         "speaker": speakers[0] if len(set(speakers)) == 1 else None})
    return as_table("quotes", rows)
