"""Threads: the comment section of a flat page, its headers, words, dates and signatures.

Each family of comment sections is a row of data/threads.yaml; one engine reads the page by every family and
keeps the one that explains most of it. A page that only quotes people, or has an empty form, has none.
"""
import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .dates import read_date_line
from .tables import read_data


class Line(NamedTuple):
    """A non-blank line, trimmed: its offsets, its text, and the blank lines before it."""
    start: int
    end: int
    text: str
    gap: int


class Thread(NamedTuple):
    """A page's comment section: comments as rows, spans (start, end, role), what the page declares of it."""
    comments: list[dict]
    spans: list[tuple[int, int, str]]
    declared: int | None
    title: str | None


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
def pattern(name: str) -> re.Pattern:
    """A pattern of data/threads.yaml."""
    return re.compile(read_data("threads.yaml")[name])


def date_of(line: Line) -> str | None:
    """The ISO date of a line that is only a date and time."""
    read = read_date_line(line.text) if len(line.text) <= 60 else None
    return read[1][0][1] if read and not read[0] else None


def read_count(line: Line) -> tuple[int, str | None] | None:
    """How many comments a line such as '12 replies on “Title”' declares, and the title it names."""
    for count in read_data("threads.yaml")["counts"]:
        match = re.fullmatch(count, line.text)
        if match:
            n = match["n"].lower().replace(",", "")
            title = (match.groupdict().get("title") or "").strip(" “”\"«»‘’'") or None
            return (int(n) if n.isdigit() else read_data("threads.yaml")["numbers"][n]), title
    return None


def is_closer(line: Line) -> bool:
    """Whether a line closes a comment section: short, and no sentence."""
    closers = read_data("threads.yaml")["closers"]
    return len(line.text) <= 120 and any(re.fullmatch(closer, line.text) for closer in closers)


def is_below(line: Line) -> bool:
    """Whether a line belongs to what a page prints below its comments: rights, links to other pages."""
    return len(line.text) <= 200 and bool(pattern("below").fullmatch(line.text))


def is_opener(line: Line) -> bool:
    """Whether a line announces a comment section: a heading or a count."""
    return bool(pattern("heading").fullmatch(line.text)) or read_count(line) is not None


def find_headers(lines: list[Line], family: dict) -> list[int]:
    """Indices of the lines that open a comment of this family."""
    header, found = re.compile(family["header"]), []
    signature = re.compile(family["signature"]) if "signature" in family else None
    for i, line in enumerate(lines):
        match = header.fullmatch(line.text)
        if not match:
            continue
        if signature:   # a date line opens a comment only where a section or the comment before it has ended
            before = lines[i - 1] if i else None
            if date_of(line) and before and (is_opener(before) or (found and signature.fullmatch(before.text))):
                found.append(i)
        elif not pattern("prose_author").search(match["author"]) and len(match["author"].split()) <= 8:
            found.append(i)
    signed = not signature or any(signature.fullmatch(line.text) for i in found[:1] for line in lines[i:])
    return found if signed else []


def read_comment(lines: list[Line], family: dict) -> dict:
    """One comment from its lines, the header first: author, date, title, reply_to and the words between."""
    head = re.fullmatch(family["header"], lines[0].text).groupdict()
    row = {"author": head.get("author"), "date": date_of(lines[0]) if "date" in head else None}
    words = [line for line in lines[1:] if not re.fullmatch(read_data("threads.yaml")["not_words"], line.text)]
    if words and "signature" in family:
        signed = re.fullmatch(family["signature"], words[-1].text)
        if signed:
            row |= {"author": signed["author"], "title": signed["title"]}
            words.pop()
    if words and family.get("date") == "first" and date_of(words[0]):
        row["date"] = date_of(words.pop(0))
    if len(words) != 1 and family.get("date") == "last" and words and date_of(words[0]):
        # a time that opens the words of a comment whose own time would close it: the comment it answers
        row["reply_to"], words = words[0].text, words[1:]
    if words and family.get("date") == "last" and date_of(words[-1]):
        stamp = words.pop()
        row |= {"date": date_of(stamp), "stamp": stamp.text}
    start = words[0].start if words else lines[0].end
    return row | {"start": start, "end": words[-1].end if words else start}


def find_thread(text: str) -> Thread:
    """Find the comments of a page, and every line that announces, counts or closes them.

    The family that finds most comments wins; without a heading or count before it, a family needs as many
    headers as its row in data/threads.yaml asks. Missed: families that have no row there yet.

    >>> page = "Body.\\n\\n2 comments:\\n\\nAda said...\\n\\nGood.\\n\\nBo said...\\n\\nBad.\\n\\nPost a Comment"
    >>> [(c["author"], page[c["start"]:c["end"]]) for c in find_thread(page).comments]
    [('Ada', 'Good.'), ('Bo', 'Bad.')]
    """
    lines = split_lines(text)
    best = ([], None, None)
    for name, family in read_data("threads.yaml")["families"].items():
        headers = find_headers(lines, family)
        announced = headers and any(is_opener(line) for line in lines[max(0, headers[0] - 3):headers[0]])
        if len(headers) >= (1 if announced else family["alone"]) and len(headers) > len(best[0]):
            best = (headers, name, family)
    headers, name, family = best
    if headers and sum(date_of(lines[i + 1]) is not None for i in headers if i + 1 < len(lines)) > len(headers) / 2:
        family = family | {"date": "first"}   # this page prints times under its headers
    first = headers[0] if headers else len(lines)
    # the section ends at the first closer after its last header, and never between two of its comments
    closed = next((i for i in range(headers[-1] + 1, len(lines)) if is_closer(lines[i]) or is_below(lines[i])),
                  len(lines)) if headers else len(lines)
    comments, spans = [], []
    for position, (i, j) in enumerate(pairwise([*headers, closed]), 1):
        row = read_comment(lines[i:j], family)
        author = (row["author"] or "").strip() or None
        comments.append({**row, "position": position, "comment_id": f"c{position}", "author": author,
                         "anonymous": bool(author and pattern("anonymous").fullmatch(author)),
                         "text": text[row["start"]:row["end"]], "format": name})
        spans.append((lines[i].start, lines[j - 1].end, "comment"))
    stamps = {}   # a comment answers one that stands before it
    for row in comments:
        row["reply_to"] = stamps.get(row.get("reply_to"), row.get("reply_to"))
        if "stamp" in row:
            stamps[row.pop("stamp")] = row["comment_id"]

    counts = [(i, count) for i, line in enumerate(lines) if i < first or i >= closed
              for count in [read_count(line)] if count and not is_prose_count(line)]
    declared, title = choose_count(counts, first if headers else None)
    around = {i for i, _ in counts} | {i for i in range(closed, len(lines)) if is_closer(lines[i])}
    around |= {i for i in range(max(0, first - 3), first) if headers and is_opener(lines[i])}
    if not headers:   # what closes an empty section; its heading is left to the layout
        around |= {i for i in range(len(lines) // 2, len(lines)) if is_closer(lines[i])}
    spans += [(lines[i].start, lines[i].end, "boilerplate") for i in sorted(around)]
    return Thread(comments, sorted(spans), declared, title)


def choose_count(counts: list[tuple[int, tuple[int, str | None]]],
                 first: int | None) -> tuple[int | None, str | None]:
    """The declared number of comments, and the title its line names, from (line, (number, title)) pairs.

    The count beside the section wins, then one that names the page's title; of others that differ (a list of
    most read pages) none is taken.
    """
    beside = [count for i, count in counts if first is not None and 0 < first - i <= 3]
    titled = [count for _, count in counts if count[1]]
    chosen = beside or titled or ([counts[0][1]] if len({n for _, (n, _) in counts}) == 1 else [])
    return chosen[0] if chosen else (None, None)


def is_prose_count(line: Line) -> bool:
    """Whether a counting line is only the beginning of prose, as in a list ("Two responses to …")."""
    return len(line.text) > 200 or line.text.endswith(".")
