"""Comment facts: repeats, promotion, time of day and language of comments."""

import re
from functools import cache

import pandas as pd
from textblob.en import spelling

from .corpus import detect_language
from .dates import TIME
from .tables import as_table, read_data


@cache
def compile_promotion() -> re.Pattern:
    """One pattern for all phrases of advertising in data/replies.yaml."""
    return re.compile("|".join(read_data("replies.yaml")["spam"]), re.I)


def read_clock(text: str) -> str | None:
    """The first time of day in a text, on a 24-hour clock: null where none is printed.

    >>> read_clock("Anonymous said... June 8, 2014 at 7:49 PM"), read_clock("May 2014")
    ('19:49', None)
    """
    for m in TIME.finditer(text):
        found = re.search(r"(\d{1,2})[:.h](\d\d)(?::\d\d)?\s*([ap])?", m[0], re.I)
        if found:
            hour, half = int(found[1]), (found[3] or "").lower()
            hour = hour % 12 + (12 if half == "p" else 0) if half else hour
            return f"{hour:02}:{found[2]}" if hour < 24 and int(found[2]) < 60 else None
    return None


@cache
def english_words() -> frozenset[str]:
    """The words of TextBlob's spelling list, about 30,000 counted in English books."""
    return frozenset(map(str.lower, spelling))


def share_unknown(text: str) -> float | None:
    """The share of a comment's words that are no English words, 0 to 1: names (in capitals) and short words aside.

    High where a comment is written in romanised Khmer, in another language, or in many misspellings. Null below six
    such words.

    >>> share_unknown("I really do not think that the rest of the world cares about this")
    0.0
    """
    words = [word for word in re.findall(r"(?<![\w’'])[^\W\d_]{3,}(?![\w’'])", text) if word.islower()]
    return round(sum(word not in english_words() for word in words) / len(words), 2) if len(words) >= 6 else None


def find_repeats(comments: pd.DataFrame) -> pd.Series:
    """For each comment that repeats the words of an earlier one on its page, the comment_id of that one; else null.

    Case and punctuation aside, and only comments of four words or more: "ok" twice is no repeat.
    """
    plain = comments.text.fillna("").str.lower().str.replace(r"\W+", " ", regex=True).str.strip()
    long = plain.str.count(" ") >= 3
    first = comments.comment_id.groupby([comments.doc_id, plain]).transform("first")
    return first.where(long & (first != comments.comment_id)).astype("string")


def find_times(comments: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame) -> list[str | None]:
    """The time of day each comment's header or signature prints, in the order of the comments."""
    places = spans[spans.role == "comment"]
    pages, times = dict(zip(documents.doc_id, documents.text, strict=True)), []
    places = {doc_id: list(tiles.itertuples()) for doc_id, tiles in places.groupby("doc_id")}
    sizes = comments.groupby("doc_id").size()
    for row in comments.itertuples():
        tiles = places.get(row.doc_id, [])
        if len(tiles) != sizes[row.doc_id]:
            times.append(None)
            continue
        place = tiles[row.position - 1]
        parts = [pages[row.doc_id][place.start : row.start], pages[row.doc_id][row.end : place.end]]
        other = row.reply_to if isinstance(row.reply_to, str) else "\n"  # a time that names the comment it answers
        times.append(next(filter(None, (read_clock(part.replace(other, " ")) for part in parts)), None))
    return times


def describe_comments(comments: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The comments with n_words, time, language, unknown_words, repeat_of and promotion (words that advertise)."""
    texts = comments.text.fillna("")
    promotion = [m[0] if m else None for m in map(compile_promotion().search, texts)]
    return as_table(
        "comments",
        comments.assign(
            n_words=texts.str.split().str.len(),
            time=find_times(comments, spans, documents),
            language=[detect_language(text) for text in texts],
            unknown_words=[share_unknown(text) for text in texts],
            repeat_of=find_repeats(comments),
            promotion=promotion,
        ),
    )
