"""Quotes: what someone is said to have said, and which actor says it."""
import re
from bisect import bisect_left
from operator import itemgetter

import pandas as pd

from .references import is_clear, rows_by, speech
from .tables import as_table, read_data, texts_of

COLUMNS = ["doc_id", "start", "end", "cue", "kind", "speaker_start", "speaker_end", "speaker"]
NOBODY = (None, None, None)
LEAST = 3   # words that are speech; fewer are held at arm's length ("irregular" documents)


def find_marked(text: str) -> list[tuple[int, int]]:
    """Offsets of the stretches between quotation marks, marks included; an unclosed mark quotes nothing.

    Straight marks count only where their number is even: nobody can tell which of three opens.

    >>> text = 'He called it "a gift" and said: “We wait.”'
    >>> [text[s:e] for s, e in find_marked(text)]
    ['"a gift"', '“We wait.”']
    """
    marks = [(a, b) for a, b in read_data("speech.yaml")["marks"].items() if a != b or text.count(a) % 2 == 0]
    between = "|".join(f"{opening}[^{opening}{closing}]+{closing}" for opening, closing in marks)
    return [match.span() for match in re.finditer(between, text)]


def is_subject(text: str, start: int, end: int, cue: tuple[int, int]) -> bool:
    """Whether text[start:end] is the subject of a cue: "Hun Sen, the premier, also said", "said Prime Minister X".

    Not what stands under a preposition ("a critic of Hun Sen said") unless an office does ("a spokesman of China"),
    nor what only describes somebody else ("China experts said", "said Vietnam expert Carl Thayer").
    """
    if end <= cue[0]:
        ahead = text[max(0, start - 60):start]
        return bool(speech("between").fullmatch(text, end, cue[0])
                    and (not speech("preposition").search(ahead) or speech("office_of").search(ahead)))
    return bool(speech("inverting").fullmatch(text, *cue) and speech("titles").fullmatch(text, cue[1], start)
                and not speech("expert").match(text, end))


def find_cues(text: str, left: int, right: int, names: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Cues in text[left:right] that are no part of a name ("United States")."""
    cues = [match.span() for match in speech("cue").finditer(text, left, right)]
    return [cue for cue in cues if is_clear(cue, names)]


def find_speaker(text: str, left: int, right: int, quote: tuple[int, int], names: list[tuple[int, int, str]],
                 quoted: list[tuple[int, int]]) -> tuple[str, tuple] | None:
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
    before = [name for name in outside if name[1] <= cue[0] and is_subject(text, *name[:2], cue)][-1:]
    behind = [name for name in outside if name[0] >= cue[1]][:1]
    beside = (name for name in before + behind if is_subject(text, *name[:2], cue))
    return text[slice(*cue)].strip(), next(beside, NOBODY)


def find_quotes(documents: pd.DataFrame, spans: pd.DataFrame, named: pd.DataFrame,
                sentences: pd.DataFrame) -> pd.DataFrame:
    """Find reported speech in body and standfirst.

    One row per quotation (`direct`) that a cue stands beside, in the sentences it reaches into; and one per rest of
    a sentence that follows an actor and a verb of saying without marks (`indirect`: "Rainsy claimed that ...").
    `speaker` is the actor of `named` (mentions and references) who is the cue's subject, before or after it; where
    whole sentences are quoted without a cue they go on from the quotation directly before them. Else it is
    null: a quotation laid to the wrong mouth is worse than one laid to none.
    """
    text_of = texts_of(documents)
    names_of = {key: sorted(names) for key, names in rows_by(named, ["doc_id"], ["start", "end", "actor"]).items()}
    bounds = rows_by(sentences, ["doc_id"], ["start", "end"])
    rows = []
    spoken = spans[spans.role.isin(["body", "standfirst"])]
    for doc_id, start, end in spoken[["doc_id", "start", "end"]].itertuples(index=False):
        text, inside = text_of[doc_id], within(bounds.get((doc_id,), []), start, end)
        names = within(names_of.get((doc_id,), []), start, end)
        quoted = [(start + s, start + e) for s, e in find_marked(text[start:end])]
        last, after = None, start   # the speech before in this paragraph, and where it ended
        for s, e in quoted:
            reached = [bound for bound in inside if bound[0] < e and s < bound[1]]
            if len(text[s:e].split()) < LEAST or not reached:
                continue
            left, right = reached[0][0], reached[-1][1]
            found = find_speaker(text, left, right, (s, e), names, quoted)
            whole = not re.search(r"\w", text[left:s] + text[e:right])
            if not found and whole and last and not re.search(r"\w", text[after:s]):
                found = last   # whole sentences go on speaking
            last, after = found, right
            if found:
                rows.append((doc_id, s, e, found[0], "direct", *found[1]))
        for left, right in inside:
            if is_clear((left, right), quoted):
                rows += [(doc_id, *row) for row in find_indirect(text, left, right, names)]
    return as_table("quotes", pd.DataFrame(sorted(rows, key=itemgetter(0, 1)), columns=COLUMNS))


def within(places: list[tuple], start: int, end: int) -> list[tuple]:
    """The places of a sorted list that begin in start:end."""
    return places[bisect_left(places, start, key=itemgetter(0)):bisect_left(places, end, key=itemgetter(0))]


def find_indirect(text: str, left: int, right: int, names: list[tuple[int, int, str]]) -> list[tuple]:
    """The row of a sentence that reports an actor's words without marks, from the first word after the cue."""
    for cue in find_cues(text, left, right, names):
        before = [name for name in names if left <= name[0] and name[1] <= cue[0]][-1:]
        word = re.compile(r"\w").search(text, cue[1], right)
        if before and word and is_subject(text, *before[0][:2], cue):
            return [(word.start(), right, text[slice(*cue)], "indirect", *before[0])]
    return []
