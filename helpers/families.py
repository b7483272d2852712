"""Families: the headers and signatures of one kind of comment section, found in a page's lines.

Each family is a row of data/threads.yaml. Its patterns see lines without their buttons, with printed times struck out.
"""
import re
from functools import cache
from typing import NamedTuple

from .lines import CLOCK, LONGEST, Page, pattern
from .patterns import words_of
from .tables import read_data

FIELDS = {"name": r"(?P<author>[^\n⌚]{1,100}?)", "user": r"(?P<author>\S{1,40}?)",
          "other": r"(?P<other>[^\n⌚]{1,60}?)", "place": r"(?P<place>[^\n⌚]{1,60}?[^\s.!?…,])",
          "title": r"(?P<title>[^\n⌚]{1,200}?)", "n": r"(?P<n>\d{1,4})",
          "score": r"(?P<score>-?\d[\d,.]*k?)", "time": CLOCK}


class Mark(NamedTuple):
    """A header or signature: the shown lines [first, after) it covers, what it says, and whether it stands free."""
    first: int
    after: int
    says: dict[str, str]
    free: bool


@cache
def compile_family(name: str) -> dict[str, list[tuple[re.Pattern, bool]]]:
    """A family's patterns by kind (headers, footers, inline), and whether each needs a printed time."""
    family, found = read_data("threads.yaml")["families"][name], {"headers": [], "footers": [], "inline": []}
    for kind, patterns in found.items():
        end = "" if kind == "inline" else r"[ \t]*(?=\n|\Z)"
        for words in family.get(kind, []):
            body = re.sub(r"\{([a-z]+)\}", lambda match: FIELDS[match[1]], words.replace(r"\s", r"[^\S\n]"))
            patterns.append((re.compile(body + end), "{time}" in words))
    return found


def may_be_author(name: str) -> bool:
    """Whether words before "said ..." or beside a time read like a name.

    >>> may_be_author("Mrs. Edwina May Boon"), may_be_author("He sat down and then he"), may_be_author("It rained.")
    (True, False, False)
    """
    name = re.sub(r"^[“\"'](.+)[”\"']$", r"\1", name.strip())
    ends = re.search(r"(\S+)[.!?…;,]$", name)
    word = ends and len(ends[1]) > 3 and "." not in ends[1]   # an initial or "Jr." may end in a full stop
    sentence = ends and (word or not re.search(r"[A-Z.]|^\w$", ends[1]) or name[-1] in "!?…;,")
    sentence = sentence or (len(name.split()) > 3 and re.search(", [a-z]", name))
    short = (len(name) <= 60 and len(name.split()) <= 8) or re.search("[»|]", name)   # or another site's title
    return bool(re.search(r"\w", name) and short and not sentence and not pattern("prose_author").search(name))


def is_bare_name(name: str) -> bool:
    """Whether a line with nothing beside it can be a name: a few words, each with a capital, or one word."""
    if pattern("anonymous").fullmatch(name):
        return True
    words, small = name.split(), words_of("threads.yaml", "small_in_names")
    capital = len(words) == 1 or all(not word[0].islower() or word in small for word in words)
    return bool(capital and len(name) <= 40 and len(words) <= 4 and may_be_author(name)
                and not re.search(r"\d{3}|[&/%=#]", name))


def find_marks(page: Page, kind: str, name: str) -> list[Mark]:
    """Every header (or footer) of a family on a page, in order, none overlapping another."""
    if (kind, name) not in page.marks:
        found, k = [], 0
        while compile_family(name)[kind] and k < len(page.shown):
            mark = read_mark(page, k, kind, name)
            found += [mark] if mark else []
            k = mark.after if mark else k + 1
        page.marks[kind, name] = found
    return page.marks[kind, name]


def read_mark(page: Page, k: int, kind: str, name: str) -> Mark | None:
    """The header (or signature) of a family that begins at the k-th shown line, if one does."""
    text, bare = page.windows[k], read_data("threads.yaml")["families"][name].get("bare")
    at_end = kind == "footers"
    if len(page.lines[page.shown[k]].text) > LONGEST and kind != "inline":
        return None
    for words, timed in compile_family(name)[kind]:
        match = words.match(text) if not timed or CLOCK in text else None
        says = {field: value.strip() for field, value in match.groupdict().items() if value} if match else {}
        if not match or not match[0] or ("author" in says and not may_be_author(says["author"])):
            continue
        here = page.shown[k:k + match[0].count("\n") + 1]
        if CLOCK in match[0]:
            says["date"] = [time for i in here for time in page.shapes[i].times][0]
        plain = not {"date", "title"} & set(says) and text[0] not in "-–—"
        if (plain if at_end else bare) and not is_bare_name(says.get("author", "A")):
            continue
        flags = {"glued": any(page.shapes[i].glued for i in here),
                 "dotted": any("•" in line.text for line in page.lines[here[0]:here[-1] + 1]),
                 "marked": at_end and pattern("signs_off").match(text)}
        says |= {flag: "1" for flag, is_set in flags.items() if is_set}
        return Mark(k, k + len(here), says, is_free(page, k, k + len(here), at_end))
    return None


def is_free(page: Page, k: int, after: int, at_end: bool) -> bool:
    """Whether shown lines stand apart from the words: behind a button or a blank line (before one, if they close)."""
    if at_end:
        below = page.shown[after - 1] + 1
        return after >= len(page.shown) or page.shown[after] > below or (page.lines[below].gap > 0 and not page.airy)
    here = page.shown[k]
    return k == 0 or page.shown[k - 1] < here - 1 or (page.lines[here].gap > 0 and not page.airy)


def keep_consistent(marks: list[Mark], bounded: bool) -> list[Mark]:
    """The marks less those that lack what most of the page's others have: a dash, a time, a place that stands free."""
    for has, most in ((lambda mark: "marked" in mark.says, 0.6), (lambda mark: "date" in mark.says, 0.75),
                      (lambda mark: mark.free or "date" in mark.says, 0.75)):
        share = sum(map(has, marks)) / max(1, len(marks))
        if share >= most and len(marks) > 2:
            marks = [mark for n, mark in enumerate(marks) if has(mark) or (n == 0 and "date" in mark.says)]
    return [mark for mark in marks if mark.free] if bounded else marks


def keep_in_order(marks: list[Mark]) -> list[Mark]:
    """Numbered headers that count on from the first: 1, 2, 3; a list inside a letter begins anew and is left out."""
    kept: list[Mark] = []
    for mark in marks:
        if int(mark.says["n"]) == (int(kept[-1].says["n"]) + 1 if kept else 1):
            kept.append(mark)
    return kept
