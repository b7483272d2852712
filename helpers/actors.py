"""Actors: every place where a sentence names one of those the actors file lists, and frequent names it does not."""
from calendar import day_name, month_name
from collections import Counter, defaultdict

import pandas as pd

from .actorsfile import PLAIN, Actors
from .corpus import Corpus
from .references import blank, find_runs
from .tables import as_table

MOST = 40   # names that are suggested


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


def suggest_names(corpus: Corpus, actors: Actors) -> list[tuple[str, int, int]]:
    """Capitalised names that stand in no actor's list, most frequent first: (name, mentions, pages).

    Words that begin a sentence count only where they also stand inside one; titles and captions are left out, and
    names that stand only once.
    """
    mentions, pages, inside = Counter(), defaultdict(set), set()
    read = corpus.sentences[corpus.sentences.role.isin(["body", "standfirst", "comment"])]
    for doc_id, text in zip(read.doc_id, read.text, strict=True):
        for run, name in find_runs(blank(text, find_names(text, actors))):
            name = name or (run[0] if run.start() else None)
            if name and "_" not in name:
                mentions[name] += 1
                pages[name].add(doc_id)
                if run.start() or " " in name:
                    inside.add(name)
    known = inside - {*month_name, *day_name}
    return [(name, n, len(pages[name])) for name, n in mentions.most_common() if name in known and n > 1][:MOST]


def as_yaml(found: list[tuple[str, int, int]]) -> str:
    """Suggested names as lines to copy into an actors file."""
    lines = ["# names no actor covers: sort them into actors, or leave them out", "# name: mentions, pages"]
    return "\n".join(lines + [f"#   - {name}   # {mentions}, {pages}" for name, mentions, pages in found])
