"""Findings: what the tables say, as sentences and alt texts computed from them; none is typed in.

Each function returns HTML in which everything that comes from a page is escaped.
"""
from html import escape

import pandas as pd

from .actors import Actors
from .display import signed
from .pipeline import Analysis
from .sentiment import INSTRUMENTS
from .summaries import role_shares
from .validation import match_triples, measure_triples, read_gold


def count(n: int, noun: str) -> str:
    """A number with its noun: "1 page", "1,204 pages"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def listed(items: list[str]) -> str:
    """"a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"


def of_corpus(analysis: Analysis) -> str:
    """What the corpus is: pages, span of time, sentences, comments."""
    documents = analysis.documents
    years = sorted(documents.published.dropna().str.slice(0, 4))
    time = "of unknown date" if not years else f"dated {years[0]}" + (f" to {years[-1]}" if years[-1] != years[0] else "")
    undated = documents.published.isna().sum()
    return (f"<b>{count(len(documents), 'page')}</b>, {time}{f' ({undated} without a date)' if undated and years else ''}: "
            f"{count(len(analysis.sentences), 'sentence')} and {count(len(analysis.comments), 'reader comment')}.")


def of_comments(analysis: Analysis, labels: dict[str, str]) -> str:
    """Where readers comment, and where their comments were lost."""
    comments, documents = analysis.comments, analysis.documents
    worded = (comments.text.fillna("") != "").sum()
    found = [f"{escape(labels[doc])} ({n})" for doc, n in comments.groupby("doc_id").size().items()]
    lost = documents[documents.declared_comments.fillna(documents.n_comments) > documents.n_comments]
    text = (f"<b>{count(len(comments), 'comment')}</b>, {worded} of them with words, under {listed(found)}."
            if len(comments) else "<b>No comments</b> were found on these pages.")
    for row in lost.itertuples():
        text += (f" {escape(labels[row.doc_id])} says it has {row.declared_comments}; "
                 f"the page as saved holds {row.n_comments or 'none'} of them.")
    return text


def of_tone(summary: pd.DataFrame, labels: dict[str, str], instrument: str = "vader_masked") -> str:
    """Which page is the darkest and which the brightest, and how many cannot be told from neutral."""
    table = summary[summary.instrument == instrument].dropna(subset="mean").sort_values("mean")
    if table.empty:
        return "No page could be scored."
    dark, bright = table.iloc[0], table.iloc[-1]
    unclear = int((~((table.low > 0) | (table.high < 0))).sum())
    ends = f"{escape(labels[dark.doc_id])} has a mean of {signed(dark['mean'])} on a scale from −1 to +1"
    if len(table) > 1:
        ends = (f"The darkest text is {escape(labels[dark.doc_id])} ({signed(dark['mean'])} on a scale from −1 to +1), "
                f"the brightest {escape(labels[bright.doc_id])} ({signed(bright['mean'])})")
    return f"<b>Tone.</b> {ends}; {unclear} of {count(len(table), 'page')} cannot be told from neutral."


def of_names(summary: pd.DataFrame, labels: dict[str, str]) -> str:
    """How much of the tone names alone make: VADER with and without them."""
    wide = summary.pivot(index="doc_id", columns="instrument", values="mean").reindex(columns=["vader", "vader_masked"])
    fall = (wide.vader - wide.vader_masked).dropna().sort_values()
    if fall.empty:
        return "No page could be scored."
    doc_id = fall.abs().sort_values(kind="stable").index[-1]
    if abs(fall[doc_id]) < 0.005:
        return "<b>Names.</b> Hiding names from VADER hardly changes any page."
    return (f"<b>Names.</b> Words inside names count as happy or sad words: hiding names from VADER darkens "
            f"{(fall > 0.005).sum()} and brightens {(fall < -0.005).sum()} of {count(len(fall), 'page')}. The mean of "
            f"{escape(labels[doc_id])} {'falls' if fall[doc_id] > 0 else 'rises'} from {signed(wide.vader[doc_id])} to "
            f"{signed(wide.vader_masked[doc_id])}.")


def of_trust(analysis: Analysis, gold: str, target: str | None = None) -> str:
    """How far to trust the stance instrument, from its comparison with hand-coded sentences of this corpus."""
    coded = read_gold(gold)
    coded = coded[coded.doc_id.isin(analysis.documents.doc_id) & ((coded.target == target) | (target is None))]
    stance = analysis.stance[(analysis.stance.target == target) | (target is None)]
    about = ("The stance instrument is a baseline: it adds up the happy and sad words round the name of a target, and lays "
             "the sum to one holder. ")
    if coded.empty:
        return (about + "No hand-coded sentences of this corpus are at hand, so nothing says how often it is right. "
                "<b>Read the sentences before you cite a count.</b>")
    found = measure_triples(match_triples(stance, analysis.sentences, coded))
    toward = f" toward {escape(analysis.actors.labels[target])}" if target else ""
    return (about + f"On the {count(coded.doc_id.nunique(), 'page')} coded by hand it claims "
            f"{count(found['n_scored'], 'attitude')}{toward}, of which {found['n_both']} are right; the coders found "
            f"{found['n_coded']}. <b>Do not cite its counts; read the sentences.</b>")


def alt_tone(summary: pd.DataFrame, rows: dict[str, str], by: str = "doc_id") -> str:
    """Alt text of a tone figure: each row's mean by each instrument."""
    means = summary.set_index([by, "instrument"])["mean"]
    return "Mean tone by VADER, VADER with names hidden, and TextBlob: " + "; ".join(
        f"{label} " + ", ".join(signed(means.get((row, name))) for name in INSTRUMENTS) for row, label in rows.items()) + "."


def alt_strips(sentences: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the tone strips: the mean tone of the first, the middle and the last third of each page."""
    place = sentences.groupby("doc_id").cumcount() / sentences.groupby("doc_id").doc_id.transform("size")
    thirds = sentences.score.groupby([sentences.doc_id, (place * 3).astype(int)]).mean()
    return "Mean tone of the first, middle and last third: " + "; ".join(
        f"{label} " + ", ".join(signed(thirds.get((doc_id, third))) for third in range(3))
        for doc_id, label in labels.items()) + "."


def alt_matrix(summary: pd.DataFrame, labels: dict[str, str], pairs: dict[tuple[str, str], str]) -> str:
    """Alt text of a stance matrix: each pair's label and count in each document."""
    cells = [f"{pairs[row.holder, row.target]} in {labels[row.doc_id]}: net {signed(row.net)}, {count(row.n, 'sentence')}"
             for row in summary[summary.doc_id.notna()].itertuples() if (row.holder, row.target) in pairs]
    return "Stance by holder, target and document: " + "; ".join(cells) + "."


def alt_timeline(documents: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the timeline: each page with its date."""
    dates = documents.set_index("doc_id").published
    return "Pages by date: " + "; ".join(f"{label}, {dates[doc] if pd.notna(dates[doc]) else 'no date'}"
                                         for doc, label in labels.items()) + "."


def alt_anatomy(spans: pd.DataFrame, labels: dict[str, str]) -> str:
    """Alt text of the page anatomy: the largest roles of each page with their shares."""
    shares = role_shares(spans).sort_values("share", ascending=False, kind="stable")
    return "Roles by share of the page: " + "; ".join(
        f"{label}: " + ", ".join(f"{row.role} {row.share:.0%}" for row in shares[shares.doc_id == doc].head(3).itertuples())
        for doc, label in labels.items()) + "."


def alt_mentions(mentions: pd.DataFrame, labels: dict[str, str], actors: Actors) -> str:
    """Alt text of the mention counts: each page's actors, most named first."""
    counts = mentions.groupby("doc_id").actor.value_counts()
    return "Mentions: " + "; ".join(
        f"{label}: " + ", ".join(f"{actors.labels[actor]} {n}" for actor, n in counts[doc].items())
        for doc, label in labels.items() if doc in counts.index) + "."


def alt_sides(summary: pd.DataFrame, holders: dict[str, str]) -> str:
    """Alt text of the two-sided bars: for and against by holder."""
    rows = summary[summary.doc_id.isna()].set_index("holder")
    return "Sentences that take sides: " + "; ".join(
        f"{name} {rows.n_favor[holder]} in favor, {rows.n_against[holder]} against" for holder, name in holders.items()) + "."


def of_agreement(agreement: pd.DataFrame) -> str:
    """How far two dictionaries agree with each other."""
    pair = agreement[(agreement["first"] == "textblob") & (agreement.second == "vader_masked")].dropna(subset="alpha")
    if pair.empty:
        return "<b>Agreement</b> between the instruments cannot be measured here."
    row = pair.iloc[0]
    return (f"<b>Agreement.</b> The two dictionaries, VADER (names hidden) and TextBlob, agree with an alpha of {row.alpha:.2f} "
            f"on {count(row.n, 'sentence')}, {'too little' if row.alpha < 0.67 else 'enough'} to rest a conclusion on one of them.")


def of_target(analysis: Analysis, target: str, labels: dict[str, str]) -> str:
    """How often a target is named, where most, and under which names."""
    named = analysis.mentions[analysis.mentions.actor == target]
    label = escape(analysis.actors.labels[target])
    if named.empty:
        return f"<b>{label}</b> is not named on these pages."
    top = named.doc_id.value_counts()
    plain = named.expression[named.kind != "ethnonym"].value_counts()
    names = [f"{escape(name)} ({n})" for name, n in plain.head(4).items()]
    return (f"<b>{label}</b>: named {count(len(named), 'time')} on {len(top)} of {count(len(labels), 'page')}, most often in "
            f"{escape(labels[top.index[0]])} ({top.iloc[0]}), mostly as {listed(names)}.")


def of_commenters(analysis: Analysis) -> str:
    """Who comments: how many sign, how many comments have a date."""
    comments = analysis.comments
    if comments.empty:
        return "So there is nothing to report here."
    names = comments.author[~comments.anonymous].dropna().nunique()
    return (f"{count(int(comments.anonymous.sum()), 'comment')} of {len(comments)} are anonymous; the others are signed with "
            f"{count(names, 'name')}. Those with a date of their own: {int(comments.date.notna().sum())}.")
