"""Quotes: what someone is said to have said, and which actor says it."""
import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter

import pandas as pd

from .tables import as_table, read_data

# under a preposition stands no subject; titles before a name that follows its verb; somebody a name only describes
OF = re.compile(r"\b(?:to|in|with|for|from|by|at|near|against|on|about)\s(?:the\s)?$|\bof\s(?:[\w-]+\s){0,3}$")
TITLES = re.compile(r"\s(?:(?:the|a|an|former)\s)?(?:[A-Z][\w.'’-]*\s){0,4}")
EXPERT = re.compile(r"\s(?!(?:at|in|on|to|of|as|who|and|from|after|before|during)\b)[a-z-]+(?:\s[a-z-]+)?\s[A-Z]")


@cache
def patterns() -> dict[str, re.Pattern]:
    """Cues of saying; those whose subject may follow; what may stand between name and cue; an office before a name."""
    words = read_data("speech.yaml")
    offices = "|".join(words["offices"].split())
    inverting = "|".join(words["phrases"] + words["said"].split())
    between = "|".join(words["between"])
    return {"cue": re.compile(rf"\b(?:{inverting}|{'|'.join(words['told'].split())})\b", re.I),
            "inverting": re.compile(inverting, re.I),
            "between": re.compile(rf"(?:,[^,;.:“”\"]{{2,99}},)?\s(?:(?:{between}|{offices})\s){{0,2}}|:?\s*"),
            "office": re.compile(rf"\b(?:{offices})\s(?:of|for|at|from)\s(?:the\s)?$", re.I)}


def find_marked(text: str) -> list[tuple[int, int]]:
    """Offsets of the stretches between quotation marks, marks included; an unclosed mark quotes nothing.

    Straight marks count only where their number is even: nobody can tell which of three opens.

    >>> text = 'He called it "a gift" and said: “We wait.”'
    >>> [text[s:e] for s, e in find_marked(text)]
    ['"a gift"', '“We wait.”']
    """
    marks = [(a, b) for a, b in read_data("speech.yaml")["marks"].items() if a != b or text.count(a) % 2 == 0]
    pattern = "|".join(f"{opening}[^{opening}{closing}]+{closing}" for opening, closing in marks)
    return [match.span() for match in re.finditer(pattern, text)] if marks else []


def is_speech(text: str) -> bool:
    """Whether quoted words are speech rather than a word held at arm's length ("irregular" documents)."""
    return len(text.split()) >= 3


def is_subject(text: str, start: int, end: int, cue: tuple[int, int]) -> bool:
    """Whether text[start:end] is the subject of a cue: "Hun Sen, the premier, also said", "said Prime Minister X".

    Not what stands under a preposition ("a critic of Hun Sen said") unless an office does ("a spokesman of China"),
    nor what only describes somebody else ("China experts said", "said Vietnam expert Carl Thayer").
    """
    if end <= cue[0]:
        ahead = text[max(0, start - 60):start]
        return bool(patterns()["between"].fullmatch(text, end, cue[0])) and (
            not OF.search(ahead) or bool(patterns()["office"].search(ahead)))
    return bool(patterns()["inverting"].fullmatch(text, *cue) and TITLES.fullmatch(text, cue[1], start)
                and not EXPERT.match(text, end))


def find_cues(text: str, left: int, right: int, names: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Cues in text[left:right] that are no part of a name ("United States")."""
    cues = [match.span() for match in patterns()["cue"].finditer(text, left, right)]
    return [cue for cue in cues if not any(name[0] < cue[1] and cue[0] < name[1] for name in names)]


def find_speaker(text: str, left: int, right: int, quote: tuple[int, int], names: list[tuple[int, int, str]],
                 quoted: list[tuple[int, int]]) -> tuple[str, tuple[int, int, str] | None] | None:
    """The cue nearest to a quote in its sentences, and the one actor beside it: null where none or several stand there.

    Cues and names inside any quotation do not count. A colon before the quote is a cue too ("Hun Sen: “…”").
    """
    outside = [name for name in names if left <= name[0] and name[1] <= right
               and not any(s <= name[0] < e for s, e in quoted)]
    cues = [cue for cue in find_cues(text, left, right, outside) if not any(s <= cue[0] < e for s, e in quoted)]
    opening = re.compile(r":\s*").search(text, max(left, quote[0] - 3), quote[0])
    if opening and opening.end() == quote[0] and all(cue[1] < opening.start() for cue in cues):
        cues.append((opening.start(), quote[0]))
    if not cues:
        return None
    cue = min(cues, key=lambda cue: (min(abs(cue[1] - quote[0]), abs(cue[0] - quote[1])), cue))
    beside = [name for name in outside if name[1] <= cue[0] and is_subject(text, *name[:2], cue)][-1:]
    if not beside:
        beside = [name for name in outside if name[0] >= cue[1]][:1]
        beside = [name for name in beside if is_subject(text, *name[:2], cue)]
    return text[slice(*cue)].strip(), beside[0] if beside else None


def find_quotes(documents: pd.DataFrame, spans: pd.DataFrame, named: pd.DataFrame,
                sentences: pd.DataFrame) -> pd.DataFrame:
    """Find reported speech in body and standfirst.

    One row per quotation (`direct`) that a cue stands beside, in the sentences it reaches into; and one per rest of
    a sentence that follows an actor and a verb of saying without marks (`indirect`: "Rainsy claimed that ...").
    `speaker` is the actor of `named` (mentions and references) who is the cue's subject, before or after it; where
    whole sentences are quoted without a cue they go on from the quotation directly before them. Else it is
    null: a quotation laid to the wrong mouth is worse than one laid to none.
    """
    text_of = dict(zip(documents.doc_id, documents.text, strict=True))
    names_of = {doc_id: sorted(rows[["start", "end", "actor"]].itertuples(index=False, name=None))
                for doc_id, rows in named.groupby("doc_id")}
    bounds = {doc_id: list(zip(rows.start, rows.end, strict=True)) for doc_id, rows in sentences.groupby("doc_id")}
    rows = []
    for doc_id, start, end in spans.loc[spans.role.isin(["body", "standfirst"]),
                                        ["doc_id", "start", "end"]].itertuples(index=False):
        text, inside = text_of[doc_id], within(bounds.get(doc_id, []), start, end)
        names = within(names_of.get(doc_id, []), start, end)
        quoted = [(start + s, start + e) for s, e in find_marked(text[start:end])]
        last, after = None, start   # the speech before in this paragraph, and where it ended
        for s, e in quoted:
            reached = [bound for bound in inside if bound[0] < e and s < bound[1]]
            if not is_speech(text[s:e]) or not reached:
                continue
            left, right = reached[0][0], reached[-1][1]
            found = find_speaker(text, left, right, (s, e), names, quoted)
            whole = not re.search(r"\w", text[left:s] + text[e:right])
            if not found and whole and last and not re.search(r"\w", text[after:s]):
                found = last   # whole sentences go on speaking
            last, after = found, right
            if found:
                rows.append(as_row(doc_id, s, e, found[0], "direct", found[1]))
        for left, right in inside:
            if not any(s < right and left < e for s, e in quoted):
                rows += find_indirect(doc_id, text, left, right, names)
    return as_table("quotes", sorted(rows, key=lambda row: (row["doc_id"], row["start"])))


def within(places: list[tuple], start: int, end: int) -> list[tuple]:
    """The places of a sorted list that begin in start:end."""
    return places[bisect_left(places, start, key=itemgetter(0)):bisect_left(places, end, key=itemgetter(0))]


def find_indirect(doc_id: str, text: str, left: int, right: int, names: list[tuple[int, int, str]]) -> list[dict]:
    """The row of a sentence that reports an actor's words without marks, from the first word after the cue."""
    for cue in find_cues(text, left, right, names):
        before = [name for name in names if left <= name[0] and name[1] <= cue[0]][-1:]
        word = re.compile(r"\w").search(text, cue[1], right)
        if before and word and is_subject(text, *before[0][:2], cue):
            return [as_row(doc_id, word.start(), right, text[slice(*cue)], "indirect", before[0])]
    return []


def as_row(doc_id: str, start: int, end: int, cue: str, kind: str, speaker: tuple[int, int, str] | None) -> dict:
    """A row of the quotes table; the speaker with the place of his name."""
    place = speaker or (None, None, None)
    return {"doc_id": doc_id, "start": start, "end": end, "cue": cue, "kind": kind, "speaker": place[2],
            "speaker_start": place[0], "speaker_end": place[1]}
