"""Summaries: means with bootstrap intervals, stance by holder and target, agreement between instruments."""
from textwrap import shorten

import numpy as np
import pandas as pd
from nltk.metrics import interval_distance
from nltk.metrics.agreement import AnnotationTask

from .tables import as_table

DRAWS = 2000
SEED = 20180322   # the same draws in every run, so that reports are reproducible
TONE = {"negative": -1, "neutral": 0, "positive": 1}


def bootstrap_mean(values: pd.Series) -> tuple[float, float, float]:
    """Mean and the bounds of its 95 % percentile bootstrap interval (Efron 1979); null below two values.

    The interval speaks of these sentences as if drawn from more of their kind; sentences of one page are not
    independent, so it is a lower bound of the doubt.

    >>> bootstrap_mean(pd.Series([0.0, 0.0, 1.0, 1.0]))
    (0.5, 0.0, 1.0)
    """
    known = values.dropna().to_numpy(dtype=float)
    if len(known) < 2:
        return (float(known.mean()) if len(known) else float("nan"), float("nan"), float("nan"))
    rng = np.random.default_rng(SEED)
    means = np.concatenate([known[rng.integers(0, len(known), (100, len(known)))].mean(axis=1)
                            for _ in range(DRAWS // 100)])
    low, high = np.quantile(means, [0.025, 0.975])
    return float(known.mean()), float(low), float(high)


def summarize_sentiment(sentiment: pd.DataFrame, sentences: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Mean tone per instrument and group.

    One row per group: the columns of `by`, instrument, n (scored sentences), mean (-1 to 1), low and high (95 %
    bootstrap interval), positive and negative (shares of sentences, 0 to 1).
    """
    scored = sentiment.merge(sentences[["doc_id", "sentence_id", "comment_id", "role"]], on=["doc_id", "sentence_id"])
    rows = []
    for keys, group in scored.dropna(subset="score").groupby([*by, "instrument"], sort=False, observed=True):
        mean, low, high = bootstrap_mean(group.score)
        rows.append(dict(zip([*by, "instrument"], keys, strict=True)) | {
            "n": len(group), "mean": mean, "low": low, "high": high,
            "positive": (group.label == "positive").mean(), "negative": (group.label == "negative").mean()})
    return pd.DataFrame(rows, columns=[*by, "instrument", "n", "mean", "low", "high", "positive", "negative"])


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


def summarize_stance(stance: pd.DataFrame) -> pd.DataFrame:
    """Stance of each holder toward each target, per document and over all (doc_id null).

    One row per document, holder and target: n = n_favor + n_against + n_none (abstentions left out), net (mean
    score, -1 to 1) with its 95 % bootstrap interval, and the label by the two-thirds rule of `name_stance`.
    """
    known = stance.dropna(subset="label")
    both = pd.concat([known, known.assign(doc_id=pd.NA)], ignore_index=True)
    rows = []
    for (doc_id, holder, target), group in both.groupby(["doc_id", "holder", "target"], dropna=False):
        count = group.label.value_counts()
        net, low, high = bootstrap_mean(group.score)
        n = {f"n_{label}": int(count.get(label, 0)) for label in ("favor", "against", "none")}
        rows.append({"doc_id": doc_id, "holder": holder, "target": target, "n": len(group), **n, "net": net,
                     "low": low, "high": high, "label": name_stance(n["n_favor"], n["n_against"])})
    return as_table("stance_summary", rows)


def measure_agreement(sentiment: pd.DataFrame) -> pd.DataFrame:
    """Krippendorff's alpha between the labels of each two instruments, and of all.

    One row per pair and one for all: first, second, n (sentences), alpha (1: they agree, 0: as by chance) with
    the labels taken as -1, 0, 1 at interval distance (Krippendorff 2004; nltk.metrics.agreement). Null where
    there is nothing to compare.
    """
    wide = sentiment.dropna(subset="label").assign(tone=lambda table: table.label.map(TONE)).pivot(
        index=["doc_id", "sentence_id"], columns="instrument", values="tone").dropna()
    names, rows = list(wide.columns), []
    for chosen in [[a, b] for i, a in enumerate(names) for b in names[i + 1:]] + [names] * (len(names) > 2):
        data = [(name, item, value) for name in chosen for item, value in enumerate(wide[name])]
        varied = wide[chosen].stack().nunique() > 1 if len(wide) else False
        alpha = AnnotationTask(data, distance=interval_distance).alpha() if varied else float("nan")
        second = chosen[1] if len(chosen) == 2 else "all three"
        rows.append({"first": chosen[0], "second": second, "n": len(wide), "alpha": alpha})
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


def compare_comments(sentiment: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Tone of article and comments, for the documents that have comments: as `summarize_sentiment`, by `part`.

    `part` is the doc_id followed by " article" or " comments".
    """
    commented = sentences[sentences.doc_id.isin(sentences.doc_id[sentences.role == "comment"])]
    chosen = commented[commented.role.isin(["body", "heading", "caption", "standfirst", "comment"])]
    tone = summarize_sentiment(sentiment, chosen.assign(
        role=(chosen.role == "comment").map({True: "comments", False: "article"})), ["doc_id", "role"])
    return tone.assign(part=tone.doc_id + " " + tone.role)
