"""Lines: the non-blank lines of a page, the times printed in them, absolute or relative, and what announces, counts,
parts and closes a comment section (the words for it: data/threads.yaml)."""
import re
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from . import patterns
from .dates import TIME, find_dates
from .tables import read_data

CLOCK = "⌚"   # stands for a printed time in a line's shape
LONGEST = 200   # characters; a longer line heads no comment
DEEPEST = 5   # lines a header may run over
pattern = partial(patterns.pattern, "threads.yaml", flags=0)


class Line(NamedTuple):
    """A non-blank line, trimmed, or a paragraph of several: its offsets, its words, and the blank lines before it."""
    start: int
    end: int
    text: str
    gap: int


class Shape(NamedTuple):
    """A line with every printed time struck out for one mark, and those times: ISO, or as printed."""
    text: str
    times: tuple[str, ...]
    glued: bool = False   # the time stood right behind a word


class Page(NamedTuple):
    """A page as the families read it: lines and their shapes, the indices of those that are shown (no buttons) and
    hidden, whether blank lines stand everywhere, the shape of each shown line with the next four, and the headers and
    signatures found so far."""
    lines: list[Line]
    shapes: list[Shape]
    shown: list[int]
    hidden: set[int]
    airy: bool
    windows: list[str]
    marks: dict[tuple[str, str], list]


def split_lines(text: str) -> list[Line]:
    """The non-blank lines of a text, trimmed, with their offsets."""
    lines, previous = [], -1
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)", text)):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            lines.append(Line(start, start + len(words), words, number - previous - 1))
            previous = number
    return lines


def find_times(kind: str, text: str, taken: list[tuple]) -> list[re.Match]:
    """The times of one kind in a text that lie in none that was found before."""
    return [m for m in pattern(kind).finditer(text) if not any(s < m.end() and m.start() < e for s, e, _ in taken)]


def shape_of(text: str) -> Shape:
    """A short line with its times struck out; a date without a year stays as printed, as does "3 years ago".

    >>> shape_of("Anonymous said...May 3, 2010 at 4:01 PM")
    Shape(text='Anonymous said... ⌚', times=('2010-05-03',), glued=True)
    >>> shape_of("kelp 12 points 3 years ago")
    Shape(text='kelp 12 points ⌚', times=('3 years ago',), glued=False)
    """
    text = text.replace(CLOCK, " ")
    if len(text) > LONGEST or not pattern("hint").search(text):
        return Shape(text, ())
    text, glued = pattern("glued").subn(" ", text)
    text = re.sub(r"(?<=\d) ['’‘](?=\d\d\b)", " 20", text)   # Mar 3 '21
    found = [(date.start, date.end, date.iso if date.has_year else text[date.start:date.end])
             for date in find_dates(text)]
    found += [(*m.span(), "20" + m["year"]) for m in find_times("short_year", text, found)]
    found = [widen_to_clock(text, *place) for place in found]
    for kind in ("relative", "short_relative"):
        found += [(*m.span(), None) for m in find_times(kind, text, found)]
    shape, times, at = "", [], 0
    for start, end, iso in sorted(found):
        shape += text[at:start] + CLOCK
        times.append(iso or text[start:end].strip())
        at = end
    return Shape(shape + text[at:], tuple(times), glued > 0)


def widen_to_clock(text: str, start: int, end: int, iso: str | None) -> tuple[int, int, str | None]:
    """A date's place with the day's name and the time of day that stand beside it."""
    before = pattern("before_date").search(text[:start])
    after = pattern("after_date").match(text, end) or TIME.match(text, end)
    return before.start() if before else start, after.end() if after else end, iso


def read_count(line: Line) -> tuple[int, str | None] | None:
    """How many comments a line such as '12 replies on “Title”' declares, and the title it names."""
    if len(line.text) > 200:
        return None
    for count in read_data("threads.yaml")["counts"]:
        match = re.fullmatch(count, line.text)
        if match:
            n = match["n"].lower().replace(",", "")
            title = (match.groupdict().get("title") or "").strip(" “”\"«»‘’'") or None
            return (int(n) if n.isdigit() else read_data("threads.yaml")["numbers"][n]), title
    return None


def is_opener(line: Line) -> bool:
    """Whether a line announces a comment section: a heading, a count, or a paragraph that ends like one."""
    said = line.text if len(line.text) <= 300 else line.text[-160:]
    return bool(pattern("heading").fullmatch(said) or read_count(line))


def is_closer(line: Line) -> bool:
    """Whether a line closes a comment section: short, and no sentence."""
    return len(line.text) <= 200 and bool(pattern("closers").fullmatch(line.text))


def is_below(line: Line) -> bool:
    """Whether a line belongs to what a page prints below its comments: rights, links to other pages."""
    return len(line.text) <= 200 and bool(pattern("below").fullmatch(line.text))


def is_button(line: Line, shape: Shape) -> bool:
    """Whether a line is only a button, a score, a badge or a notice ("deleted") beside a comment's words."""
    if len(line.text) > 120:
        return False
    left, timed = pattern("signs").sub(" ", line.text).strip(), CLOCK in shape.text
    if not left:
        return not timed and not pattern("numbering").fullmatch(line.text)
    return bool(not timed and pattern("phrases").fullmatch(left)
                or pattern("buttons").fullmatch(line.text) or pattern("notices").fullmatch(line.text))


def find_repeated(lines: list[Line], shapes: list[Shape]) -> set[int]:
    """Short lines that stand on the page about as often as times do, and before no time: buttons of this site."""
    timed, places = [CLOCK in shape.text for shape in shapes], {}
    for i, line in enumerate(lines):
        if (len(line.text) <= 40 and not timed[i] and pattern("repeatable").fullmatch(line.text)
                and not pattern("numbering").fullmatch(line.text)):
            places.setdefault(re.sub(r"[\d.,]+", "0", line.text.lower()), []).append(i)
    often = max(3, sum(timed) / 2)
    repeated = [found for found in places.values() if len(found) >= often and not is_opener(lines[found[0]])
                and not pattern("anonymous").fullmatch(lines[found[0]].text)
                and all(i + 1 < j for i, j in pairwise(found))   # words may repeat a line, one below the other
                and sum(any(timed[i + 1:i + 2]) for i in found) < len(found) / 2]
    return {i for found in repeated for i in found}


def read_lines(text: str) -> Page:
    """A page's lines; hidden are the buttons, and an avatar's single letter above a name that begins with it."""
    lines, shown = split_lines(text), []
    shapes = [shape_of(line.text) for line in lines]
    repeated = find_repeated(lines, shapes)
    for i in range(len(lines) - 1, -1, -1):
        initial = len(lines[i].text) == 1 and shown and lines[i].text.lower() in "?" + lines[shown[-1]].text[0].lower()
        if not initial and i not in repeated and not is_button(lines[i], shapes[i]):
            shown.append(i)
    shown.reverse()
    windows = ["\n".join(shapes[i].text for i in shown[k:k + DEEPEST]) for k in range(len(shown))]
    airy = sum(line.gap > 0 for line in lines) > 0.85 * len(lines)
    return Page(lines, shapes, shown, set(range(len(lines))) - set(shown), airy, windows, {})


def choose_count(counts: list[tuple[int, tuple[int, str | None]]], first: int | None) -> tuple[int | None, str | None]:
    """The declared number of comments, and the title its line names, from (line, (number, title)) pairs.

    The count nearest above the section wins, then one that names the page's title; of others that differ (a list of
    most read pages) none is taken.
    """
    beside = [count for i, count in counts if first is not None and 0 < first - i <= 12][-1:]
    titled = [count for _, count in counts if count[1]]
    chosen = beside or titled or ([counts[0][1]] if len({n for _, (n, _) in counts}) == 1 else [])
    return chosen[0] if chosen else (None, None)
