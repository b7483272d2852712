"""Actors: every place where a sentence names one of those the actors file lists."""
import pandas as pd

from .actorsfile import PLAIN, Actors
from .tables import as_table


def find_names(text: str, actors: Actors, loose: bool = False) -> list[tuple[int, int, str, str]]:
    """Every name in a text as (start, end, actor, kind), longest first where they overlap; actor "" not to count.

    An acronym of up to three capitals does not count in a sentence all in capitals ("LET US GO"). `loose` takes names
    of more than two letters in lower case too, as readers write them in comments.

    >>> from helpers.actorsfile import load_actors
    >>> [text[s:e] for text in ["US$5 bn from the US, Vietnam War; it told us"] for s, e, a, k
    ...  in find_names(text, load_actors()) if a]
    ['US']
    """
    plain, found = text.translate(PLAIN), []
    shouting = text.isupper()
    for last, (length, actor, kind, lower) in actors.matcher.iter(plain):
        start, end = last + 1 - length, last + 1
        inside = (start and (plain[start - 1].isalnum() and plain[start].isalnum())) or (
            end < len(plain) and plain[end].isalnum() and plain[end - 1].isalnum())
        if not inside and not (shouting and length <= 3) and (loose or not lower):
            found.append((start, end, actor, kind))
    found.sort(key=lambda name: (name[0], -name[1]))
    kept, free = [], 0
    for name in found:
        if name[0] >= free:
            kept.append(name)
            free = name[1]
    return kept


def find_mentions(sentences: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Find every place a sentence names an actor.

    One row per mention in reading order, with `start` and `end` as offsets into the document. Words inside
    another name ("South China Sea") are not mentions. Pronouns are not resolved, so counts are a lower bound.
    """
    columns = sentences[["doc_id", "sentence_id", "start", "text"]].assign(loose=sentences.comment_id.notna())
    rows = [{"doc_id": doc_id, "sentence_id": sentence_id, "actor": actor, "expression": text[s:e], "kind": kind,
             "start": start + s, "end": start + e}
            for doc_id, sentence_id, start, text, loose in columns.itertuples(index=False)
            for s, e, actor, kind in find_names(text, actors, loose) if actor]
    return as_table("mentions", rows)
