"""Contested words: ethnonyms and insults of the actors file, whether used or only mentioned, and against whom."""

import re
from functools import cache

import pandas as pd

from .actorsfile import PLAIN, Actors
from .references import quoted_part
from .stance import KEYS
from .tables import as_table, read_data


@cache
def patterns() -> dict[str, re.Pattern]:
    """The compiled word lists of data/contested.yaml."""
    return {name: re.compile(words, re.I) for name, words in read_data("contested.yaml")["patterns"].items()}


def compile_words(actors: Actors) -> re.Pattern | None:
    """One pattern for all contested words of an actors file, longest first; null where it lists none."""
    words = sorted(actors.contested, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I) if words else None


def tell_use(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> str:
    """`mention` where a sentence speaks of a word ("the word yuon", “yuon” in quotation marks), else `use`.

    >>> tell_use("They call us yuon.", 13, 17, []), tell_use("Go home yuon!", 8, 12, [])
    ('mention', 'use')
    """
    inside = any(s <= start and end <= e for s, e in quoted)
    spoken_of = patterns()["mention_before"].search(text[:start]) or patterns()["mention_after"].match(text, end)
    return "mention" if inside or spoken_of else "use"


def tell_against(text: str, start: int, end: int, entry: dict, near: list[tuple]) -> tuple[str | None, str | None]:
    """Against whom a contested word goes: (against, name).

    A government where the word describes one ("yuon regime"); a person or commenter whom the sentence calls by it
    ("he is yuon", "you yuon slave", a name right behind an insult); else, for an ethnonym, its people. `near` are the
    addressees of the sentence as (start, end, whom, name). Both null where nothing tells.
    """
    actor = entry["actor"]
    if entry["kind"] == "leader" or (actor and patterns()["state_after"].match(text, end)):
        return "government", actor
    called = patterns()["called_before"].search(text[:start]) or patterns()["puppet_after"].match(text, end)
    people = [place for place in near if place[2] != "article" and not (place[2] == "actor" and place[3] == actor)]
    before = [place for place in people if place[1] <= start]
    behind = [place for place in people if 0 <= place[0] - end <= 2]
    if behind and not actor:
        return behind[0][2:]
    if called and before:
        return before[-1][2:]
    if actor:
        return ("people", actor) if not called else (None, None)
    return before[-1][2:] if before else people[0][2:] if people else (None, None)


def find_contested(sentences: pd.DataFrame, addressees: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Find the contested words of comments.

    One row per word in reading order: `word` (the entry's first spelling), `gloss`, `expression` as printed, `use`
    (use or mention), `against` (people, government, author, comment, person or actor; null where nothing tells) and
    `name`, whom.
    Listed spellings only; whether a word insults depends on who says it to whom, which no list knows.
    """
    words = compile_words(actors)
    near = {
        key: list(rows[["start", "end", "whom", "name"]].itertuples(index=False, name=None))
        for key, rows in addressees.groupby(KEYS)
    }
    spoken = sentences[sentences.comment_id.notna()]
    rows = []
    for doc_id, number, comment_id, start, text in spoken[[*KEYS, "comment_id", "start", "text"]].itertuples(
        index=False
    ):
        text = text.translate(PLAIN)
        quoted = quoted_part(text, False)[0]
        matches = list(words.finditer(text)) if words else []
        places = [
            (s - start, e - start, whom, name)
            for s, e, whom, name in near.get((doc_id, number), [])
            if not any(m.start() < e - start and s - start < m.end() for m in matches)
        ]
        for m in matches:
            entry = actors.contested[m[0].lower()]
            against, name = tell_against(text, *m.span(), entry, places)
            rows.append(
                {
                    "doc_id": doc_id,
                    "sentence_id": number,
                    "comment_id": comment_id,
                    "word": entry["word"],
                    "gloss": entry["gloss"],
                    "expression": m[0],
                    "use": tell_use(text, *m.span(), quoted),
                    "against": against,
                    "name": name,
                    "start": start + m.start(),
                    "end": start + m.end(),
                }
            )
    return as_table("contested", rows)
