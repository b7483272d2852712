"""Privacy: commenters' names replaced by pseudonyms, in every table."""

from collections.abc import Callable
from dataclasses import replace

import ahocorasick
import pandas as pd

from .pipeline import Analysis

MASK = "█"  # one for each character of a name, so that offsets stay
TEXTS = {
    "documents": ["text", "title", "byline"],
    "sentences": ["text"],
    "comments": ["text", "title", "promotion"],
    "addressees": ["expression", "phrase", "name"],
    "contested": ["expression", "name"],
    "sentiment": ["words"],
}


def name_readers(comments: pd.DataFrame) -> dict[str, str]:
    """A pseudonym for each name that signs a comment, numbered by first appearance: {"Ann Lee": "Reader 1"}."""
    signed = comments.author[~comments.anonymous].dropna().drop_duplicates()
    return {name: f"Reader {number}" for number, name in enumerate(signed, 1)}


def cover_names(readers: dict[str, str]) -> Callable[[object], object]:
    """A function that covers these names in a text, one sign for each character; the longest where they overlap."""
    automaton = ahocorasick.Automaton()
    for name in readers:
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def cover(text: object) -> object:
        if not isinstance(text, str):
            return text
        found = [(last + 1 - length, last + 1) for last, length in automaton.iter(text)]
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            whole = not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
            if whole:
                text = text[:start] + MASK * (end - start) + text[end:]
        return text

    return cover


def hide_names(tables: dict[str, pd.DataFrame], readers: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The tables with the names of readers covered in their texts, and replaced by pseudonyms where they sign."""
    cover, hidden = cover_names(readers), dict(tables)
    for table, columns in TEXTS.items():
        frame = tables[table]
        hidden[table] = frame.assign(**{name: frame[name].map(cover).astype("string") for name in columns})
    comments = hidden["comments"]
    hidden["comments"] = comments.assign(**{
        column: comments[column].map(lambda name: readers.get(name, name), na_action="ignore").astype("string")
        for column in ("author", "reply_to")
    })  # fmt: skip
    return hidden


def hide_commenters(analysis: Analysis) -> Analysis:
    """The analysis with commenters' names hidden.

    Authors, and whom a comment answers by name, become pseudonyms ("Reader 1"), the same for the same name on all pages
    of a corpus. Wherever such a name stands in a text it is covered, one sign for each character, so that offsets stay.
    What else gives a person away (nicknames, places, the words themselves) remains.
    """
    readers = name_readers(analysis.comments)
    return replace(analysis, **hide_names(analysis.tables(), readers)) if readers else analysis
