"""Pieces: the comments of a section as stretches of lines, told apart by headers, signatures or blank lines."""
import re
from bisect import bisect
from itertools import pairwise
from typing import NamedTuple

from .families import Mark, find_marks, is_bare_name, keep_consistent, keep_in_order
from .layout import role_by_look
from .lines import CLOCK, Page, is_below, is_closer, is_opener, pattern
from .tables import read_data


class Piece(NamedTuple):
    """A comment in lines: header from `first`, words from `words` to before `stop`, all of it before `end`."""
    first: int
    words: int
    stop: int
    end: int
    says: dict[str, str]
    free: bool = True


def marks_below(page: Page, kind: str, name: str, after: int) -> list[Mark]:
    """The headers (or signatures) of a family below a line; one that follows it directly stands free."""
    first = bisect(page.shown, after)
    return [mark._replace(free=True) if mark.first == first else mark for mark in find_marks(page, kind, name)
            if mark.first >= first]


def end_of(page: Page, last: int) -> int:
    """Where a section ends whose last header stands on line `last`: at a closer, or at what stands below."""
    for i, line in enumerate(page.lines[last + 1:], last + 1):
        furniture = i > last + 1 and line.gap and i not in page.hidden and role_by_look(line.text, False) in (
            "boilerplate", "rights")
        if furniture or is_closer(line) or is_below(line):
            return i
    return len(page.lines)


def by_headers(page: Page, name: str, after: int, declared: int | None) -> list[Piece]:
    """The comments below line `after` that a family's headers open."""
    family, shown, top = read_data("threads.yaml")["families"][name], page.shown, bisect(page.shown, after) + 2
    marks = marks_below(page, "inline" if "inline" in family else "headers", name, after)
    if "inline" in family:
        marks = [mark._replace(after=mark.first) for mark in marks]
    elif "footers" in family and not family.get("counted"):   # a header is below a signature, or opens the section
        signed = {mark.after for mark in marks_below(page, "footers", name, after)}
        marks = [mark for mark in marks if signed and (mark.first in signed or mark.first <= top
                                                       or is_opener(page.lines[shown[mark.first - 1]]))]
    marks = keep_in_order(marks) if family.get("counted") else keep_consistent(marks, family.get("bounded", False))
    marks = name_above(page, drop_copies(page, marks))
    starts = [shown[mark.first] for mark in marks]
    marks = cut_below(page, marks, starts, declared)
    needs = set(family.get("needs", []))
    if not marks or (needs and not any(needs & set(mark.says) for mark in marks)):
        return []
    words = [shown[mark.after - 1] + 1 if mark.after > mark.first else shown[mark.first] for mark in marks]
    stops = [*starts[1:len(marks)], end_of(page, words[-1] - 1)]
    pieces = [Piece(start, word, stop, stop, mark.says, mark.free)
              for start, word, stop, mark in zip(starts, words, stops, marks, strict=False)]
    return [piece for piece in pieces if not is_pingback(page, piece)]


def drop_copies(page: Page, marks: list[Mark]) -> list[Mark]:
    """The headers less those that only copy an earlier one, directly under the header of the comment that quotes it."""
    words = ["\n".join(page.lines[i].text for i in page.shown[mark.first:mark.after]) for mark in marks]
    first = {said: n for n, said in reversed(list(enumerate(words)))}
    return [mark for n, mark in enumerate(marks)
            if not (n and marks[n - 1].after == mark.first and first[words[n]] < n)]


def name_above(page: Page, marks: list[Mark]) -> list[Mark]:
    """The headers, put right where the name found is only whom it answers: the author's own stands free above it."""
    seen, kept = set(), []
    for n, mark in enumerate(marks):
        author, k = mark.says.get("author"), mark.first
        if author in seen and k > 1 and marks[n - 1].after < k:
            above = page.lines[page.shown[k - 1]]
            between = page.lines[page.shown[k - 1] + 1:page.shown[k] + 1]
            free = above.gap > 0 or page.shown[k - 2] < page.shown[k - 1] - 1
            badges = len(between) <= 2 and all(not line.gap and re.search("[A-Za-z]", line.text) for line in between)
            if free and badges and is_bare_name(above.text):
                says = mark.says | {"author": above.text, "other": author}
                mark = mark._replace(first=k - 1, free=True, says=says)
        seen.add(author)
        kept.append(mark)
    return kept


def cut_below(page: Page, marks: list[Mark], starts: list[int], declared: int | None) -> list[Mark]:
    """The headers up to where the section ends: what looks like more of them below is a list of other pages."""
    for n, (first, following) in enumerate(pairwise(starts), 1):
        fits = abs(n - declared) < abs(len(marks) - declared) if declared else len(marks) - n <= len(marks) / 4
        if fits and any(is_closer(line) or is_below(line) for line in page.lines[first + 1:following]):
            return marks[:n]
    return marks


def is_pingback(page: Page, piece: Piece) -> bool:
    """Whether a piece is another site's link back rather than somebody's comment."""
    words = page.lines[piece.words].text[:1000] if piece.words < piece.stop else ""
    author = piece.says.get("author", "")
    return bool(pattern("excerpt").fullmatch(words) and pattern("pingback").fullmatch(author))


def by_footers(page: Page, name: str, after: int) -> list[Piece]:
    """The comments below line `after` that a signature closes."""
    shown, marks = page.shown, marks_below(page, "footers", name, after)
    if not marks:
        return []
    end = end_of(page, shown[marks[0].after - 1])
    pieces, first = [], after + 1
    for mark in keep_consistent([mark for mark in marks if shown[mark.first] < end], False):
        stop, end = shown[mark.first], shown[mark.after - 1] + 1
        while first < stop and (first in page.hidden or pattern("intro").fullmatch(page.lines[first].text)):
            first += 1
        pieces.append(Piece(first, first, stop, end, mark.says, mark.free))
        first = end
    return pieces


def by_blocks(page: Page, after: int, declared: int | None) -> list[Piece]:
    """The blocks between what announces a section and what closes it, where names were stripped.

    Blocks are what buttons part, where they part most of it; else lines, or what blank lines part, whichever comes
    nearer to the declared count. None where the count is far off, where times are left (then so are names), or where
    nothing says that these are comments.
    """
    end = end_of(page, after)
    if sum(page.shapes[i].text == CLOCK for i in range(after + 1, end)) > 2:
        return []
    shown = [i for i in page.shown if after < i < end and role_by_look(page.lines[i].text, False) is None
             and not pattern("intro").fullmatch(page.lines[i].text)]
    starts = [[i for n, i in enumerate(shown) if n == 0 or page.lines[i].gap >= gap] for gap in (0, 1, 2)]
    starts.append([i for n, i in enumerate(shown) if n == 0 or shown[n - 1] < i - 1])
    lines, spaced, _, parted = readings = [
        [Piece(first, first, shown[bisect(shown, stop - 1) - 1] + 1, stop, {}) for first, stop in pairwise([*at, end])]
        for at in starts]
    off = [abs(len(pieces) - (declared or 0)) for pieces in readings]
    if len(parted) > 2 and (not declared or off[3] <= max(1, declared // 8)):
        return parted
    if declared:
        return readings[off.index(min(off))] if min(off) <= max(1, declared // 8) else []
    best = spaced if len(spaced) > 1 else lines
    closed = end < len(page.lines)
    return best if closed and all(re.search(r"[.!?…)]$", page.lines[piece.first].text) for piece in best) else []
