"""Summaries: means with bootstrap intervals, stance by holder and target, agreement between instruments."""
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from textwrap import shorten

import numpy as np
import pandas as pd
from nltk.metrics import interval_distance
from nltk.metrics.agreement import AnnotationTask

from .tables import SENTENCE, as_table

DRAWS = 2000
COMPARED = 10_000   # sentences that agreement is measured on at most
LARGEST = 1000   # values that are drawn one by one
ARTICLE = ["body", "heading", "caption", "standfirst"]   # what is the article, of the roles of its page
SEED = 20180322   # the same draws in every run, so that reports are reproducible
TONE = {"negative": -1, "neutral": 0, "positive": 1}


@lru_cache(maxsize=20)
def draw_places(n: int) -> np.ndarray:
    """Which of n values each of the draws takes: the same in every run."""
    return np.random.default_rng(SEED).integers(0, n, (DRAWS, n), dtype="int32")


def bootstrap_mean(values: pd.Series | np.ndarray, counts: np.ndarray | None = None) -> tuple[float, float, float]:
    """Mean and the bounds of its 95 % percentile bootstrap interval (Efron 1979); null below two values.

    `counts` says how often each value stands, once where it is not given. Beyond 1,000 values they are put in bins of
    0.001 and the bins drawn instead (the same draws, multinomial), so that memory stays bounded. The interval speaks of
    these sentences as if drawn from more of their kind; sentences of one page are not independent, so it is a lower
    bound of the doubt.

    >>> bootstrap_mean(pd.Series([0.0, 0.0, 1.0, 1.0]))
    (0.5, 0.0, 1.0)
    """
    values = np.asarray(values, dtype=float)
    counts = np.ones(len(values), dtype=int) if counts is None else counts
    n = int(counts.sum())
    mean = float((values * counts).sum() / n)
    if n < 2:
        return mean, float("nan"), float("nan")
    if n <= LARGEST:
        means = np.repeat(values, counts)[draw_places(n)].mean(axis=1)
    else:
        bins, place = np.unique(values.round(3), return_inverse=True)
        shares = np.bincount(place, weights=counts) / n
        means = np.random.default_rng(SEED).multinomial(n, shares, DRAWS) @ bins / n
    low, high = np.quantile(means, [0.025, 0.975])
    return mean, float(low), float(high)


def count_scores(sentiment: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How often each score stands: doc_id, part (article, or a role), instrument, score, label, n."""
    scored = sentiment.dropna(subset="score").merge(sentences[["doc_id", "sentence_id", "role"]],
                                                    on=SENTENCE)
    article = scored[scored.role.isin(ARTICLE)].assign(part="article")
    both = pd.concat([article, scored.assign(part=scored.role)], ignore_index=True)
    return both.groupby(["doc_id", "part", "instrument", "score", "label"], as_index=False, sort=False).agg(
        n=("sentence_id", "size"))


def summarize_sentiment(scores: pd.DataFrame, whole: bool = False) -> pd.DataFrame:
    """Mean tone per document, part and instrument, or over all documents if `whole` (sentiment_summary).

    `scores` is what `count_scores` counts.
    """
    by = ["part", "instrument"] if whole else ["doc_id", "part", "instrument"]
    scores, rows = scores.sort_values("score", kind="stable"), []
    score, label, n = scores.score.to_numpy(), scores.label.to_numpy(), scores.n.to_numpy()
    for keys, places in scores.groupby(by).indices.items():
        mean, low, high = bootstrap_mean(score[places], n[places])
        total = n[places].sum()
        shares = [n[places][label[places] == name].sum() / total for name in ("positive", "negative")]
        rows.append((*keys, total, mean, low, high, *shares))
    return as_table("sentiment_summary", pd.DataFrame(
        rows, columns=[*by, "n", "mean", "low", "high", "positive", "negative"]))


def name_stance(n_favor: int, n_against: int) -> str:
    """The label of a summary row: favor or against where at least two thirds of the sentences that take a side
    go that way, mixed where fewer do, none where no sentence takes a side.

    >>> name_stance(4, 2), name_stance(3, 2), name_stance(0, 0)
    ('favor', 'mixed', 'none')
    """
    sided = n_favor + n_against
    if not sided:
        return "none"
    if 3 * max(n_favor, n_against) < 2 * sided:
        return "mixed"
    return "favor" if n_favor > n_against else "against"


def summarize_stance(stance: pd.DataFrame, whole: bool = False) -> pd.DataFrame:
    """Stance of each holder toward each target, per document, or over all (doc_id null) if `whole`.

    One row per document, holder and target: n = n_favor + n_against + n_none (abstentions left out), net (mean
    score, -1 to 1) with its 95 % bootstrap interval, and the label by the two-thirds rule of `name_stance`.
    """
    known = stance.dropna(subset="label").reset_index(drop=True)
    by, rows = ["holder", "target"] if whole else ["doc_id", "holder", "target"], []
    score, label = known.score.to_numpy(), known.label.to_numpy()
    for keys, places in known.groupby(by).indices.items():
        n = [int((label[places] == name).sum()) for name in ("favor", "against", "none")]
        rows.append((*keys, len(places), *n, *bootstrap_mean(score[places]), name_stance(n[0], n[1])))
    return as_table("stance_summary", pd.DataFrame(
        rows, columns=[*by, "n", "n_favor", "n_against", "n_none", "net", "low", "high", "label"]))


def gather(analysis, rows_of: Callable) -> pd.DataFrame:
    """What a function finds in each part of an analysis (`parts`), below each other."""
    return pd.concat([rows_of(part) for part in analysis.parts()], ignore_index=True)


def measure_agreement(analysis) -> pd.DataFrame:
    """Krippendorff's alpha between the labels of each two instruments, and of all.

    One row per pair and one for all: first, second, n (sentences), alpha (1: they agree, 0: as by chance) with
    the labels taken as -1, 0, 1 at interval distance (Krippendorff 2004; nltk.metrics.agreement). Null where
    there is nothing to compare. Of more than `COMPARED` sentences so many are drawn, the same in every run.
    """
    wide = gather(analysis, lambda part: part.sentiment.dropna(subset="label").assign(
        tone=lambda table: table.label.map(TONE).astype("int8")).pivot(
        index=SENTENCE, columns="instrument", values="tone").dropna())
    wide = wide.sample(COMPARED, random_state=SEED) if len(wide) > COMPARED else wide
    names, rows = list(wide.columns), []
    for first, *others in [*combinations(names, 2), *[names] * (len(names) > 2)]:
        data = [(name, item, value) for name in (first, *others) for item, value in enumerate(wide[name])]
        varied = len({value for *_, value in data}) > 1
        alpha = AnnotationTask(data, distance=interval_distance).alpha() if varied else float("nan")
        rows.append((first, others[0] if len(others) == 1 else "all together", len(wide), alpha))
    return pd.DataFrame(rows, columns=["first", "second", "n", "alpha"])


def role_shares(spans: pd.DataFrame) -> pd.DataFrame:
    """Characters of each role in each document: doc_id, role, n_chars, share of the spanned page (0 to 1)."""
    sizes = spans.assign(n_chars=spans.end - spans.start).groupby(["doc_id", "role"], as_index=False).n_chars.sum()
    return sizes.assign(share=sizes.n_chars / sizes.groupby("doc_id").n_chars.transform("sum"))


def both_ends(table: pd.DataFrame, by: str, each: int) -> pd.DataFrame:
    """The rows with the lowest and the highest values of a column, lowest first; none twice."""
    ordered = table.dropna(subset=by).sort_values(by, kind="stable")
    return ordered if len(ordered) <= 2 * each else pd.concat([ordered.head(each), ordered.tail(each)])


def label_documents(documents: pd.DataFrame) -> dict[str, str]:
    """A short name for each document, in time order (unknown dates last): outlet or title, and year."""
    ordered = documents.sort_values("published", na_position="last", kind="stable")
    titles = ordered.title.map(lambda title: shorten(title, 44, placeholder=" …"), na_action="ignore")
    names = ordered.outlet.fillna(titles).fillna(ordered.doc_id)
    labels = names + ordered.published.str.slice(0, 4).radd(" ").fillna("")
    labels = labels.mask(labels.duplicated(keep=False), labels + " (" + ordered.doc_id + ")")
    return dict(zip(ordered.doc_id, labels, strict=True))


def choose_pages(labels: dict[str, str], stance_summary: pd.DataFrame, most: int) -> dict[str, str]:
    """Of many documents those a figure shows: with most sentences that take a side, then with most that could; in
    time order."""
    if len(labels) <= most:
        return labels
    sides = stance_summary.assign(sided=stance_summary.n_favor + stance_summary.n_against)
    counts = sides.groupby("doc_id")[["sided", "n"]].sum().reindex(list(labels), fill_value=0)
    chosen = set(counts.sort_values(["sided", "n"], ascending=False, kind="stable").index[:most])
    return {doc_id: label for doc_id, label in labels.items() if doc_id in chosen}


def compare_comments(summary: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Tone of article and comments of those documents in `labels` that have comments: rows of sentiment_summary.

    `row` is the doc_id followed by " article" or " comment".
    """
    commented = set(summary.doc_id[summary.part == "comment"]) & set(labels)
    chosen = summary[summary.part.isin(["article", "comment"]) & summary.doc_id.isin(commented)]
    return chosen.assign(row=chosen.doc_id + " " + chosen.part)
