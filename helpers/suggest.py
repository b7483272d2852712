"""Suggest: frequent names of a corpus that no actor covers yet, as a start for an actors file."""

from calendar import day_name, month_name
from collections import Counter, defaultdict

from .actors import find_names
from .actorsfile import Actors
from .corpus import Corpus
from .references import blank, strip_name
from .references import patterns as name_patterns

LEAST = 2  # pages or mentions below which a name is no news


def suggest_names(corpus: Corpus, actors: Actors, most: int = 40) -> list[tuple[str, int, int]]:
    """Capitalised names that stand in no actor's list, most frequent first: (name, mentions, pages).

    Words that begin a sentence count only where they also stand inside one; titles and captions are left out.
    """
    mentions, pages, inside = Counter(), defaultdict(set), set()
    for doc_id, text, role in corpus.sentences[["doc_id", "text", "role"]].itertuples(index=False):
        if role not in ("body", "standfirst", "comment"):
            continue
        free = blank(text, find_names(text, actors))
        for run in name_patterns()["name"].finditer(free):
            name = strip_name(run[0].replace("\n", " ")) or (run[0] if run.start() else None)
            if name and "_" not in name:
                mentions[name] += 1
                pages[name].add(doc_id)
                if run.start() or " " in name:
                    inside.add(name)
    dates = {*month_name, *day_name}
    found = [
        (name, n, len(pages[name]))
        for name, n in mentions.most_common()
        if name in inside and n >= LEAST and name not in dates
    ]
    return found[:most]


def as_yaml(found: list[tuple[str, int, int]]) -> str:
    """Suggested names as lines to copy into an actors file."""
    lines = ["# names no actor covers: sort them into actors, or leave them out", "# name: mentions, pages"]
    return "\n".join(lines + [f"#   - {name}   # {mentions}, {pages}" for name, mentions, pages in found])
