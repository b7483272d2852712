"""Contested words: ethnonyms and insults of the actors file, whether used or only mentioned, and against whom."""
import pandas as pd

from .actorsfile import PLAIN, Actors
from .addressees import said
from .patterns import find_listed
from .references import is_clear, quoted_part, rows_by
from .tables import SENTENCE, as_table


def tell_use(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> str:
    """`mention` where a sentence speaks of a word ("the word yuon", “yuon” in quotation marks), else `use`.

    >>> tell_use("They call us yuon.", 13, 17, []), tell_use("Go home yuon!", 8, 12, [])
    ('mention', 'use')
    """
    inside = any(s <= start and end <= e for s, e in quoted)
    spoken_of = said("mention_before").search(text[:start]) or said("mention_after").match(text, end)
    return "mention" if inside or spoken_of else "use"


def tell_against(text: str, start: int, end: int, entry: dict, near: list[tuple]) -> tuple[str | None, str | None]:
    """Against whom a contested word goes: (against, name).

    A government where the word describes one ("yuon regime"); a person or commenter whom the sentence calls by it
    ("he is yuon", "you yuon slave", a name right behind an insult); else, for an ethnonym, its people. `near` are the
    addressees of the sentence as (start, end, whom, name). Both null where nothing tells.
    """
    actor = entry["actor"]
    if entry["kind"] == "leader" or (actor and said("state_after").match(text, end)):
        return "government", actor
    called = said("called_before").search(text[:start]) or said("puppet_after").match(text, end)
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
    near, rows = rows_by(addressees, SENTENCE, ["start", "end", "whom", "name"]), []
    columns = sentences.loc[sentences.comment_id.notna(), [*SENTENCE, "comment_id", "start", "text"]]
    for doc_id, number, comment_id, start, text in columns.itertuples(index=False):
        text = text.translate(PLAIN)
        words, quoted = find_listed(text, actors.contested), quoted_part(text, False)[0]
        places = [(s - start, e - start, *who) for s, e, *who in near.get((doc_id, number), [])]
        places = [place for place in places if is_clear(place[:2], words)]
        for s, e, word in words:
            entry = actors.contested[word]
            against, name = tell_against(text, s, e, entry, places)
            rows.append({"doc_id": doc_id, "sentence_id": number, "comment_id": comment_id, "word": entry["word"],
                         "gloss": entry["gloss"], "expression": text[s:e], "use": tell_use(text, s, e, quoted),
                         "against": against, "name": name, "start": start + s, "end": start + e})
    return as_table("contested", rows)
