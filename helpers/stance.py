"""Stance: which holder stands where toward which target, sentence by sentence.

The instrument is a baseline: the tone (VADER, names masked) of the clause round the target, laid to one
holder. It is transparent and weak; it is the thing to beat.
"""
import re

import pandas as pd

from .actors import Actors, load_actors
from .sentiment import label_tone, mask_names, score_vader
from .tables import as_table, read_data

ROLES = ("body", "heading", "caption", "standfirst", "comment")


def find_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a sentence round text[start:end]: up to the next comma, mark or conjunction on each side.

    >>> text = "Hanoi helped the poor, but Beijing threatened them."
    >>> text[slice(*find_clause(text, 27, 34))]
    ' Beijing threatened them.'
    """
    boundary = re.compile(read_data("quotes.yaml")["clause"], re.I)
    left = max((m.end() for m in boundary.finditer(text) if m.end() <= start), default=0)
    right = min((m.start() for m in boundary.finditer(text) if m.start() >= end), default=len(text))
    return left, right


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words: "[Trum]p" is cut in some data."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def score_pairs(pairs: pd.DataFrame, actors: Actors | None = None) -> pd.DataFrame:
    """Score how a holder stands toward a target in a text.

    `pairs` has `text`, `target_start`, `target_end`, `holder_start`, `holder_end` (null: no named holder) and
    perhaps `voice`. Returns the same rows in order with `p_against`, `p_none`, `p_favor` (they sum to 1) and
    `label`: `favor` or `against` where their difference passes the instrument's neutral band. The baseline reads
    only the clause round the target (widened to whole words) with names masked, those of `actors` or of the
    package's own file: `voice` does not matter to it, and every holder gets the same answer.

    Raises ValueError, naming the row, for null text or a target outside it.

    >>> pair = {"text": "Hun Sen praised Vietnam.", "target_start": 16, "target_end": 23}
    >>> score_pairs(pd.DataFrame([pair])).label.tolist()
    ['favor']
    """
    actors, tones = actors or load_actors(), []
    for row, (text, start, end) in enumerate(pairs[["text", "target_start", "target_end"]].itertuples(index=False)):
        if not isinstance(text, str):
            raise ValueError(f"row {row}: text is null")
        if pd.isna(start) or pd.isna(end) or not 0 <= start < end <= len(text):
            raise ValueError(f"row {row}: target {start}:{end} is outside its text of {len(text)} characters")
        left, right = find_clause(text, *widen(text, int(start), int(end)))
        tones.append(score_vader(mask_names(text, actors)[left:right])[0])
    tone = pd.Series(tones, index=pairs.index, dtype="float64")
    scored = pairs.assign(p_against=(-tone).clip(lower=0), p_none=1 - tone.abs(), p_favor=tone.clip(lower=0))
    tones = label_tone(tone, read_data("instruments.yaml")["vader_masked"]["neutral"])
    labels = {"negative": "against", "neutral": "none", "positive": "favor"}
    return scored.assign(label=tones.map(labels).astype("string"))


def pair_holders(sentences: pd.DataFrame, mentions: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Every holder that could take a side toward every target that a sentence names.

    One row per sentence, target and holder. Holders are the voice of the text (`author`, in a comment
    `commenter`) and each other actor the sentence names. A target stands at its first mention, a holder at his
    last before the target, or else at his first.
    """
    keys = ["doc_id", "sentence_id"]
    scored = sentences[sentences.role.isin(ROLES)]
    named = scored[[*keys, "comment_id"]].merge(mentions[[*keys, "actor", "start", "end"]], on=keys)
    targets = named[named.actor.isin(actors.targets)].drop_duplicates([*keys, "actor"]).rename(
        columns={"actor": "target", "start": "target_start", "end": "target_end"})
    voices = targets.assign(holder=targets.comment_id.notna().map({True: "commenter", False: "author"}))
    others = targets.merge(named.drop(columns="comment_id").rename(
        columns={"actor": "holder", "start": "holder_start", "end": "holder_end"}), on=keys)
    gap = others.target_start - others.holder_start   # the smallest above zero is nearest before the target
    others = others.assign(rank=gap.where(gap > 0, 10**9 - gap))[others.holder != others.target].sort_values(
        "rank", kind="stable").drop_duplicates([*keys, "target", "holder"])
    pairs = pd.concat([voices, others], ignore_index=True)
    order = [*keys, "target_start", "holder_start"]
    return as_table("stance", pairs.sort_values(order, na_position="first", kind="stable"))


def score_stance(sentences: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame, documents: pd.DataFrame,
                 actors: Actors) -> pd.DataFrame:
    """Score each holder's stance toward each target, one row per sentence, holder and target.

    The clause's tone goes to one holder per target: the speaker where the target stands in quoted speech; else
    the actor named last before the target; else the text's voice. All others hold none. Where a quotation has
    no known speaker nobody is given its attitude, and the voice abstains (null label). Documents that are not
    English have null scores.
    """
    keys = ["doc_id", "sentence_id"]
    pairs = pair_holders(sentences, mentions, actors).merge(
        sentences[[*keys, "start", "text"]], on=keys).reset_index(names="row")
    scored = score_pairs(pairs.assign(target_start=pairs.target_start - pairs.start,
                                      target_end=pairs.target_end - pairs.start), actors)
    pairs[["p_against", "p_none", "p_favor", "label"]] = scored[["p_against", "p_none", "p_favor", "label"]]

    quoted = pd.merge_asof(pairs[["row", "doc_id", "target_start", "target_end"]].sort_values("target_start"),
                           quotes.sort_values("start"), left_on="target_start", right_on="start", by="doc_id")
    quoted = quoted[quoted.target_end <= quoted.end]
    speaker = pairs.row.map(quoted.set_index("row").speaker)
    in_quote = pairs.row.isin(quoted.row)
    before = pairs.holder_start.where(pairs.holder_start < pairs.target_start)
    nearest = before.groupby([pairs.doc_id, pairs.sentence_id, pairs.target]).transform("max")
    is_voice = pairs.holder_start.isna()
    holds = (before == nearest).fillna(False) | (is_voice & nearest.isna())
    holds = holds.mask(in_quote, (pairs.holder == speaker).fillna(False)).astype(bool)
    unknown = is_voice & in_quote & speaker.isna()

    pairs.loc[~holds & ~unknown, ["p_against", "p_none", "p_favor"]] = (0.0, 1.0, 0.0)
    pairs.loc[~holds, "label"] = "none"
    pairs.loc[unknown, "label"] = pd.NA   # it abstains; the probabilities stay
    foreign = pairs.doc_id.isin(documents.doc_id[documents.language.fillna("en") != "en"])
    pairs.loc[foreign, ["p_against", "p_none", "p_favor", "label"]] = pd.NA
    return as_table("stance", pairs.assign(score=pairs.p_favor - pairs.p_against))
