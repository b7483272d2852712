"""Evidence: the sentences behind the numbers, each with a note that says why it is shown.

Every function returns rows of sentences (doc_id, sentence_id, role, start, end, text) with `label` and `note`,
ready for display.show_evidence.
"""
from textwrap import shorten

import pandas as pd

from .display import signed
from .listings import VOICES, at, name_roles
from .pipeline import Analysis
from .summaries import ARTICLE, both_ends, gather
from .tables import SENTENCE, texts_of

SET_ASIDE = ("boilerplate", "rights", "byline", "dateline", "bio")   # roles that are no part of an article
RUDE = 0.8   # probability of offence from which a comment is shown closed


def article_sentences(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the articles themselves: body, headings, captions and standfirst, no comments."""
    return sentences[sentences.role.isin(ARTICLE)]


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
    table = sentences.merge(chosen, on=SENTENCE)
    return table.assign(note=table.score.map(signed).astype("string") + (": " + table.words).fillna(""))


def largest(table: pd.DataFrame, by: str, each: int) -> pd.DataFrame:
    """The rows with the highest values of a column, highest first."""
    return table.sort_values(by, ascending=False, kind="stable").head(each)


def name_effects(analysis: Analysis, each: int = 5) -> pd.DataFrame:
    """The sentences of articles whose VADER score moves most when names are hidden, largest move first."""

    def find(part: Analysis) -> pd.DataFrame:
        sentences = article_sentences(part.sentences)
        plain, masked = (by_instrument(part, sentences, name) for name in ("vader", "vader_masked"))
        table = plain.merge(masked[[*SENTENCE, "score", "words", "label"]], on=SENTENCE, suffixes=("", "_masked"))
        table = table.assign(moved=(table.score - table.score_masked).abs(), label=table.label_masked)
        table["note"] = ("with names " + table.note + "  →  without " + table.score_masked.map(signed).astype("string")
                         + (": " + table.words_masked).fillna(""))
        return largest(table[table.moved > 0], "moved", each)

    return largest(gather(analysis, find), "moved", each)


def disagreements(analysis: Analysis, first: str, second: str, each: int = 5) -> pd.DataFrame:
    """The sentences of articles on which two instruments differ most, one calling them positive, the other negative."""

    def find(part: Analysis) -> pd.DataFrame:
        a, b = (by_instrument(part, article_sentences(part.sentences), name) for name in (first, second))
        table = a.merge(b[[*SENTENCE, "score", "label", "note"]], on=SENTENCE, suffixes=("", "_second"))
        opposed = (table.label + table.label_second).isin(["positivenegative", "negativepositive"])
        table = table.assign(apart=(table.score - table.score_second).abs(), opposed=opposed,
                             note=f"{first} " + table.note + f"  |  {second} " + table.note_second, label=pd.NA)
        return largest(table[table.opposed], "apart", each)

    return largest(gather(analysis, find), "apart", each)


def tone_ends(analysis: Analysis, instrument: str, each: int = 5) -> pd.DataFrame:
    """The most negative and the most positive sentences of articles by one instrument."""
    return both_ends(gather(analysis, lambda part: both_ends(
        by_instrument(part, article_sentences(part.sentences), instrument), "score", each)), "score", each)


def stance_rows(analysis: Analysis, chosen: pd.DataFrame) -> pd.DataFrame:
    """Rows of stance with their sentences; the note names holder, target and score."""
    names = analysis.actors.labels | VOICES
    table = chosen.merge(analysis.sentences[[*SENTENCE, "role", "start", "end", "text"]], on=SENTENCE)
    holder, target = (table[name].map(names).astype("string") for name in ("holder", "target"))
    verdict = table.score.map(signed).astype("string").where(table.label.notna(), "abstains")
    return fold_rude(table.assign(note=holder + " → " + target + " " + verdict), analysis)


def holder_ends(analysis: Analysis, target: str, each: int = 4) -> pd.DataFrame:
    """The rows of each holder with the lowest and the highest scores toward a target; those without a side left out.

    Holders come in the order of how often they take sides; `n_sided` says how often.
    """

    def find(table: pd.DataFrame) -> pd.DataFrame:
        table = table[table.label.isin(["against", "favor"])]
        parts = [both_ends(rows, "score", each) for _, rows in table.groupby("holder", sort=False)]
        return pd.concat(parts) if parts else table

    table = find(gather(analysis, lambda part: find(stance_rows(part, part.stance[part.stance.target == target]))))
    whole = analysis.stance_summary
    whole = whole[whole.doc_id.isna() & (whole.target == target)].set_index("holder")
    table = table.assign(n_sided=table.holder.map(whole.n_favor + whole.n_against).astype("int64"))
    return table.sort_values(["n_sided", "holder"], ascending=[False, True], kind="stable")


def stance_abstained(analysis: Analysis, target: str, each: int = 6) -> pd.DataFrame:
    """Rows on which the model abstains: neither a side nor silence is likely enough."""

    def find(part: Analysis) -> pd.DataFrame:
        rows = part.stance
        return stance_rows(part, rows[(rows.target == target) & rows.label.isna()].head(each))

    return gather(analysis, find).head(each)


def set_aside(analysis: Analysis, labels: dict[str, str]) -> pd.DataFrame:
    """What was read as no part of the articles: page, role, text (long ones cut)."""
    spans = analysis.spans[analysis.spans.role.isin(SET_ASIDE)]
    text = texts_of(analysis.documents)
    words = [text[doc_id][start:end]
             for doc_id, start, end in spans[["doc_id", "start", "end"]].itertuples(index=False)]
    return pd.DataFrame({"page": spans.doc_id.map(labels), "role": spans.role.map(name_roles()),
                         "text": [shorten(line, 110, placeholder=" …") for line in words],
                         "@": at(spans.doc_id, "p" + spans.span_id.astype("string"))})


def comment_notes(analysis: Analysis, labels: dict[str, str], most: int) -> pd.DataFrame:
    """The first comments with a note: page, mean tone of their sentences (names masked), and how likely they offend."""
    first = analysis.comments.head(most)
    few = analysis.choose(first.doc_id.drop_duplicates())
    scored = by_instrument(few, few.sentences.dropna(subset="comment_id"), "vader_masked")
    mean = scored.groupby(["doc_id", "comment_id"]).score.mean().rename("score").reset_index()
    table = first.merge(mean, on=["doc_id", "comment_id"], how="left")
    tone = (" · tone " + table.score.map(signed).astype("string")).where(table.score.notna(), "")
    offends = " · offensive: " + (100 * table.offence).round().astype("Int64").astype("string") + " %"
    note = table.doc_id.map(labels).astype("string") + tone + offends.where(table.offence.notna(), "")
    return table.assign(note=note)
