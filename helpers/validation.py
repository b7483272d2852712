"""Validation: stance as scored beside hand-coded triples (gold/stance.csv, coded by gold/CODEBOOK.md).

Beside the model stands a baseline, transparent and weak: the tone (VADER, names masked) of the clause round the target,
laid to one holder.
"""
import re

import numpy as np
import pandas as pd

from .pipeline import Analysis
from .quotes import find_quotes
from .references import find_references
from .sentiment import label_tone, mask_names, score_vader
from .stance import P, find_quoted, name_labels, score_stance
from .tables import SENTENCE, read_data

MEASURES = ("n_scored", "n_coded", "n_both", "precision", "recall", "f1")
POLARITY = {"against": -1, "none": 0, "favor": 1}
LABELS = {-1: "against", 0: "none", 1: "favor"}
TONES = {"negative": "against", "neutral": "none", "positive": "favor"}
THRESHOLDS = np.arange(0.2, 0.71, 0.01).round(2)


def match_triples(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Every attitude that was scored or coded in the coded documents, and whether the other side has it.

    One row per non-neutral triple: doc_id, start, end, holder, target, polarity, scored (found by the
    instrument), coded (found by the coders). They match when holder, target and polarity agree and the
    sentences overlap by more than half of the shorter. Where gold are rows that were drawn (a column `coder`), nothing
    is known of the others, and only those count.
    """
    key = ["doc_id", "holder", "target", "polarity"]
    scored = stance[stance.doc_id.isin(gold.doc_id) & stance.label.isin(["favor", "against"])]
    scored = scored.assign(polarity=scored.label.map(POLARITY).astype("int64"))
    scored = scored.merge(sentences[[*SENTENCE, "start", "end"]], on=SENTENCE)[[*key, "start", "end"]]
    if "coder" in gold:
        drawn = overlapping(scored.reset_index(names="s"), gold.drop(columns="polarity"), key[:3])
        scored = scored[scored.index.isin(drawn.s)].reset_index(drop=True)
    coded = gold[gold.polarity != 0]
    hits = overlapping(scored.reset_index(names="s"), coded.reset_index(names="c"), key)
    return pd.concat([scored.assign(scored=True, coded=scored.index.isin(hits.s)),
                      coded[~coded.index.isin(hits.c)].assign(scored=False, coded=True)], ignore_index=True)


def overlapping(scored: pd.DataFrame, coded: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Pairs of rows equal in `key` whose sentences overlap by more than half of the shorter."""
    pairs = scored.merge(coded, on=key, suffixes=("", "_coded"))
    overlap = np.minimum(pairs.end, pairs.end_coded) - np.maximum(pairs.start, pairs.start_coded)
    return pairs[overlap > np.minimum(pairs.end - pairs.start, pairs.end_coded - pairs.start_coded) / 2]


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


def compare_instruments(analysis: Analysis, gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The matched triples of the model and of the baseline, by name."""
    stances = {"model": analysis.stance, "baseline": score_baseline(analysis)}
    return {name: match_triples(stance, analysis.sentences, gold) for name, stance in stances.items()}


def find_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a sentence round text[start:end]: up to the next comma, mark or conjunction on each side.

    >>> text = "Hanoi helped the poor, but Beijing threatened them."
    >>> text[slice(*find_clause(text, 27, 34))]
    ' Beijing threatened them.'
    """
    joints = "|".join(read_data("speech.yaml")["between_clauses"].split())
    edges = [m.span() for m in re.finditer(rf"[,;:—–()“”\"]|--|\b(?:{joints})\b", text, re.I)]
    left = max((after for _, after in edges if after <= start), default=0)
    return left, min((before for before, _ in edges if before >= end), default=len(text))


def score_baseline(analysis: Analysis) -> pd.DataFrame:
    """The rows of the stance table with the baseline's `label` and `score` in place of the model's.

    A clause's tone goes to one holder a target: the speaker where the target stands in reported speech between
    marks; else the actor whose place (that nearest to the target) comes last before it; else the text's voice. All
    others hold none.
    """
    rows = analysis.stance.merge(analysis.sentences[[*SENTENCE, "start", "text"]], on=SENTENCE)
    tones = []
    for text, start, s, e in rows[["text", "start", "target_start", "target_end"]].itertuples(index=False):
        left, right = find_clause(text, s - start, e - start)
        tones.append(score_vader(mask_names(text, analysis.actors)[left:right])[0])
    places = rows[["doc_id", "target_start", "target_end"]].reset_index(names="row")
    quoted = find_quoted(places, analysis.quotes).set_index("row").sort_index()
    before = rows.holder_start.where(rows.holder_start < rows.target_start)
    nearest = before.groupby([rows.doc_id, rows.sentence_id, rows.target]).transform("max")
    holds = (before == nearest).fillna(False) | (rows.holder_start.isna() & nearest.isna())
    holds = holds.mask(quoted.spoken, (rows.holder == quoted.speaker).fillna(False)).astype(bool)
    score = pd.Series(tones, dtype="float64").where(holds, 0.0).where(rows.score.notna())
    label = label_tone(score, read_data("instruments.yaml")["vader_masked"]["neutral"]).map(TONES).astype("string")
    return analysis.stance.assign(score=score.to_numpy(), label=label.array)


def judge_rows(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """The scored rows of coded sentences with what the coders hold, `coded`: against, none or favor.

    A sentence is coded toward a target where gold has any row for it; a holder whom gold does not list there takes
    no side. (Rows on which the coders disagree are not in gold, so that a few of these are undecided in truth.)
    """
    spans = stance.merge(sentences[[*SENTENCE, "start", "end"]], on=SENTENCE).reset_index(names="row")
    covered = overlapping(spans, gold, ["doc_id", "target", *["holder"] * ("coder" in gold)])   # drawn rows alone
    sides = overlapping(spans, gold[gold.polarity != 0], ["doc_id", "target", "holder"]).drop_duplicates("row")
    chosen = spans[spans.row.isin(covered.row) & spans.score.notna()]
    return chosen.assign(coded=chosen.row.map(sides.set_index("row").polarity.map(LABELS)).fillna("none"))


def confuse(judged: pd.DataFrame) -> pd.DataFrame:
    """Counts of judged rows: coded label by row, scored label (or abstained) by column."""
    counts = pd.crosstab(judged.coded, judged.label.fillna("abstains").astype(str))
    return counts.reindex(index=list(POLARITY), columns=[*POLARITY, "abstains"], fill_value=0)


def grade(judged: pd.DataFrame) -> pd.DataFrame:
    """The largest probability of each judged row (`confidence`), and whether the likeliest label is coded (`right`)."""
    p = judged[P].to_numpy(dtype=float)
    right = np.array(list(POLARITY))[p.argmax(axis=1)] == judged.coded.to_numpy()
    return pd.DataFrame({"confidence": p.max(axis=1), "right": right})


def measure_reliability(judged: pd.DataFrame) -> pd.DataFrame:
    """Per tenth of confidence: n, mean confidence, share of judged rows that are right."""
    graded = grade(judged)
    tenth = (graded.confidence * 10).astype(int).clip(upper=9).rename("bin")
    return graded.groupby(tenth).agg(n=("right", "size"), confidence=("confidence", "mean"), right=("right", "mean"))


def measure_risk(judged: pd.DataFrame) -> pd.DataFrame:
    """Share of wrong answers (risk) among the most confident ones, by the share answered (coverage, 0 to 1)."""
    right = grade(judged).sort_values("confidence", ascending=False, kind="stable").right.to_numpy()
    n = np.arange(1, len(right) + 1)
    return pd.DataFrame({"coverage": n / len(right), "risk": (~right).cumsum() / n})


def measure_left_out(stance: pd.DataFrame, sentences: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Each coded document measured at the threshold that is best for the others: doc_id, threshold, measures.

    The last row (doc_id null) is all documents together, each at its own threshold. Empty below two coded documents.
    """
    coded = sorted(gold.doc_id.unique())
    if len(coded) < 2:
        return pd.DataFrame(columns=["doc_id", "threshold", *MEASURES])
    p = stance[P].to_numpy(dtype=float)
    at = {t: match_triples(stance.assign(label=name_labels(p, {"side": t, "none": 0.0}).array), sentences, gold)
          for t in THRESHOLDS}
    rows, parts = [], []
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
