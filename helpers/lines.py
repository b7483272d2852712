"""Lines: the non-blank lines of a page, and the times printed in them, absolute or relative."""
import re
from functools import cache
from typing import NamedTuple

from .dates import TIME, find_dates
from .tables import read_data

CLOCK = "⌚"   # stands for a printed time in a line's shape
LONGEST = 200   # characters; a longer line heads no comment


class Line(NamedTuple):
    """A non-blank line, trimmed: its offsets, its text, and the blank lines before it."""
    start: int
    end: int
    text: str
    gap: int


class Shape(NamedTuple):
    """A line with every printed time struck out for one mark, and those times: ISO, or as printed."""
    text: str
    times: tuple[str, ...]
    glued: bool = False   # the time stood right behind a word


def split_lines(text: str) -> list[Line]:
    """The non-blank lines of a text, trimmed, with their offsets."""
    lines, previous = [], 0
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)", text)):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            lines.append(Line(start, start + len(words), words, number - previous - 1 if lines else number))
            previous = number
    return lines


@cache
def time_patterns() -> dict[str, re.Pattern]:
    """Relative times, names of days, and the places where a date is glued to what stands before it."""
    return {name: re.compile(words) for name, words in read_data("threads.yaml")["times"].items()}


def shape_of(text: str) -> Shape:
    """A short line with its times struck out; a date without a year stays as printed, as does "3 years ago".

    >>> shape_of("Anonymous said...May 3, 2010 at 4:01 PM")
    Shape(text='Anonymous said... ⌚', times=('2010-05-03',), glued=True)
    >>> shape_of("kelp 12 points 3 years ago")
    Shape(text='kelp 12 points ⌚', times=('3 years ago',), glued=False)
    """
    text = text.replace(CLOCK, " ")
    if len(text) > LONGEST or not time_patterns()["hint"].search(text):
        return Shape(text, ())
    text, glued = time_patterns()["glued"].subn(" ", text)
    text = re.sub(r"(?<=\d) ['’‘](?=\d\d\b)", " 20", text)   # Mar 3 '21
    found = [(date.start, date.end, date.iso if date.has_year else text[date.start:date.end])
             for date in find_dates(text)]
    found += [(*m.span(), "20" + m["year"]) for m in time_patterns()["short_year"].finditer(text)
              if not any(s < m.end() and m.start() < e for s, e, _ in found)]
    found = [widen_to_clock(text, *place) for place in found]
    for kind in ("relative", "short_relative"):
        found += [(*m.span(), None) for m in time_patterns()[kind].finditer(text)
                  if not any(s < m.end() and m.start() < e for s, e, _ in found)]
    shape, times, at = "", [], 0
    for start, end, iso in sorted(found):
        shape += text[at:start] + CLOCK
        times.append(iso if iso else text[start:end].strip())
        at = end
    return Shape(shape + text[at:], tuple(times), glued > 0)


def widen_to_clock(text: str, start: int, end: int, iso: str | None) -> tuple[int, int, str | None]:
    """A date's place with the day's name and the time of day that stand beside it."""
    before = time_patterns()["before_date"].search(text[:start])
    start = before.start() if before else start
    after = time_patterns()["after_date"].match(text, end) or TIME.match(text, end)
    return start, after.end() if after else end, iso
