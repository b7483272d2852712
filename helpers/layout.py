"""Layout: a page tiled with spans, each with its role.

Lines are joined to paragraphs where a page is hard-wrapped, each paragraph gets a role (roles.py), and a city
glued to the first paragraph ("NAIROBI (Agency) -") becomes a date line of its own.
"""
import re
from bisect import bisect

from .lines import Line, split_lines
from .roles import find_roles, is_prose, role_by_look
from .tables import read_data
from .titles import Unit


def join_lines(lines: list[Line]) -> list[Unit]:
    """Paragraphs: lines, joined where a block is hard-wrapped (full lines, none over 100 characters)."""
    blocks, units = [], []
    for line in lines:
        if blocks and not line.gap:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    for block in blocks:
        longest = max(len(line.text) for line in block)
        full = [len(line.text) >= 0.7 * longest for line in block[:-1]]
        wrapped = len(block) >= 4 and 45 <= longest <= 100 and sum(full) >= 0.8 * len(full)
        group = [block[0]]
        for before, line in zip(block, block[1:], strict=False):
            runs_on = (len(before.text) <= 100 and len(before.text) >= 45 and line.text[0].islower()
                       and not re.search(r"[.!?…][\"”’')]*$", before.text))
            if wrapped or runs_on:
                group.append(line)
            else:
                units.append(group)
                group = [line]
        units.append(group)
    return [Unit(group[0].start, group[-1].end, " ".join(line.text for line in group)) for group in units]


def find_spans(text: str, thread_spans: list[tuple[int, int, str]], declared: str | None) -> list[tuple[int, int, str]]:
    """Tile a page with spans (start, end, role); the comment section's are given.

    >>> [role for *_, role in find_spans("Rain at last\\n\\nBy Ann Lee\\n\\n" + "The rain came. " * 9, [], None)]
    ['title', 'byline', 'body']
    """
    starts = [start for start, _, _ in thread_spans]   # sorted, without overlap
    def in_thread(line: Line) -> bool:
        i = bisect(starts, line.start)
        return i > 0 and line.start < thread_spans[i - 1][1]

    units = join_lines([line for line in split_lines(text) if not in_thread(line)])
    spans = list(thread_spans)
    # what stands below the comments is not the author's: no body there
    below = max((end for _, end, role in thread_spans if role == "comment"), default=None)
    above = [unit for unit in units if below is None or unit.start < below]
    roles = find_roles(above, declared) if above else []
    roles += find_roles(units[len(above):], declared) if not above else [
        role_by_look(unit.text, is_prose(unit.text)) or "boilerplate" for unit in units[len(above):]]
    place, placed = re.compile(read_data("layout.yaml")["place"]), False
    labels = sum(bool(re.match(r"[A-ZÀ-Þ .’'-]{3,40}: ", unit.text)) for unit in units) > 1   # speakers, not cities
    for unit, role in zip(units, roles, strict=True):
        may_be_glued = role == "body" and not placed and not (labels and ": " in unit.text[:42])
        glued = place.match(unit.text) if may_be_glued else None
        placed = placed or role == "body"
        if glued and not re.match(read_data("layout.yaml")["not_place"], unit.text):
            spans.append((unit.start, unit.start + len(glued.group().rstrip()), "dateline"))
            unit = unit._replace(start=unit.start + glued.end())
        spans.append((unit.start, unit.end, role))
    return sorted(spans)
