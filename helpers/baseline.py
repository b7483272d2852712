"""Baseline: stance from a dictionary of happy and sad words, to measure the model against.

The tone (VADER, names masked) of the clause round the target is laid to one holder. Transparent, and weak.
"""
import re

import pandas as pd

from .actorsfile import Actors
from .sentiment import label_tone, mask_names, score_vader
from .tables import read_data

LABELS = {"negative": "against", "neutral": "none", "positive": "favor"}


def find_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a sentence round text[start:end]: up to the next comma, mark or conjunction on each side.

    >>> text = "Hanoi helped the poor, but Beijing threatened them."
    >>> text[slice(*find_clause(text, 27, 34))]
    ' Beijing threatened them.'
    """
    joints = "|".join(read_data("speech.yaml")["between_clauses"].split())
    edges = [m.span() for m in re.finditer(rf"[,;:—–()“”\"]|--|\b(?:{joints})\b", text, re.I)]
    left = max((after for _, after in edges if after <= start), default=0)
    right = min((before for before, _ in edges if before >= end), default=len(text))
    return left, right


def score_baseline(stance: pd.DataFrame, sentences: pd.DataFrame, quotes: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """The rows of a stance table with the baseline's `label` and `score` in place of the model's.

    A clause's tone goes to one holder a target: the speaker where the target stands in reported speech between
    marks; else the actor whose place (that nearest to the target) comes last before it; else the text's voice. All
    others hold none.
    """
    keys = ["doc_id", "sentence_id"]
    rows = stance.merge(sentences[[*keys, "start", "text"]], on=keys).reset_index(names="row")
    tones = []
    for text, start, s, e in rows[["text", "start", "target_start", "target_end"]].itertuples(index=False):
        left, right = find_clause(text, s - start, e - start)
        tones.append(score_vader(mask_names(text, actors)[left:right])[0])
    tone = pd.Series(tones, index=rows.index, dtype="float64")
    direct = quotes[quotes.kind == "direct"].sort_values("start")
    quoted = pd.merge_asof(rows[["row", "doc_id", "target_start", "target_end"]].sort_values("target_start"), direct,
                           left_on="target_start", right_on="start", by="doc_id")
    quoted = quoted[quoted.target_end <= quoted.end]
    before = rows.holder_start.where(rows.holder_start < rows.target_start)
    nearest = before.groupby([rows.doc_id, rows.sentence_id, rows.target]).transform("max")
    holds = (before == nearest).fillna(False) | (rows.holder_start.isna() & nearest.isna())
    speaker = rows.row.map(quoted.set_index("row").speaker)
    holds = holds.mask(rows.row.isin(quoted.row), (rows.holder == speaker).fillna(False)).astype(bool)
    score = tone.where(holds, 0.0).where(rows.score.notna())
    label = label_tone(score, read_data("instruments.yaml")["vader_masked"]["neutral"]).map(LABELS).astype("string")
    return stance.assign(score=score.to_numpy(), label=label.to_numpy())
