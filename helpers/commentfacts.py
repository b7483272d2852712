"""Comment facts: repeats, promotion, time of day and language of comments, and whether they side with the article."""
import re
from functools import cache

import pandas as pd
from textblob.en import spelling

from .addressees import said
from .corpus import detect_language
from .dates import TIME
from .tables import as_table, read_data, texts_of


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
    headed = spans[spans.role == "comment"].groupby("doc_id")
    places = {doc_id: list(zip(tiles.start, tiles.end, strict=True)) for doc_id, tiles in headed}
    pages, sizes = texts_of(documents), comments.groupby("doc_id").size()
    times: list[str | None] = []
    for row in comments.itertuples():
        page, tiles = pages[row.doc_id], places.get(row.doc_id, [])
        if len(tiles) != sizes[row.doc_id]:
            times.append(None)
            continue
        start, end = tiles[row.position - 1]
        other = row.reply_to if isinstance(row.reply_to, str) else "\n"   # a time that names the comment it answers
        parts = (page[start:row.start].replace(other, " "), page[row.end:end].replace(other, " "))
        times.append(next(filter(None, map(read_clock, parts)), None))
    return times


def describe_comments(comments: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The comments with n_words, time, language, unknown_words, repeat_of and promotion (words that advertise)."""
    texts = comments.text.fillna("")
    return as_table("comments", comments.assign(
        n_words=texts.str.split().str.len(), time=find_times(comments, spans, documents),
        language=[detect_language(text) for text in texts], unknown_words=[share_unknown(text) for text in texts],
        repeat_of=find_repeats(comments), promotion=[m and m[0] for m in map(said("promotion").search, texts)]))


def name_side(author: float | None, commenter: float | None) -> str:
    """sides, opposes, or unclear, from the mean scores of the article's author and of a comment toward one target.

    Unclear, which is the default, unless both are as far from zero as data/replies.yaml asks.

    >>> name_side(-0.6, -0.8), name_side(0.7, -0.8), name_side(0.1, -0.8), name_side(None, -0.8)
    ('sides', 'opposes', 'unclear', 'unclear')
    """
    least = read_data("replies.yaml")["least"]
    if pd.isna(author) or pd.isna(commenter) or abs(author) < least["author"] or abs(commenter) < least["commenter"]:
        return "unclear"
    return "sides" if (author > 0) == (commenter > 0) else "opposes"


def find_sides(comments: pd.DataFrame, stance: pd.DataFrame, targets: tuple[str, ...]) -> pd.DataFrame:
    """Whether each comment with words sides with the article, target by target.

    One row per comment and target: `author` and `commenter`, their mean scores toward it (-1 to 1, null where nothing
    is scored), and `side`: unrelated (the comment does not name the target), sides, opposes or unclear (`name_side`).
    """
    keys = ["doc_id", "comment_id", "target"]
    said_of = stance[stance.holder == "commenter"].groupby(keys).score.mean()
    held = stance[(stance.holder == "author") & stance.label.notna()].groupby(["doc_id", "target"]).score.mean()
    worded = comments.loc[comments.text != "", ["doc_id", "comment_id"]]
    pairs = worded.merge(pd.DataFrame({"target": targets}), how="cross")
    pairs = pairs.join(held.rename("author"), on=["doc_id", "target"]).join(said_of.rename("commenter"), on=keys)
    named = pd.MultiIndex.from_frame(pairs[keys]).isin(said_of.index)
    scores = zip(pairs.author, pairs.commenter, named, strict=True)
    sides = [name_side(author, commenter) if spoken else "unrelated" for author, commenter, spoken in scores]
    return as_table("sides", pairs.assign(side=sides))
