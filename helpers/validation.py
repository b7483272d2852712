"""Validation: stance as scored beside hand-coded triples (gold/stance.csv, coded by gold/CODEBOOK.md)."""
from pathlib import Path

import pandas as pd

POLARITY = {"against": -1, "none": 0, "favor": 1}


def read_gold(path: str | Path) -> pd.DataFrame:
    """Hand-coded triples: doc_id, start, end, target, holder, polarity (-1, 0, 1); holder `other` is not scored."""
    gold = pd.read_csv(path).rename(columns={"doc": "doc_id"})
    return gold[gold.holder != "other"].reset_index(drop=True)


def match_triples(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Every attitude that was scored or coded in the coded documents, and whether the other side has it.

    One row per non-neutral triple: doc_id, start, end, holder, target, polarity, scored (found by the
    instrument), coded (found by the coders). They match when holder, target and polarity agree and the
    sentences overlap by more than half of the shorter.
    """
    spans = stance.merge(sentences[["doc_id", "sentence_id", "start", "end"]], on=["doc_id", "sentence_id"])
    spans = spans[spans.doc_id.isin(gold.doc_id) & spans.label.isin(["favor", "against"])]
    key = ["doc_id", "holder", "target", "polarity"]
    scored = spans.assign(polarity=spans.label.map(POLARITY))[[*key, "start", "end"]]
    coded = gold[gold.polarity != 0]
    pairs = scored.reset_index(names="s").merge(coded.reset_index(names="c"), on=key, suffixes=("", "_coded"))
    overlap = pairs[["end", "end_coded"]].min(axis=1) - pairs[["start", "start_coded"]].max(axis=1)
    shorter = pd.concat([pairs.end - pairs.start, pairs.end_coded - pairs.start_coded], axis=1).min(axis=1)
    hits = pairs[overlap > shorter / 2]
    return pd.concat([scored.assign(scored=True, coded=scored.index.isin(hits.s)),
                      coded[~coded.index.isin(hits.c)].assign(scored=False, coded=True)], ignore_index=True)


def measure_triples(triples: pd.DataFrame) -> dict[str, float]:
    """n_scored, n_coded, n_both, precision, recall and F1 (0 to 1, null where undefined) of `match_triples`.

    >>> measure_triples(pd.DataFrame({"scored": [True, True, False], "coded": [True, False, True]}))["f1"]
    0.5
    """
    scored, coded = int(triples.scored.sum()), int(triples.coded.sum())
    both = int((triples.scored & triples.coded).sum())
    return {"n_scored": scored, "n_coded": coded, "n_both": both,
            "precision": both / scored if scored else float("nan"), "recall": both / coded if coded else float("nan"),
            "f1": 2 * both / (scored + coded) if scored + coded else float("nan")}
