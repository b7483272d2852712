"""Claims: who stands where, as sentences computed from the tables, each with its strength and a way to its evidence."""
from html import escape
from math import comb
from statistics import NormalDist

import pandas as pd

from .display import plain_id, point
from .findings import count, listed
from .listings import SMALL, VOICES
from .measures import read_gold
from .pipeline import Analysis
from .summaries import name_stance
from .tables import read_data
from .validation import match_triples

MOST = 6   # findings; pages named in one of them
VERDICTS = {"favor": "in favor", "against": "against", "mixed": "mixed"}


def sign_test(n_favor: int, n_against: int) -> float:
    """How likely so uneven a split, or a more uneven one, is by chance (two-sided sign test; Dixon and Mood 1946).

    Sentences of one page lean on each other, so the true figure is rather higher.

    >>> round(sign_test(0, 6), 3), sign_test(2, 4) > 0.5
    (0.031, True)
    """
    n, least = n_favor + n_against, min(n_favor, n_against)
    if n > 1000:   # the normal curve, with the correction for counts
        return 2 * NormalDist().cdf((2 * least + 1 - n) / n**0.5)
    return min(1.0, 2 * sum(comb(n, k) for k in range(least + 1)) / 2**n)


def name_turn(pages: pd.DataFrame, labels: dict[str, str]) -> str:
    """Where a holder is for a target on one page and against it on another, in time order; else nothing.

    Only pages on which five sentences or more take a side are spoken of.
    """
    clear = pages[(pages.sided >= SMALL) & pages.label.isin(["favor", "against"])]
    if clear.label.nunique() < 2:
        return ""
    leans = dict(zip(clear.doc_id, clear.label, strict=True))
    told = [f"{VERDICTS[leans[doc]]} in {escape(label)}" for doc, label in labels.items() if doc in leans]
    return f" It turns: {', '.join(told[:MOST])}{' …' if len(told) > MOST else '.'}"


def count_right(analysis: Analysis, gold: str) -> dict[tuple[str, str], tuple[int, int]]:
    """How many of the sides claimed for each holder and target the coders found too, and of how many, on coded pages."""
    coded = read_gold(gold, analysis.documents)
    if coded.empty:
        return {}
    few = analysis.choose(coded.doc_id)
    claimed = match_triples(few.stance, few.sentences, coded)
    claimed = claimed[claimed.scored].groupby(["holder", "target"]).coded.agg(["sum", "size"])
    return {pair: (int(row["sum"]), int(row["size"])) for pair, row in claimed.iterrows()}


def of_stances(analysis: Analysis, labels: dict[str, str], gold: str) -> list[str]:
    """Who stands where, one finding per holder and target, those that take sides most often first.

    Only pairs with at least five sentences that take a side are spoken of. A holder is for or against where two thirds
    of them go one way (`summaries.name_stance`), else mixed; he only leans where chance could make such a split in one
    case of twenty (`sign_test`). Where fewer than half of such claims are the coders' too, on the pages that `gold` says
    were coded by hand, the finding is in doubt.
    """
    summary, names = analysis.stance_summary, analysis.actors.labels | VOICES
    table = summary.assign(sided=summary.n_favor + summary.n_against)
    whole = table[table.doc_id.isna() & (table.sided >= SMALL)].sort_values("sided", ascending=False, kind="stable")
    if whole.empty:
        return [f"<b>Stance.</b> Nobody takes a side toward anyone in {SMALL} sentences or more."]
    findings, coded = [], count_right(analysis, gold)
    for row in whole.head(MOST).itertuples():
        pages = table[table.doc_id.notna() & (table.holder == row.holder) & (table.target == row.target)]
        verdict = VERDICTS[name_stance(row.n_favor, row.n_against)]
        if verdict != "mixed" and sign_test(row.n_favor, row.n_against) > 0.05:
            verdict = f"leans {verdict}"
        turn, checked = name_turn(pages, labels), ""
        if (row.holder, row.target) in coded:
            right, claims = coded[row.holder, row.target]
            checked = f" Of {count(claims, 'such claim')} on the pages coded by hand, {right} "
            checked += "is the coders' too." if right == 1 else "are the coders' too."
            verdict, turn = (f"{verdict}, in doubt", "") if 2 * right < claims else (verdict, turn)
        top = pages.sort_values("sided", kind="stable").iloc[-1]
        where = escape(labels[top.doc_id])
        share = f"all of them in {where}"
        if top.sided < row.sided:
            others = count(int((pages.sided > 0).sum()) - 1, "other page")
            share = f"{top.sided} of them in {where}, the others on {others}"
        sided = point(f"{row.sided} of {count(row.n, 'sentence')}", f"stance:{row.target}",
                      f"holder-{plain_id(row.holder)}")
        holder = names[row.holder]
        findings.append(
            f"<b>{escape(holder[:1].upper() + holder[1:])} → {escape(names[row.target])}: {verdict}.</b> {sided} take a side, "
            f"{row.n_favor or 'none'} in favor and {row.n_against or 'none'} against; {share}.{turn}{checked}")
    return findings


def of_attacks(analysis: Analysis, edges: pd.DataFrame) -> str:
    """Whom comments speak against and for, most often named first; nothing where there are no comments."""
    if analysis.comments.empty:
        return ""
    told = []
    for label, words in (("against", "against"), ("favor", "in favor of")):
        sided = edges[edges.label == label]
        whom = [f"{escape(name)} ({n})" for name, n in sided.addressee.value_counts().head(5).items()]
        n = len(sided.drop_duplicates(["doc_id", "comment_id"]))
        told.append(f"{point(count(n, 'comment'), 'comments')} {words} {listed(whom)}" if whom
                    else f"no comment {words} anyone")
    return f"<b>Sides taken.</b> {listed(told)}. Of the others no side can be read."


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
    return (f"The figures show {len(shown)} of {count(len(labels), 'page')}: those with most sentences that take a side. "
            "All are in the tables and in every count.")


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
