"""Patterns: regular expressions made of the lists of a data file, or of an actors file."""
import re
from functools import cache, lru_cache

from .tables import read_data


@cache
def words_of(file: str, name: str) -> dict[str, None]:
    """The words of a list in a data file, in order; there they stand as a list, or parted by blanks."""
    words = read_data(file)[name]
    return dict.fromkeys(words.split() if isinstance(words, str) else words)


@cache
def pattern(file: str, name: str, flags: int = re.I) -> re.Pattern:
    """A pattern of a data file, compiled; a list there is its alternatives, {name} stands for another of the file."""
    data = read_data(file)
    listed = data[name] if isinstance(data[name], list) else [data[name]]
    words = "|".join(f"(?i:{word[4:]})" if word.startswith("(?i)") else f"(?:{word})" for word in listed)
    words = re.sub(r"\{(\w+)\}", lambda part: f"(?:{data[part[1]]})" if part[1] in data else part[0], words)
    return re.compile(words, flags)


@cache
def phrase(file: str, name: str) -> re.Pattern:
    """One of the `patterns` of a data file: {said} in it stands for any of the words listed there as `said`."""
    source = read_data(file)["patterns"][name]
    return re.compile(re.sub(r"\{([a-z_]+)\}", lambda match: "|".join(words_of(file, match[1])), source))


@lru_cache(8)
def any_of(words: tuple[str, ...], unless: str) -> re.Pattern:
    """A pattern of these words, each a group of its own, but not before what matches `unless`."""
    return re.compile(r"(?<!\w)(?:(" + ")|(".join(map(re.escape, words)) + rf"))(?!\w|{unless})", re.I)


def find_listed(text: str, words: dict[str, object], unless: str = r"\w") -> list[tuple[int, int, str]]:
    """Where words of a list stand in a text, in any case, as (start, end, word as listed): the longest of several.

    >>> find_listed("The premier spoke; the premier of Japan left.", {"the premier": 1}, r"\\s+of\\b")
    [(0, 11, 'the premier')]
    """
    longest = tuple(sorted(words, key=len, reverse=True))
    found = any_of(longest, unless).finditer(text) if longest else []
    return [(*match.span(), longest[match.lastindex - 1]) for match in found]
