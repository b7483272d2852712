"""Sections: what announces, counts, parts and closes a comment section (the words for it: data/threads.yaml)."""
import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .lines import CLOCK, Line, Shape, shape_of, split_lines
from .tables import read_data

DEEPEST = 5   # lines a header may run over


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


@cache
def pattern(name: str) -> re.Pattern:
    """A pattern of data/threads.yaml; a list there is its alternatives."""
    words = read_data("threads.yaml")[name]
    listed = [words] if isinstance(words, str) else words
    return re.compile("|".join(f"(?i:{word[4:]})" if word.startswith("(?i)") else f"(?:{word})" for word in listed))


@cache
def button_words() -> tuple[re.Pattern, re.Pattern]:
    """Numbers and signs; and a line of nothing but the words of buttons."""
    data = read_data("threads.yaml")
    phrases = re.sub(r"\s*\n?\|\s*", "|", data["phrases"].strip())
    return re.compile(data["signs"]), re.compile(rf"(?:(?:{phrases})(?: |$))*", re.I)


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
    return bool(pattern("heading").fullmatch(said) or (len(line.text) <= 300 and read_count(line)))


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
    signs, phrases = button_words()
    left = signs.sub(" ", line.text).strip()
    if not left:
        return CLOCK not in shape.text and not pattern("numbering").fullmatch(line.text)
    named = CLOCK not in shape.text and phrases.fullmatch(left)
    return bool(named or pattern("buttons").fullmatch(line.text) or pattern("notices").fullmatch(line.text))


def find_repeated(lines: list[Line], shapes: list[Shape]) -> set[int]:
    """Short lines that stand on the page about as often as times do, and before no time: buttons of this site."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if (len(line.text) <= 40 and CLOCK not in shapes[i].text and pattern("repeatable").fullmatch(line.text)
                and not pattern("numbering").fullmatch(line.text)):
            places.setdefault(re.sub(r"[\d.,]+", "0", line.text.lower()), []).append(i)
    often = max(3, sum(CLOCK in shape.text for shape in shapes) / 2)
    repeated = [found for found in places.values() if len(found) >= often and not is_opener(lines[found[0]])
                and not pattern("anonymous").fullmatch(lines[found[0]].text)
                and all(i + 1 < j for i, j in pairwise(found))]   # words may repeat a line, one below the other
    return {i for found in repeated if sum(CLOCK in shape.text for j in found for shape in shapes[j + 1:j + 2])
            < len(found) / 2 for i in found}


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


def choose_count(counts: list[tuple[int, tuple[int, str | None]]],
                 first: int | None) -> tuple[int | None, str | None]:
    """The declared number of comments, and the title its line names, from (line, (number, title)) pairs.

    The count nearest above the section wins, then one that names the page's title; of others that differ (a list of
    most read pages) none is taken.
    """
    beside = [count for i, count in counts if first is not None and 0 < first - i <= 12][-1:]
    titled = [count for _, count in counts if count[1]]
    chosen = beside or titled or ([counts[0][1]] if len({n for _, (n, _) in counts}) == 1 else [])
    return chosen[0] if chosen else (None, None)
