"""Findings: what the tables say, as sentences and alt texts computed from them; none is typed in.

Each function returns HTML in which everything that comes from a page is escaped.
"""
from html import escape

import pandas as pd

from .display import signed
from .listings import count_names, name_instrument
from .measures import read_gold, sum_threads
from .network import load_network
from .pipeline import Analysis
from .tables import read_data
from .validation import match_triples, measure_triples


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
            f"{count(documents.n_sentences.sum(), 'sentence')} and "
            f"{count(documents.n_comments.sum(), 'reader comment')}.")


def of_comments(analysis: Analysis, labels: dict[str, str]) -> str:
    """Where readers comment, and where their comments were lost."""
    comments, documents = analysis.comments, analysis.documents
    worded = (comments.text.fillna("") != "").sum()
    found = [f"{escape(labels[doc])} ({n})" for doc, n in comments.groupby("doc_id").size().items()]
    found = found if len(found) <= 6 else [*found[:6], count(len(found) - 6, "other page")]
    lost = documents[documents.declared_comments.fillna(documents.n_comments) > documents.n_comments]
    text = (f"<b>{count(len(comments), 'comment')}</b>, {worded} of them with words, under {listed(found)}."
            if len(comments) else "<b>No comments</b> were found on these pages.")
    for row in lost.head(6).itertuples():
        text += (f" {escape(labels[row.doc_id])} says it has {row.declared_comments}; "
                 f"the page as saved holds {row.n_comments or 'none'} of them.")
    return text


def of_tone(summary: pd.DataFrame, labels: dict[str, str], instrument: str = "vader_masked") -> str:
    """Which page is the darkest and which the brightest, and how many cannot be told from neutral."""
    table = summary[summary.instrument == instrument].dropna(subset="mean").sort_values("mean")
    if table.empty:
        return "No page could be scored."
    clear = table[(table.low > 0) | (table.high < 0)]
    told = [f"{escape(labels[row.doc_id])} ({signed(row.mean)})" for row in clear.itertuples()]
    ends = f"means run from {signed(table['mean'].iloc[0])} to {signed(table['mean'].iloc[-1])} on a scale from −1 to +1"
    if clear.empty:
        return f"<b>Tone.</b> No page can be told from neutral: {ends}."
    if len(clear) > 6:
        told = [f"{(clear['mean'] < 0).sum()} darker", f"{(clear['mean'] > 0).sum()} brighter"]
    return (f"<b>Tone.</b> {len(clear)} of {count(len(table), 'page')} can be told from neutral: {listed(told)}; {ends}. "
            f"By {name_instrument(instrument)}; other dictionaries say other things.")


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
    """How far to trust the stance model, from its comparison with hand-coded sentences of this corpus."""
    coded = read_gold(gold, analysis.documents)
    coded = coded[(coded.target == target) | (target is None)]
    least = load_network().figures["thresholds"]["side"]
    about = ("Stance is scored by a small model of our own, which is often wrong in detail; it names a side from a probability "
             f"of {least:.2f} up, though no side may be likelier. ")
    if coded.empty:
        return (about + "No hand-coded sentences of this corpus are at hand, so nothing says how often it is right here. "
                "<b>Read the sentences before you cite a count.</b>")
    few = analysis.choose(coded.doc_id)
    stance = few.stance[(few.stance.target == target) | (target is None)]
    found = measure_triples(match_triples(stance, few.sentences, coded))
    toward = f" toward {escape(analysis.actors.labels[target])}" if target else ""
    return (about + f"On the {count(coded.doc_id.nunique(), 'page')} coded by hand it finds {found['n_both']} of the "
            f"{count(found['n_coded'], 'attitude')}{toward} that the coders found, and {found['n_both']} of the "
            f"{found['n_scored']} it claims are theirs. <b>Read the sentences before you cite a count.</b>")


def of_validation(compared: dict[str, pd.DataFrame]) -> list[str]:
    """Precision, recall and F1 of each instrument in a sentence."""
    lines = []
    for name, triples in compared.items():
        found = measure_triples(triples)
        if not found["n_coded"]:
            return ["<b>No sentence of these pages was coded by hand</b>, so nothing here says how often stance is right on them."]
        lines.append(f"<b>The {name}</b> claims {count(found['n_scored'], 'attitude')}; {found['n_both']} of them are among the "
                     f"{found['n_coded']} that the coders found (precision {found['precision']:.2f}, recall {found['recall']:.2f}, "
                     f"F1 {found['f1']:.2f}).")
    records = [f"{escape(name)} {value:.2f}" for name, value in read_data("published.yaml")["gold"]["records"].items()]
    return [*lines, f"<b>To compare</b>, F1 of so strict a task: {listed(records)}."]


def of_silence(judged: pd.DataFrame) -> str:
    """How often the model is right to say that a holder takes no side."""
    none = judged[judged.coded == "none"]
    right, abstained = int((none.label == "none").sum()), int(judged.label.isna().sum())
    return (f"Of {count(len(none), 'row')} in which no coder finds an attitude, the model finds none in {right} "
            f"({right / max(1, len(none)):.0%}). It abstains on {abstained} of {count(len(judged), 'row')}.")


def of_model(figures: dict) -> str:
    """What training measured of the model itself, read from its file."""
    renamed = figures["renamed"]
    return (f"Trained {figures['date']}. When China and Vietnam change places in a sentence, the answer stays with the roles in "
            f"{renamed['same']:.1%} of {count(renamed['n'], 'pair')}; the expected calibration error on its dev sets is "
            f"{figures['calibration_error']['after']:.3f}.")


def of_marked(pages: pd.DataFrame) -> str:
    """How well comments are taken out of hand-marked pages."""
    total, none = sum_threads(pages).iloc[-1], pages[pages.coded == 0]
    return (f"Of {count(total.coded, 'comment')} on {count(len(pages), 'page')}, {total.starts} are found where they begin "
            f"(recall {total.recall:.2f}); of {total.found} found, {total.found - total.starts} are none or begin elsewhere "
            f"(precision {total.precision:.2f}; F1 {total.f1:.2f}). On {count(len(none), 'page')} without comments, "
            f"{none.found.sum()} are invented.")


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
    named = count_names(analysis)
    named = named[named.actor == target]
    label = escape(analysis.actors.labels[target])
    if named.empty:
        return f"<b>{label}</b> is not named on these pages."
    top = named.groupby("doc_id").n.sum().sort_values(ascending=False, kind="stable")
    plain = named[named.kind != "ethnonym"].groupby("expression").n.sum().sort_values(ascending=False, kind="stable")
    names = [f"{escape(name)} ({n})" for name, n in plain.head(4).items()]
    return (f"<b>{label}</b>: named {count(named.n.sum(), 'time')} on {len(top)} of {count(len(labels), 'page')}, most often in "
            f"{escape(labels[top.index[0]])} ({top.iloc[0]}), mostly as {listed(names)}.")


def of_commenters(analysis: Analysis) -> str:
    """Who comments: how many sign, how many comments have a date."""
    comments = analysis.comments
    if comments.empty:
        return "So there is nothing to report here."
    names = comments.author[~comments.anonymous].dropna().nunique()
    return (f"{count(int(comments.anonymous.sum()), 'comment')} of {len(comments)} are anonymous; the others are signed with "
            f"{count(names, 'name')}. Those with a date of their own: {int(comments.date.notna().sum())}.")
