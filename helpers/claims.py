"""Claims: who stands where, as sentences computed from the tables, each with its strength and a way to its evidence."""

from html import escape

import pandas as pd

from .display import plain_id, point, signed
from .findings import count, listed
from .listings import SMALL, VOICES
from .pipeline import Analysis
from .summaries import name_stance
from .tables import read_data

VERDICTS = {"favor": "in favor", "against": "against", "mixed": "divided", "none": "no side"}
CLEAR = 3  # sentences that take a side on a page, from which its lean is named


def name_turn(pages: pd.DataFrame, labels: dict[str, str]) -> str:
    """Where a holder is for a target on one page and against it on another, in time order; else nothing."""
    sided = pages.n_favor + pages.n_against
    clear = pages[(sided >= CLEAR) & pages.label.isin(["favor", "against"])]
    if clear.label.nunique() < 2:
        return ""
    order = clear.set_index("doc_id").label.reindex([doc_id for doc_id in labels if doc_id in set(clear.doc_id)])
    return (
        " It turns: " + ", ".join(f"{VERDICTS[label]} in {escape(labels[doc])}" for doc, label in order.items()) + "."
    )


def of_stances(analysis: Analysis, labels: dict[str, str], most: int = 6) -> list[str]:
    """Who stands where, one finding per holder and target, those that take sides most often first.

    Only pairs with at least five sentences that take a side are spoken of. A holder is for or against where two thirds
    of them go one way (`summaries.name_stance`), else divided; he only leans where the interval of his net score holds 0.
    """
    summary, names = analysis.stance_summary, analysis.actors.labels | VOICES
    table = summary.assign(sided=summary.n_favor + summary.n_against)
    whole = table[table.doc_id.isna() & (table.sided >= SMALL)].sort_values("sided", ascending=False, kind="stable")
    if whole.empty:
        return [f"<b>Stance.</b> Nobody takes a side toward anyone in {SMALL} sentences or more."]
    findings = []
    for row in whole.head(most).itertuples():
        pages = table[table.doc_id.notna() & (table.holder == row.holder) & (table.target == row.target)]
        leans = pages[pages.sided > 0].label.value_counts()
        said = [f"{VERDICTS[label]} on {leans[label]}" for label in ("favor", "against", "mixed") if label in leans]
        verdict = VERDICTS[name_stance(row.n_favor, row.n_against)]
        if row.low <= 0 <= row.high and verdict != "divided":
            verdict = f"leans {verdict}"
        where = point(
            f"{row.sided} of {count(row.n, 'sentence')}", f"stance:{row.target}", f"holder-{plain_id(row.holder)}"
        )
        holder = names[row.holder]
        findings.append(
            f"<b>{escape(holder[:1].upper() + holder[1:])} → {escape(names[row.target])}: {verdict}.</b> {where} take a side, "
            f"{row.n_favor} in favor and {row.n_against} against (net {signed(row.net)}, 95 % interval {signed(row.low)} to "
            f"{signed(row.high)}); {listed(said)} of {count(len(pages), 'page')}.{name_turn(pages, labels)}"
        )
    return findings


def of_attacks(analysis: Analysis) -> str:
    """How many comments speak for or against someone, and whom most; nothing where there are no comments."""
    sided = analysis.addressees[analysis.addressees.label.isin(["favor", "against"])]
    comments = analysis.comments
    if comments.empty:
        return ""
    n = {label: len(rows.drop_duplicates(["doc_id", "comment_id"])) for label, rows in sided.groupby("label")}
    told = f"{n.get('against', 0)} of {count(len(comments), 'comment')} speak against someone, {n.get('favor', 0)} for someone"
    return f"<b>Commenters.</b> {point(told, 'comments')}; of the others no side can be read."


def of_audit(analysis: Analysis) -> str:
    """How many pages carry a warning, and how many are copies."""
    documents = analysis.documents
    warned, copies = int(documents.warnings.notna().sum()), int(documents.duplicate_of.notna().sum())
    twice = f" {count(copies, 'page')} repeat an earlier one word for word." if copies else ""
    of_all = f"{warned} of {count(len(documents), 'page')}"
    return f"<b>Care.</b> {point(of_all, 'corpus')} carry a warning that matters before they are cited.{twice}"


def of_choice(shown: dict[str, str], labels: dict[str, str]) -> str:
    """Which pages the figures show."""
    if len(shown) == len(labels):
        return "The figures show every page."
    return (
        f"The figures show {len(shown)} of {count(len(labels), 'page')}: those with most sentences that take a side. "
        "All are in the tables and in every count."
    )


def of_reports(analysis: Analysis) -> list[str]:
    """The other reports and the question of each, in reading order."""
    lines = []
    for notebook, entry in read_data("reports.yaml").items():
        if notebook == "overview":
            continue
        for target in analysis.actors.targets if notebook == "stance" else [""]:
            label = analysis.actors.labels.get(target, "")
            key = f"{notebook}:{target}" if target else notebook
            name, question = (entry[part].format(target=label) for part in ("name", "question"))
            lines.append(f"<b>{point(name, key)}.</b> {escape(question)}")
    return lines
