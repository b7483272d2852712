"""Privacy: commenters' names replaced by pseudonyms, in every table."""

import re
from dataclasses import replace

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


def hide_commenters(analysis: Analysis) -> Analysis:
    """The analysis with commenters' names hidden.

    Authors, and whom a comment answers by name, become pseudonyms ("Reader 1"), the same for the same name on all pages
    of a corpus. Wherever such a name stands in a text it is covered, one sign for each character, so that offsets stay.
    What else gives a person away (nicknames, places, the words themselves) remains.
    """
    readers = name_readers(analysis.comments)
    if not readers:
        return analysis
    names = "|".join(re.escape(name) for name in sorted(readers, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")

    def cover(text: object) -> object:
        return pattern.sub(lambda match: MASK * len(match[0]), text) if isinstance(text, str) else text

    tables = {}
    for table, columns in TEXTS.items():
        frame = getattr(analysis, table)
        tables[table] = frame.assign(**{name: frame[name].map(cover).astype("string") for name in columns})
    comments = tables["comments"]
    for column in ("author", "reply_to"):
        comments[column] = (
            comments[column].map(lambda name: readers.get(name, name), na_action="ignore").astype("string")
        )
    return replace(analysis, **tables)
