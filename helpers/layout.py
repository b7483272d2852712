"""Layout: a page tiled with spans, each with its role: title, byline, date, caption, body, or only furniture.

Lines are joined to paragraphs where a page is hard-wrapped. Each paragraph gets one role: first by what it looks like
(data/layout.yaml), then by where it stands, before, in or after the article. A city glued to the first paragraph
("NAIROBI (Agency) -") becomes a date line of its own.
"""
import re
from bisect import bisect, bisect_left
from collections import Counter
from itertools import pairwise

from .dates import read_date_line
from .lines import Line, split_lines
from .tables import read_data
from .titles import find_title, is_name, key, pattern

NAME = r"(?:[A-ZÀ-Þ][\w.’'-]+ ?){2,4}"


def find_spans(text: str, thread_spans: list[tuple[int, int, str]], declared: str | None) -> list[tuple[int, int, str]]:
    """Tile a page with spans (start, end, role); the comment section's are given.

    >>> [role for *_, role in find_spans("Rain at last\\n\\nBy Ann Lee\\n\\n" + "The rain came. " * 9, [], None)]
    ['title', 'byline', 'body']
    """
    starts, ends = [start for start, *_ in thread_spans], [0, *(end for _, end, _ in thread_spans)]   # no overlap
    units = join_lines([line for line in split_lines(text) if line.start >= ends[bisect(starts, line.start)]])
    # what stands below the comments is not the author's: no body there
    below = max((end for _, end, role in thread_spans if role == "comment"), default=len(text))
    above = [unit for unit in units if unit.start < below] or units
    roles = find_roles(above, declared)
    roles += [role_by_look(unit.text, is_prose(unit.text)) or "boilerplate" for unit in units[len(above):]]
    labels = sum(bool(re.match(r"[A-ZÀ-Þ .’'-]{3,40}: ", unit.text)) for unit in units) > 1   # speakers, not cities
    layout, spans, placed = read_data("layout.yaml"), list(thread_spans), False
    for unit, role in zip(units, roles, strict=True):
        glued = re.match(layout["place"], unit.text) if role == "body" and not placed else None
        placed = placed or role == "body"
        if glued and not (labels and ": " in unit.text[:42]) and not re.match(layout["not_place"], unit.text):
            spans.append((unit.start, unit.start + len(glued[0].rstrip()), "dateline"))
            unit = unit._replace(start=unit.start + glued.end())
        spans.append((unit.start, unit.end, role))
    return sorted(spans)


def join_lines(lines: list[Line]) -> list[Line]:
    """Paragraphs: lines, joined where a block is hard-wrapped (full lines, none over 100 characters)."""
    blocks, units = [], []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    for block in blocks:
        longest = max(len(line.text) for line in block)
        full = [len(line.text) >= 0.7 * longest for line in block[:-1]]
        wrapped = len(block) >= 4 and 45 <= longest <= 100 and sum(full) >= 0.8 * len(full)
        units.append([block[0]])
        for before, line in pairwise(block):
            runs_on = (45 <= len(before.text) <= 100 and line.text[0].islower()
                       and not re.search(r"[.!?…][\"”’')]*$", before.text))
            if wrapped or runs_on:
                units[-1].append(line)
            else:
                units.append([line])
    return [group[0]._replace(end=group[-1].end, text=" ".join(line.text for line in group)) for group in units]


def is_prose(text: str) -> bool:
    """Whether a paragraph reads like running text rather than a heading, a name or a button."""
    words = len(text.split())
    if len(text) > 40 and len(text) > 25 * words:   # a script without blanks
        return True
    two_sentences = r"[.!?][\"”’')]* [A-ZÀ-Þ“\"]\w.*[.!?…][\"”’')]*$"
    return words >= 25 or (words >= 9 and bool(re.search(r"[.:…][\"”’')\]]*$|" + two_sentences, text)))


def is_date_line(text: str) -> bool:
    """Whether a line is a date, perhaps after an outlet or a city."""
    if len(text) > 120:
        return False
    items = re.split(r"\s{2,}|\s[|•·]\s", text)
    if len(items) > 1 and any(map(is_date_line, items)):   # "The Bulletin     No. 4     May 1988"
        return True
    read = read_date_line(text)
    return bool(read) and (not read[0] or (len(read[0].split()) <= 4 and len(text) <= 80 and is_name(read[0])))


def role_by_look(text: str, prose: bool) -> str | None:
    """The role that a paragraph's own look gives it, wherever it stands."""
    if len(text) <= 400 and pattern("rights").fullmatch(text) and not (prose and len(text) > 200):
        return "rights"
    if is_date_line(text):
        return "dateline"
    if len(text) <= 700 and pattern("caption").fullmatch(text):
        return "caption"
    items = re.split(r"\s*[|•·]\s*|\s{2,}|\t", text)
    menu = len(items) >= 3 and all(len(item.split()) <= 3 for item in items)
    if menu or (pattern("boilerplate").fullmatch(text) and not (prose and len(text) > 250)):
        return "boilerplate"
    if len(text) <= 160 and not prose and pattern("byline").fullmatch(text):
        return "byline"
    placed = pattern("caption_places").search(text) and not re.search(r"[.!?][\"”’')]*$", text)
    return "caption" if placed else None


def find_article(units: list[Line], looks: list[str | None]) -> tuple[int, int]:
    """First and last+1 paragraph of the article: running text, less the standfirst above date and byline.

    A press release ends where it says what its sender is ("About the Federation"); short last sentences and
    a signature under a closing quotation still belong to it.
    """
    plain = [i for i, look in enumerate(looks) if look is None]
    prose = [i for i in plain if is_prose(units[i].text)] or [   # or a page of short sentences
        i for i in plain if re.search(r"\w.* .*[.!?…][\"”’')]*$", units[i].text)]
    if not prose:
        return len(units), len(units)
    first, seen = 0, Counter()
    dated = [bisect_left(prose, i) for i in range(prose[0], min(len(units), prose[0] + 40)) if looks[i] == "dateline"]
    diary = len(set(dated)) > 1   # dates with text between them are its headings, not its date
    for i, unit in enumerate(units[:prose[0] + 6]):
        seen[key(unit.text)] += 1
        credit = looks[i] in ("dateline", "byline") and not (diary and i > prose[0])
        marker = credit or (seen[key(unit.text)] > 1 and not is_prose(unit.text))
        if marker and bisect_left(prose, i) <= 2 and prose[-1] > i:
            first = i + 1
    first, last = next(i for i in prose if i >= first), prose[-1] + 1
    for i in range(first + 2, last):
        if i > len(units) / 2 and pattern("sender").fullmatch(units[i].text) and not is_prose(units[i].text):
            return first, i
    while last < len(units) and looks[last] is None and re.search(
            r"^[—–-]\s?\w|^(?:\S+ ){3,}.*[.!?…][\"”’')]*$", units[last].text):
        last += 1
    return first, last


def find_roles(units: list[Line], declared: str | None) -> list[str]:
    """One role for each paragraph of the page outside its comment section."""
    looks = [role_by_look(unit.text, is_prose(unit.text)) for unit in units]
    first, last = find_article(units, looks)
    body = " ".join(unit.text for unit in units[first:last])
    furniture = " ".join(units[i].text for i, look in enumerate(looks) if look in ("rights", "boilerplate"))
    title = find_title(units[:first], looks[:first], body, furniture, declared)
    roles = roles_in_head(units[:first], looks[:first], title)
    names = {name.strip() for unit, role in zip(units, roles + looks[first:], strict=True) if role == "byline"
             for name in re.findall(NAME, re.sub(r"^(?i:by|posted by|text by) ", "", unit.text)) if " " in name.strip()}
    names |= {f"{name.split()[0]} {name.split()[-1]}" for name in names}
    roles += roles_in_article(units[first:last], looks[first:last])
    directly = True   # nothing but article so far
    for look, unit in zip(looks[last:], units[last:], strict=True):
        words = len(unit.text.split())
        signed = directly and is_name(unit.text) and 2 <= words <= 4 and "byline" not in roles
        goes_on = directly and unit.text[0] in "•*" and words > 4
        tail = "byline" if signed else "body" if goes_on else "boilerplate"
        roles.append(look or ("bio" if is_bio(unit.text, names) else tail))
        directly = directly and roles[-1] != "boilerplate"
    for i in range(last - 1, first, -1):   # the author's note may run over several paragraphs above the end
        if looks[i] is None and not is_bio(units[i].text, names):
            break
        roles[i] = "bio" if looks[i] is None else roles[i]
    return roles


def roles_in_head(units: list[Line], looks: list[str | None], title: str | None) -> list[str]:
    """Roles of the lines before the article."""
    roles = []
    for unit, look in zip(units, looks, strict=True):
        titled = "title" in roles
        standfirst = len(unit.text.split()) >= 5 and (titled or is_prose(unit.text))
        plain = "byline" if titled and is_name(unit.text) else "standfirst" if standfirst else "boilerplate"
        roles.append("title" if key(unit.text) == title else look or plain)
    return roles


def roles_in_article(units: list[Line], looks: list[str | None]) -> list[str]:
    """Roles of the paragraphs of the article: body, headings, and what stands between them."""
    roles, before_prose = list(looks), False
    for i in [i for i in reversed(range(len(units))) if looks[i] in (None, "byline")]:   # a heading precedes prose
        text, words = units[i].text, len(units[i].text.split())
        short = words <= 12 and text[0].isupper() and not re.search(r"[.!,;:…\"”]$|^[^:]{1,40}:\s", text)
        heading = "caption" if words >= 7 and "," in text and not text.endswith("?") else "heading"
        roles[i] = heading if before_prose and short and not is_prose(text) else "body"
        before_prose = is_prose(text)
    for i in range(1, len(units)):   # a list under "See also" or "Contents" runs on to the next paragraph
        listing = looks[i - 1] == "boilerplate" and pattern("lists").match(units[i - 1].text) or (
            i > 1 and looks[i - 1] is None and roles[i - 1] == "boilerplate")
        plain = looks[i] is None and not is_prose(units[i].text) and not units[i].text.endswith("[edit]")
        if listing and plain and len(units[i].text.split()) <= 12:
            roles[i] = "boilerplate"
    return roles


def is_bio(text: str, names: set[str]) -> bool:
    """Whether a paragraph speaks of the author."""
    if pattern("bio").fullmatch(text):
        return True
    first = [text[:end.start()] for end in re.finditer(r"\b|(?<=\S)(?=\s)", text[:100])]
    return any(name in names and pattern("bio_verbs").match(text, len(name)) for name in first)
