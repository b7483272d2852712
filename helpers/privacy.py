"""Privacy: commenters' names replaced by pseudonyms, in every table."""
from collections.abc import Callable, Iterable
from dataclasses import replace

import ahocorasick
import pandas as pd

from .pipeline import Analysis

MASK = "█"   # one for each character of a name, so that offsets stay
TEXTS = {"documents": ["text", "title", "byline", "outlet", "metadata", "warnings"], "sentences": ["text"],
         "comments": ["text", "title", "promotion"], "mentions": ["expression"], "sentiment": ["words"],
         "addressees": ["expression", "phrase", "name"], "contested": ["expression", "name"]}


def name_readers(comments: pd.DataFrame) -> dict[str, str]:
    """A pseudonym for each name that signs a comment or is answered in one, numbered by first appearance.

    {"Ann Lee": "Reader 1"}. A reference that is no name (another comment, a time) has none.
    """
    signed = comments.author[~comments.anonymous].dropna()
    others = comments.reply_to.dropna()
    others = others[~others.str.fullmatch(r"c\d+") & ~others.str.contains(r"\d")]
    every = pd.concat([signed, others]).drop_duplicates()
    return {name: f"Reader {number}" for number, name in enumerate(every, 1)}


def lower_letters(letters: Iterable[str]) -> str:
    """Letters in lower case, one for one."""
    return "".join(low if len(low := letter.lower()) == 1 else "?" for letter in letters)


def cover_names(readers: Iterable[str]) -> Callable[[object], object]:
    """A function that covers these names in a text, one sign for each character, however they are spaced; names of
    several words in whatever case, one word ("Rose") only as it is signed."""
    automaton = ahocorasick.Automaton()
    for name in readers:
        words = name.split()
        automaton.add_word(lower_letters("".join(words)), (words, len(words) > 1))

    def cover(text: object) -> object:
        if not isinstance(text, str) or not len(automaton):
            return text
        places = [place for place, letter in enumerate(text) if not letter.isspace()]
        letters = list(text)
        for last, (words, any_case) in automaton.iter(lower_letters(map(text.__getitem__, places))):
            start, end = places[last + 1 - sum(map(len, words))], places[last] + 1
            whole = not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
            found = text[start:end].split()
            if whole and (found == words or any_case and [w.lower() for w in found] == [w.lower() for w in words]):
                letters[start:end] = MASK * (end - start)
        return "".join(letters)

    automaton.make_automaton()
    return cover


def hide_names(tables: dict[str, pd.DataFrame], readers: dict[str, str],
               cover: Callable[[object], object]) -> dict[str, pd.DataFrame]:
    """The tables with the names of readers covered in their texts (`cover_names`), and pseudonyms where they sign."""
    hidden = {table: tables[table].assign(**{name: tables[table][name].map(cover).astype("string") for name in columns})
              for table, columns in TEXTS.items()}
    comments = hidden["comments"]
    signed = {column: comments[column].map(lambda name: readers.get(name, name), na_action="ignore").astype("string")
              for column in ("author", "reply_to")}
    return tables | hidden | {"comments": comments.assign(**signed)}


def hide_commenters(analysis: Analysis) -> Analysis:
    """The analysis with commenters' names hidden.

    Authors, and whom a comment answers by name, become pseudonyms ("Reader 1"), the same for the same name on all pages
    of a corpus. Wherever such a name stands in a text it is covered, one sign for each character, so that offsets stay.
    What else gives a person away (nicknames, places, the words themselves) remains.
    """
    readers = name_readers(analysis.comments)
    return replace(analysis, **hide_names(analysis.tables(), readers, cover_names(readers))) if readers else analysis
