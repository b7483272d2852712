"""Comments: from a section's pieces to rows: author, date, what a comment answers, and where its words stand."""
import re
from bisect import bisect_left

from .families import compile_family, read_mark
from .lines import CLOCK, Page, pattern
from .pieces import Piece
from .tables import read_data


def read_rows(text: str, page: Page, name: str, pieces: list[Piece]) -> list[dict]:
    """The comments as rows, numbered, with what each answers as the id of a comment before it."""
    family = read_data("threads.yaml")["families"][name]
    timed = [page.shapes[piece.words].text == CLOCK for piece in pieces if piece.words < piece.stop]
    date_at = "first" if family.get("date") and sum(timed) > len(pieces) / 2 else family.get("date")
    rows, stamps, by_author = [], {}, {}
    for position, piece in enumerate(pieces, 1):
        row = read_comment(page, piece, name, date_at)
        comment_id, author, other = f"c{position}", clean_name(row["author"]), row["reply_to"]
        ends = [" ".join(author.split()[n:]) for n in range(1, len(author.split()))] if author else []
        lost = next((name for name in ends if name in by_author), None)
        if family.get("arrows") and lost and not other:   # "RallyMad Kips": whom it answers, the arrow lost
            author, other = author.removesuffix(f" {lost}"), lost
        answered = by_author.get(other, [])
        row["reply_to"] = stamps.get(other) or (answered[0] if len(answered) == 1 else other)
        by_author.setdefault(author, []).append(comment_id)
        if "stamp" in row:
            stamps[row.pop("stamp")] = comment_id
        rows.append(row | {"position": position, "comment_id": comment_id, "author": author, "format": name,
                           "text": text[row["start"]:row["end"]],
                           "anonymous": bool(author and pattern("anonymous").fullmatch(author))})
    return rows


def clean_name(author: str | None) -> str | None:
    """A printed name without badge or quotation marks; once, where a page prints it twice.

    >>> clean_name("Ann Lee Ann Lee"), clean_name("Ann Lee Mod"), clean_name("")
    ('Ann Lee', 'Ann Lee', None)
    """
    words = pattern("badge").sub("", author or "").strip("“”\"").split()
    half = len(words) // 2
    return " ".join(words[:half] if half and words[:half] == words[half:] else words) or None


def read_comment(page: Page, piece: Piece, name: str, date_at: str | None) -> dict:
    """One comment as a row: author, date, title, what it answers, and the offsets of its words."""
    family = read_data("threads.yaml")["families"][name]
    says = piece.says
    row = {field: says.get(field) for field in ("author", "date", "title")} | {"reply_to": says.get("other")}
    words = list(range(piece.words, piece.stop))
    if "headers" in family and "footers" in family:
        words = take_signature(page, words, name, row)
    words = trim(drop_extras(page, words, row["author"]), page.hidden)
    if "lead" in family and words:   # the name stands above the words, the time below
        row["author"] = page.lines[words.pop(0)].text.split(" · ")[0]
        if len(words) > 1 and re.fullmatch(family["lead"], page.lines[words[0]].text):
            words = words[1:]
        answers = pattern("answers").fullmatch(page.lines[words[0]].text) if words else None
        if answers:
            row["reply_to"], words = answers[1], words[1:]
    if not row["date"]:
        words = take_time(page, words, row, date_at)
    words = trim(words, page.hidden)
    if not words:   # an empty comment stands at the end of its header
        at = page.lines[piece.words - 1].end if piece.words > piece.first else page.lines[piece.first].start
        return row | {"start": at, "end": at}
    start = page.lines[words[0]].start
    if "inline" in family and words[0] == piece.words:
        start += compile_family(name)["inline"][0][0].match(page.lines[words[0]].text).end()
    return row | {"start": start, "end": page.lines[words[-1]].end}


def take_time(page: Page, words: list[int], row: dict, date_at: str | None) -> list[int]:
    """The lines of words less a line that is only their time, which goes to the row."""
    is_time = [page.shapes[i].text == CLOCK for i in words]
    if date_at == "first" and any(is_time[:1]):
        row["date"] = page.shapes[words[0]].times[0]
        return words[1:]
    if date_at == "last" and len(words) > 1 and is_time[0]:
        # a time that opens the words of a comment whose own time would close it: the comment it answers
        row["reply_to"], words = page.lines[words[0]].text, words[1:]
    if date_at == "last" and any(is_time[-1:]):
        row |= {"date": page.shapes[words[-1]].times[0], "stamp": page.lines[words[-1]].text}
        words = words[:-1]
    return words


def drop_extras(page: Page, words: list[int], author: str | None) -> list[int]:
    """The lines of words without a forum's rule and what it prints under it, another site's link back, a profile."""
    rule = next((n for n, i in enumerate(words) if pattern("rule").fullmatch(page.lines[i].text)), len(words))
    words = words[:rule]
    while len(words) > 2 and page.shapes[words[-2]].text == CLOCK and pattern("excerpt").fullmatch(
            page.lines[words[-1]].text[:500]):
        words = words[:-3]
    profile = [n for n, i in enumerate(words) if pattern("profile").fullmatch(page.lines[i].text)]
    if profile and profile[0] < 4 and all(len(page.lines[i].text) <= 40 for i in words[:profile[0]]):
        return words[max(n for n in profile if n < 8) + 1:]
    above = range(max(0, profile[0] - 3), profile[0]) if profile else []
    named = [n for n in above if page.lines[words[n]].text == author]
    return words[:named[0]] if named else words   # a profile below the words, under the name once more


def trim(words: list[int], hidden: set[int]) -> list[int]:
    """Lines of words without the buttons round them."""
    kept = [n for n, i in enumerate(words) if i not in hidden]
    return words[kept[0]:kept[-1] + 1] if kept else []


def take_signature(page: Page, words: list[int], name: str, row: dict) -> list[int]:
    """The lines of words less a signature that closes them; what it says goes to the row."""
    shown = [i for i in words if i not in page.hidden]
    for i in shown[:-4:-1] if not row["author"] else []:
        mark = read_mark(page, bisect_left(page.shown, i), "footers", name)
        if mark:
            row |= {field: mark.says.get(field) or row[field] for field in ("author", "date", "title")}
            return [j for j in words if j < i]
    return words
