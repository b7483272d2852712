"""Threads: the comment section of a flat page, whichever family of sections it belongs to.

Every family of data/threads.yaml reads the page, below each line that may announce a section; the reading that explains
most is kept. A page that only quotes people, or has an empty form, has none.
"""
from typing import NamedTuple

from .comments import read_rows
from .families import may_be_author
from .lines import Page, choose_count, is_closer, is_opener, pattern, read_count, read_lines
from .pieces import Piece, by_blocks, by_footers, by_headers
from .tables import read_data

NEAR = 12   # shown lines from what announces a section to the words of its first comment


class Thread(NamedTuple):
    """A page's comment section: comments as rows, spans (start, end, role), what the page declares of it."""
    comments: list[dict]
    spans: list[tuple[int, int, str]]
    declared: int | None
    title: str | None


def is_section(page: Page, family: dict, opener: int | None, pieces: list[Piece], declared: int | None) -> bool:
    """Whether what a family reads below an opener can be a comment section at all."""
    filled = [any(i not in page.hidden for i in range(piece.words, piece.stop)) for piece in pieces]
    near = opener is not None and is_near(page, opener, pieces)
    if sum(filled) < (0.3 if near and "headers" in family else 0.7) * len(pieces):
        return False   # a list of signatories
    leads = [next((page.lines[i].text for i in range(piece.words, piece.stop) if i not in page.hidden), "")
             for piece in pieces if "lead" in family]
    if sum(may_be_author(lead.split(" · ")[0]) for lead in leads) < 0.8 * len(leads):
        return False   # above the words stands no name
    few = len(pieces) < min(2, declared or 2)
    if not near:
        return 0 < family["alone"] <= len(pieces)
    if family.get("bare") and (few or not all(filled) or (declared and not 0.5 <= len(pieces) / declared <= 1.3)):
        return False
    closed = any(is_closer(line) for line in page.lines[opener + 1:pieces[0].first])
    weak = family["worth"] <= 2
    return not ((closed or weak) and few) and not (closed and weak and len(pieces) < (declared or 0) / 3)


def is_near(page: Page, opener: int, pieces: list[Piece]) -> bool:
    """Whether a line that may announce a section stands close above its first comment."""
    return sum(i not in page.hidden for i in range(opener + 1, pieces[0].words)) <= NEAR


def score_section(page: Page, family: dict, opener: int | None, pieces: list[Piece], declared: int | None) -> float:
    """How well a family explains a section: what its headers tell, more where the count and the opener agree."""
    score = sum(family["worth"] * (1 if piece.free else 0.7) for piece in pieces)
    if declared:
        off = abs(len(pieces) - declared)
        score *= 1.5 if not off else 1.2 if off <= declared / 5 else 1
    if opener is None or not is_near(page, opener, pieces):
        return score * (0.8 if family.get("either") else 1)
    # lines between opener and first comment that are neither button nor introduction: perhaps words, if headers
    # of this family could as well be signatures
    unread = sum(not (pattern("intro").fullmatch(line.text) or is_opener(line) or is_closer(line))
                 for i, line in enumerate(page.lines[opener + 1:pieces[0].first], opener + 1) if i not in page.hidden)
    return score * (1.3 if not unread else 0.8 if family.get("either") else 1.15 if unread <= 3 else 1)


def find_section(page: Page) -> tuple[str | None, list[Piece], int | None]:
    """The family that explains the page best, its comments, and the line that announces them."""
    openers = [i for i, line in enumerate(page.lines) if is_opener(line)]
    counts = {i: read_count(page.lines[i]) for i in openers}
    none = any(count and count[0] == 0 for count in counts.values())   # "0 comments": nothing unannounced
    openers = [i for i in openers if (i not in page.hidden or i == openers[0]) and (not counts[i] or counts[i][0])][:12]
    best: tuple = (0, None, [], None)
    for name, family in read_data("threads.yaml")["families"].items():
        for opener in [*([None] if family["alone"] and not none else []), *openers]:
            declared = counts[opener][0] if counts.get(opener) else None
            after = -1 if opener is None else opener
            if "headers" in family or "inline" in family:
                pieces = by_headers(page, name, after, declared)
            else:
                pieces = by_footers(page, name, after) if "footers" in family else by_blocks(page, after, declared)
            if pieces and is_section(page, family, opener, pieces, declared):
                score = score_section(page, family, opener, pieces, declared)
                best = max(best, (score, name, pieces, opener), key=lambda reading: reading[0])
    return best[1:]


def find_thread(text: str) -> Thread:
    """Find the comments of a page, and every line that announces, counts or closes them.

    Each comment has author, date (ISO; a relative time, or one without a year, as printed), title, reply_to, the
    offsets of its words, `format` (the family) and `confidence` (0…1: the family's trust, nearer to 1 where the page's
    own count agrees, lower where it differs or nothing announces the section). Missed: families without a row in
    data/threads.yaml, and a second section in another form.

    >>> page = "Body.\\n\\n2 comments:\\n\\nAda said...\\n\\nGood.\\n\\nBo said...\\n\\nBad.\\n\\nPost a Comment"
    >>> [(c["author"], page[c["start"]:c["end"]]) for c in find_thread(page).comments]
    [('Ada', 'Good.'), ('Bo', 'Bad.')]
    """
    page = read_lines(text)
    lines, (name, pieces, opener) = page.lines, find_section(page)
    first, closed = (pieces[0].first, pieces[-1].end) if pieces else (len(lines), len(lines))
    counts = [(i, count) for i, line in enumerate(lines) if (i < first or i >= closed) and not line.text.endswith(".")
              for count in [read_count(line)] if count]
    declared, title = choose_count(counts, first if pieces else None)
    comments = read_rows(text, page, name, pieces) if pieces else []
    trust = read_data("threads.yaml")["families"][name]["trust"] if name else 0.0
    if declared is not None:
        trust = 1 - (1 - trust) / 2 if declared == len(comments) else trust * 0.9
    comments = [row | {"confidence": round(trust * (0.9 if opener is None else 1), 2)} for row in comments]
    spans = [(lines[piece.first].start, lines[piece.end - 1].end, "comment") for piece in pieces]
    inside = {i for piece in pieces for i in range(piece.first, piece.end)}
    begins = opener if pieces and opener is not None and is_near(page, opener, pieces) else first
    # what announces, parts and closes the section; of an empty one only what closes it: its heading is the layout's
    around = {i for i, _ in counts} | set(range(begins, closed))
    around |= {i for i in range(closed if pieces else len(lines) // 2, len(lines)) if is_closer(lines[i])}
    spans += [(lines[i].start, lines[i].end, "boilerplate") for i in around - inside]
    return Thread(comments, sorted(spans), declared, title)
