"""Evidence: the sentences behind the numbers, each with a note that says why it is shown.

Every function returns rows of sentences (doc_id, sentence_id, role, start, end, text) with `label` and `note`,
ready for display.show_evidence.
"""
from textwrap import shorten

import pandas as pd

from .display import signed
from .listings import VOICES, at, name_roles
from .pipeline import Analysis
from .summaries import both_ends

KEYS = ["doc_id", "sentence_id"]
RUDE = 0.8   # probability of offence from which a comment is shown closed


def article_sentences(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the articles themselves: body, headings, captions and standfirst, no comments."""
    return sentences[sentences.role.isin(["body", "heading", "caption", "standfirst"])]


def fold_rude(rows: pd.DataFrame, analysis: Analysis, show_words: bool = False) -> pd.DataFrame:
    """Rows of comments, or of sentences of comments, with `folded`: why a rude one is shown closed, null otherwise.

    Those with a contested word, and those the offence model is sure of (0.8 or more); none if `show_words`.
    """
    keys = ["doc_id", "comment_id"]
    rude = analysis.comments.loc[analysis.comments.offence >= RUDE, keys].assign(why="Very rude words")
    words = analysis.contested[keys].assign(why="Words that insult, or that some say insult")
    why = pd.concat([words, rude]).drop_duplicates(keys).assign(folded=lambda table: table.why + ": open to read")
    if show_words:
        return rows.assign(folded=None)
    return rows.merge(why[[*keys, "folded"]], on=keys, how="left")


def by_instrument(analysis: Analysis, sentences: pd.DataFrame, instrument: str) -> pd.DataFrame:
    """Sentences with one instrument's score, label and the words that made it, as note."""
    chosen = analysis.sentiment[analysis.sentiment.instrument == instrument].drop(columns="instrument")
    table = sentences.merge(chosen, on=KEYS)
    return table.assign(note=table.score.map(signed).astype("string") + (": " + table.words).fillna(""))


def name_effects(analysis: Analysis, sentences: pd.DataFrame, each: int = 5) -> pd.DataFrame:
    """The sentences whose VADER score moves most when names are hidden, largest move first."""
    plain, masked = (by_instrument(analysis, sentences, name) for name in ("vader", "vader_masked"))
    table = plain.merge(masked[[*KEYS, "score", "words", "label"]], on=KEYS, suffixes=("", "_masked"))
    table = table.assign(moved=(table.score - table.score_masked).abs(), label=table.label_masked)
    table["note"] = ("with names " + table.note + "  →  without " + table.score_masked.map(signed).astype("string")
                     + (": " + table.words_masked).fillna(""))
    return table[table.moved > 0].sort_values("moved", ascending=False, kind="stable").head(each)


def disagreements(analysis: Analysis, sentences: pd.DataFrame, first: str, second: str, each: int = 5) -> pd.DataFrame:
    """The sentences on which two instruments differ most, one calling them positive, the other negative."""
    a, b = (by_instrument(analysis, sentences, name) for name in (first, second))
    table = a.merge(b[[*KEYS, "score", "label", "note"]], on=KEYS, suffixes=("", "_second"))
    against = {("positive", "negative"), ("negative", "positive")}
    opposed = [pair in against for pair in zip(table.label, table.label_second, strict=True)]
    table = table[pd.Series(opposed, index=table.index, dtype=bool)]
    table = table.assign(apart=(table.score - table.score_second).abs(),
                         note=f"{first} " + table.note + f"  |  {second} " + table.note_second, label=pd.NA)
    return table.sort_values("apart", ascending=False, kind="stable").head(each)


def tone_ends(analysis: Analysis, sentences: pd.DataFrame, instrument: str, each: int = 5) -> pd.DataFrame:
    """The most negative and the most positive sentences by one instrument."""
    return both_ends(by_instrument(analysis, sentences, instrument), "score", each)


def stance_rows(analysis: Analysis, target: str) -> pd.DataFrame:
    """Every scored row toward one target with its sentence; the note names holder, target and score."""
    names = analysis.actors.labels | VOICES
    chosen = analysis.stance[analysis.stance.target == target]
    table = chosen.merge(analysis.sentences[[*KEYS, "role", "start", "end", "text"]], on=KEYS)
    holder = table.holder.map(names).astype("string")
    verdict = table.score.map(signed).astype("string").where(table.label.notna(), "abstains")
    return fold_rude(table.assign(note=holder + " → " + names[target] + " " + verdict), analysis)


def holder_ends(analysis: Analysis, target: str, each: int = 4) -> pd.DataFrame:
    """The rows of each holder with the lowest and the highest scores toward a target; those without a side left out.

    Holders come in the order of how often they take sides; `n_sided` says how often.
    """
    table = stance_rows(analysis, target)
    table = table[table.label.isin(["against", "favor"])]
    table = table.assign(n_sided=table.groupby("holder").holder.transform("size"))
    parts = [both_ends(table[table.holder == holder], "score", each) for holder in table.holder.value_counts().index]
    return pd.concat(parts) if parts else table


def stance_abstained(analysis: Analysis, target: str, each: int = 6) -> pd.DataFrame:
    """Rows on which the model abstains: neither a side nor silence is likely enough."""
    table = stance_rows(analysis, target)
    return table[table.label.isna()].head(each)


def set_aside(analysis: Analysis, labels: dict[str, str]) -> pd.DataFrame:
    """What was read as no part of the articles: page, role, text (long ones cut)."""
    spans = analysis.spans[analysis.spans.role.isin(["boilerplate", "rights", "byline", "dateline", "bio"])]
    text = dict(zip(analysis.documents.doc_id, analysis.documents.text, strict=True))
    words = [text[doc_id][start:end]
             for doc_id, start, end in spans[["doc_id", "start", "end"]].itertuples(index=False)]
    return pd.DataFrame({"page": spans.doc_id.map(labels), "role": spans.role.map(name_roles()),
                         "text": [shorten(line, 110, placeholder=" …") for line in words],
                         "@": at(spans.doc_id, "p" + spans.span_id.astype("string"))})


def comment_notes(analysis: Analysis, labels: dict[str, str]) -> pd.DataFrame:
    """Comments with a note: their page, the mean tone of their sentences (names masked), and how likely they offend."""
    scored = by_instrument(analysis, analysis.sentences.dropna(subset="comment_id"), "vader_masked")
    mean = scored.groupby(["doc_id", "comment_id"]).score.mean().rename("score").reset_index()
    table = analysis.comments.merge(mean, on=["doc_id", "comment_id"], how="left")
    tone = (" · tone " + table.score.map(signed).astype("string")).where(table.score.notna(), "")
    offends = " · offensive: " + (100 * table.offence).round().astype("Int64").astype("string") + " %"
    note = table.doc_id.map(labels).astype("string") + tone + offends.where(table.offence.notna(), "")
    return table.assign(note=note)
