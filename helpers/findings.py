"""Findings: what the tables say, as sentences and alt texts computed from them; none is typed in.

Each function returns HTML in which everything that comes from a page is escaped.
"""
from html import escape

import pandas as pd

from .actors import Actors
from .display import signed
from .listings import SMALL
from .pipeline import Analysis
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
    time = f"published from {years[0]} to {years[-1]}" if years else "none of which says when it was published"
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
    unclear = int(((table.low <= 0) & (table.high >= 0)).sum())
    return (f"<b>Tone.</b> The darkest text is {escape(labels[dark.doc_id])} ({signed(dark['mean'])} on a scale from −1 to +1), "
            f"the brightest {escape(labels[bright.doc_id])} ({signed(bright['mean'])}); {unclear} of {len(table)} "
            f"cannot be told from neutral.")


def of_names(summary: pd.DataFrame, labels: dict[str, str]) -> str:
    """How much of the tone names alone make: VADER with and without them."""
    wide = summary.pivot(index="doc_id", columns="instrument", values="mean").reindex(columns=["vader", "vader_masked"])
    fall = (wide.vader - wide.vader_masked).dropna().sort_values()
    if fall.empty:
        return "No page could be scored."
    doc_id = fall.index[-1]
    return (f"<b>Names.</b> Words inside names (“People’s <i>Party</i>”, “<i>United</i> States”) brighten "
            f"{(fall > 0.005).sum()} of {count(len(fall), 'page')}: with names hidden the mean of "
            f"{escape(labels[doc_id])} falls from {signed(wide.vader[doc_id])} to {signed(wide.vader_masked[doc_id])}.")


def of_stance(summary: pd.DataFrame, actors: Actors, target: str) -> str:
    """Who takes sides toward a target over all documents, the largest counts first; small counts are said."""
    table = summary[summary.doc_id.isna() & (summary.target == target)]
    table = table.assign(sided=table.n_favor + table.n_against).sort_values("sided", ascending=False)
    names = actors.labels | {"author": "the authors", "commenter": "commenters"}
    parts = [f"{escape(names[row.holder])} {row.n_favor} for, {row.n_against} against"
             for row in table[table.sided >= SMALL].itertuples()]
    label = escape(actors.labels[target])
    if not parts:
        return f"<b>Toward {label}</b>, no holder takes sides in {SMALL} sentences or more."
    return f"<b>Toward {label}</b>, sentences that take sides: {'; '.join(parts)}."


def of_all_stances(analysis: Analysis) -> list[str]:
    """`of_stance` for every target of the actors file."""
    return [of_stance(analysis.stance_summary, analysis.actors, target) for target in analysis.actors.targets]


def of_trust(analysis: Analysis, gold: str) -> str:
    """How far to trust the stance instrument, from its comparison with the hand-coded sentences in a file."""
    measures = measure_triples(match_triples(analysis.stance, analysis.sentences, read_gold(gold)))
    if not measures["n_coded"]:
        return ("The stance instrument here is a baseline: the tone of the clause round the target, laid to one holder. "
                "No hand-coded sentences belong to this corpus, so nothing says how often it is right: read the sentences.")
    return (f"The stance instrument here is a baseline: the tone of the clause round the target, laid to one holder. Of the "
            f"{measures['n_scored']} attitudes it claims on the hand-coded pages, {measures['n_both']} are right "
            f"(precision {measures['precision']:.0%}); coders found {measures['n_coded']} (recall {measures['recall']:.0%}, "
            f"F1 {measures['f1']:.2f}). <b>Do not cite its counts; read the sentences.</b>")


def alt_tone(summary: pd.DataFrame, rows: dict[str, str], by: str = "doc_id", instrument: str = "vader_masked") -> str:
    """Alt text of a tone figure: each row's mean by one instrument."""
    means = summary[summary.instrument == instrument].set_index(by)["mean"]
    return "Mean tone, names masked: " + "; ".join(f"{label} {signed(means.get(row))}" for row, label in rows.items()) + "."


def alt_matrix(summary: pd.DataFrame, labels: dict[str, str], pairs: dict[tuple[str, str], str]) -> str:
    """Alt text of a stance matrix: each pair's label and count in each document."""
    cells = [f"{pairs[row.holder, row.target]} in {labels[row.doc_id]}: {row.label}, {count(row.n, 'sentence')}"
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
    names = [f"{escape(name)} ({n})" for name, n in named.expression.value_counts().head(4).items()]
    return (f"<b>{label}</b> is named {count(len(named), 'time')} on {len(top)} of {count(len(labels), 'page')}, most often in "
            f"{escape(labels[top.index[0]])} ({top.iloc[0]}): as {listed(names)}.")


def of_commenters(analysis: Analysis) -> str:
    """Who comments: how many sign, how many comments have a date."""
    comments = analysis.comments
    if comments.empty:
        return "So there is nothing to report here."
    names = comments.author[~comments.anonymous].dropna()
    return (f"{int(comments.anonymous.sum())} of {len(comments)} are anonymous, {count(names.nunique(), 'name')} sign the others; "
            f"{int(comments.date.notna().sum())} carry a date of their own.")
