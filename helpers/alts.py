"""Alts: what each figure shows, in words, for those who cannot see it; computed from the same tables."""
import pandas as pd

from .actorsfile import Actors
from .display import signed
from .findings import count
from .summaries import role_shares
from .tables import read_data


def of_measures(table: pd.DataFrame, by: str, labels: dict[str, str]) -> str:
    """Alt text of precision, recall and F1: F1 of each row by each instrument."""
    return "F1: " + "; ".join(f"{labels[row[by]]}, {row['instrument']} {row['f1']:.2f}" for row in table.to_dict("records")
                              if row[by] in labels and pd.notna(row["f1"])) + "."


def of_confusion(counts: pd.DataFrame) -> str:
    """Alt text of the confusion matrix: every cell."""
    return "; ".join(f"coded {label}: " + ", ".join(f"{name} {n}" for name, n in row.items()) for label, row in counts.iterrows()) + "."


def of_reliability(tables: dict[str, pd.DataFrame]) -> str:
    """Alt text of the reliability diagram: confidence and share right of each bin."""
    return "; ".join(f"{name}: " + ", ".join(f"at {row.confidence:.2f} right {row.right:.2f} (n {row.n})" for row in table.itertuples())
                     for name, table in tables.items()) + "."


def of_risk(table: pd.DataFrame) -> str:
    """Alt text of the risk curve: the share wrong at four places."""
    chosen = [table.iloc[int(len(table) * share) - 1] for share in (0.25, 0.5, 0.75, 1)] if len(table) > 3 else []
    return "Share wrong: " + ", ".join(f"{row.risk:.2f} of the {row.coverage:.0%} most confident" for row in chosen) + "."


def of_tone(summary: pd.DataFrame, rows: dict[str, str], by: str = "doc_id") -> str:
    """Alt text of a tone figure: each row's mean by each instrument."""
    means, instruments = summary.set_index([by, "instrument"])["mean"], read_data("instruments.yaml")
    return f"Mean tone by {' / '.join(entry['label'] for entry in instruments.values())}: " + "; ".join(
        f"{label} " + ", ".join(signed(means.get((row, name))) for name in instruments) for row, label in rows.items()) + "."


def of_strips(sentences: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the tone strips: the mean tone of the first, the middle and the last third of each page."""
    place = sentences.groupby("doc_id").cumcount() / sentences.groupby("doc_id").doc_id.transform("size")
    thirds = sentences.score.groupby([sentences.doc_id, (place * 3).astype(int)]).mean()
    return "Mean tone of the first, middle and last third: " + "; ".join(
        f"{label} " + ", ".join(signed(thirds.get((doc_id, third))) for third in range(3))
        for doc_id, label in labels.items()) + "."


def of_matrix(summary: pd.DataFrame, labels: dict[str, str], pairs: dict[tuple[str, str], str]) -> str:
    """Alt text of a stance matrix: the sentences of each pair in each document, and those that take a side."""
    cells = [f"{pairs[row.holder, row.target]} in {labels[row.doc_id]}: {count(row.n, 'sentence')}, {row.n_favor} in favor, {row.n_against} against"
             for row in summary[summary.doc_id.isin(list(labels))].itertuples() if (row.holder, row.target) in pairs]
    return "Stance by holder, target and document: " + "; ".join(cells) + "."


def of_timeline(documents: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the timeline: each page with its date."""
    dates = documents.set_index("doc_id").published
    return "Pages by date: " + "; ".join(f"{label}, {dates[doc] if pd.notna(dates[doc]) else 'no date'}"
                                         for doc, label in labels.items()) + "."


def of_anatomy(spans: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the page anatomy: the largest roles of each page with their shares."""
    shares = role_shares(spans).sort_values("share", ascending=False, kind="stable")
    return "Roles by share of the page: " + "; ".join(
        f"{label}: " + ", ".join(f"{row.role} {row.share:.0%}" for row in shares[shares.doc_id == doc].head(3).itertuples())
        for doc, label in labels.items()) + "."


def say_counts(counts: pd.Series, labels: dict[str, str]) -> str:
    """Counts by document and name, document by document in the order of `labels`."""
    return "; ".join(f"{label}: " + ", ".join(f"{name} {n}" for name, n in counts[doc].items())
                     for doc, label in labels.items() if doc in counts.index) + "."


def of_mentions(mentions: pd.DataFrame, labels: dict[str, str], actors: Actors) -> str:
    """Alt text of the mention counts: each page's actors, most named first."""
    counts = mentions.groupby("doc_id").actor.value_counts()
    return "Mentions: " + say_counts(counts.rename(index=actors.labels, level="actor"), labels)


def of_dispersion(places: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the dispersion: how often each concept stands on each page."""
    return "Places: " + say_counts(places.groupby("doc_id").concept.value_counts(), labels)


def of_years(counts: pd.DataFrame) -> str:
    """Alt text of concepts by year: each year's figures."""
    rows = counts.assign(words=counts.concept.astype("string") + " " + counts.per_1000.astype("string"))
    return "In 1,000 words: " + "; ".join(f"{year}: {', '.join(said)}" for year, said in rows.groupby("year").words) + "."


def of_keyness(table: pd.DataFrame) -> str:
    """Alt text of key words: the surest with their log ratios."""
    return "Log ratio: " + ", ".join(f"{row.word} ({row.log_ratio:+})" for row in table.head(12).itertuples()) + "."


def of_replies(edges: pd.DataFrame) -> str:
    """Alt text of the graph of replies: every arrow."""
    return "; ".join(edges.note) + "." if len(edges) else "No comment takes a side toward anyone."


def of_sides(summary: pd.DataFrame, holders: dict[str, str]) -> str:
    """Alt text of the two-sided bars: for and against by holder."""
    rows = summary[summary.doc_id.isna()].set_index("holder")
    return "Sentences that take sides: " + "; ".join(
        f"{name} {rows.n_favor[holder]} in favor, {rows.n_against[holder]} against" for holder, name in holders.items()) + "."
