"""Validation: stance as scored beside hand-coded triples (gold/stance.csv, coded by gold/CODEBOOK.md)."""
from pathlib import Path

import numpy as np
import pandas as pd

from .baseline import score_baseline
from .pipeline import Analysis
from .quotes import find_quotes
from .references import find_references
from .stance import name_labels, score_stance

MEASURES = ("n_scored", "n_coded", "n_both", "precision", "recall", "f1")
POLARITY = {"against": -1, "none": 0, "favor": 1}
LABELS = {value: name for name, value in POLARITY.items()}
P = ["p_against", "p_none", "p_favor"]
THRESHOLDS = np.arange(0.2, 0.71, 0.01).round(2)


def read_gold(path: str | Path, documents: pd.DataFrame) -> pd.DataFrame:
    """Hand-coded triples of these documents: doc_id, start, end, target, holder, polarity (-1, 0, 1).

    Rows with the holder `other` are left out: they are not scored.
    """
    gold = pd.read_csv(path, dtype={"doc": "string"}).rename(columns={"doc": "doc_id"})
    return gold[(gold.holder != "other") & gold.doc_id.isin(documents.doc_id)].reset_index(drop=True)


def match_triples(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Every attitude that was scored or coded in the coded documents, and whether the other side has it.

    One row per non-neutral triple: doc_id, start, end, holder, target, polarity, scored (found by the
    instrument), coded (found by the coders). They match when holder, target and polarity agree and the
    sentences overlap by more than half of the shorter.
    """
    spans = stance.merge(sentences[["doc_id", "sentence_id", "start", "end"]], on=["doc_id", "sentence_id"])
    spans = spans[spans.doc_id.isin(gold.doc_id) & spans.label.isin(["favor", "against"])]
    key = ["doc_id", "holder", "target", "polarity"]
    polarity = spans.label.map(POLARITY).astype("int64")
    scored = spans.assign(polarity=polarity)[[*key, "start", "end"]].reset_index(drop=True)
    coded = gold[gold.polarity != 0]
    hits = overlapping(scored.reset_index(names="s"), coded.reset_index(names="c"), key)
    return pd.concat([scored.assign(scored=True, coded=scored.index.isin(hits.s)),
                      coded[~coded.index.isin(hits.c)].assign(scored=False, coded=True)], ignore_index=True)


def overlapping(scored: pd.DataFrame, coded: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Pairs of rows equal in `key` whose sentences overlap by more than half of the shorter."""
    pairs = scored.merge(coded, on=key, suffixes=("", "_coded"))
    overlap = pairs[["end", "end_coded"]].min(axis=1) - pairs[["start", "start_coded"]].max(axis=1)
    shorter = pd.concat([pairs.end - pairs.start, pairs.end_coded - pairs.start_coded], axis=1).min(axis=1)
    return pairs[overlap > shorter / 2]


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


def measure_by(triples: pd.DataFrame, by: str) -> pd.DataFrame:
    """`measure_triples` of each value of a column, one row each, those coded most often first."""
    rows = pd.DataFrame([{by: value, **measure_triples(group)} for value, group in triples.groupby(by)],
                        columns=[by, *MEASURES])
    return rows.sort_values(["n_coded", "n_scored"], ascending=False, kind="stable").reset_index(drop=True)


def compare_instruments(analysis: Analysis, gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The matched triples of the model and of the baseline, by name."""
    baseline = score_baseline(analysis.stance, analysis.sentences, analysis.quotes, analysis.actors)
    return {"model": match_triples(analysis.stance, analysis.sentences, gold),
            "baseline": match_triples(baseline, analysis.sentences, gold)}


def judge_rows(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """The scored rows of coded sentences with what the coders hold, `coded`: against, none or favor.

    A sentence is coded toward a target where gold has any row for it; a holder whom gold does not list there takes
    no side. (Rows on which the coders disagree are not in gold, so that a few of these are undecided in truth.)
    """
    spans = stance.merge(sentences[["doc_id", "sentence_id", "start", "end", "text"]], on=["doc_id", "sentence_id"])
    spans = spans.reset_index(names="row")
    covered = overlapping(spans, gold, ["doc_id", "target"])
    sides = overlapping(spans, gold[gold.polarity != 0], ["doc_id", "target", "holder"]).drop_duplicates("row")
    chosen = spans[spans.row.isin(covered.row) & spans.score.notna()]
    return chosen.assign(coded=chosen.row.map(sides.set_index("row").polarity.map(LABELS)).fillna("none"))


def confuse(judged: pd.DataFrame) -> pd.DataFrame:
    """Counts of judged rows: coded label by row, scored label (or abstained) by column."""
    counts = pd.crosstab(judged.coded, judged.label.fillna("abstains").astype(str))
    return counts.reindex(index=list(POLARITY), columns=[*POLARITY, "abstains"], fill_value=0)


def measure_reliability(judged: pd.DataFrame, bins: int = 10) -> pd.DataFrame:
    """Per bin of the largest probability: n, mean confidence, share of judged rows whose likeliest label is coded."""
    p = judged[P].to_numpy(dtype=float)
    right = np.array(list(POLARITY))[p.argmax(axis=1)] == judged.coded.to_numpy()
    table = pd.DataFrame({"bin": np.minimum((p.max(axis=1) * bins).astype(int), bins - 1), "confidence": p.max(axis=1),
                          "right": right})
    return table.groupby("bin").agg(n=("right", "size"), confidence=("confidence", "mean"), right=("right", "mean"))


def measure_risk(judged: pd.DataFrame) -> pd.DataFrame:
    """Share of wrong answers (risk) among the most confident ones, by the share answered (coverage, 0 to 1)."""
    p = judged[P].to_numpy(dtype=float)
    wrong = np.array(list(POLARITY))[p.argmax(axis=1)] != judged.coded.to_numpy()
    order = np.argsort(-p.max(axis=1), kind="stable")
    n = np.arange(1, len(order) + 1)
    return pd.DataFrame({"coverage": n / max(1, len(order)), "risk": wrong[order].cumsum() / n})


def measure_left_out(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Each coded document measured at the threshold that is best for the others: doc_id, threshold, measures.

    The last row (doc_id null) is all documents together, each at its own threshold. Empty below two coded documents.
    """
    p = stance[P].to_numpy(dtype=float)
    at = {t: match_triples(stance.assign(label=name_labels(p, {"side": t, "none": 0.0}).to_numpy()), sentences, gold)
          for t in THRESHOLDS}
    rows, parts = [], []
    coded = sorted(gold.doc_id.unique())
    if len(coded) < 2:
        return pd.DataFrame(columns=["doc_id", "threshold", *MEASURES])
    for doc_id in coded:
        best = max(at, key=lambda t: measure_triples(at[t][at[t].doc_id != doc_id])["f1"])
        parts.append(at[best][at[best].doc_id == doc_id])
        rows.append({"doc_id": doc_id, "threshold": best, **measure_triples(parts[-1])})
    return pd.DataFrame([*rows, {"doc_id": None, "threshold": None, **measure_triples(pd.concat(parts))}])


def ablate(analysis: Analysis, gold: pd.DataFrame) -> pd.DataFrame:
    """What each step brings: instrument, measures; from the text's voice alone to all that the package does."""
    mentions, sentences, quotes = analysis.mentions, analysis.sentences, analysis.quotes
    references = find_references(sentences, mentions, analysis.actors)

    def scored(references: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
        return score_stance(sentences, mentions, references, quotes, analysis.documents, analysis.actors, page=False)

    named = scored(references.head(0), quotes.head(0))
    plain = find_quotes(analysis.documents, analysis.spans, mentions, sentences)   # whose speakers are named
    steps = {"the text's voice": named[named.holder.isin(["author", "commenter"])], "and actors named": named,
             "and speakers of quotations": scored(references.head(0), plain),
             "and pronouns, descriptions": scored(references, quotes), "and leaning on the page": analysis.stance}
    return pd.DataFrame([{"holders": name, **measure_triples(match_triples(rows, sentences, gold))}
                         for name, rows in steps.items()])
