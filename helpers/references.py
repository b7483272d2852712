"""References: who is meant where nobody is named: people once introduced, descriptions, "he" when one man is meant.

They let a holder be found; they are never counted as mentions.
"""
import re
from functools import partial

import pandas as pd

from .actorsfile import Actors
from .patterns import find_listed, phrase, words_of
from .tables import SENTENCE, as_table, read_data

speech = partial(phrase, "speech.yaml")


def strip_name(words: str) -> str | None:
    """A run of capitalised words as a person's name, without title or possessive; null where it names nobody.

    >>> strip_name("After Shinzo Abe’s"), strip_name("On March"), strip_name("Interior Ministry")
    ('Shinzo Abe', None, None)
    """
    parts = re.sub(r"['’]s?$", "", words).split()
    while parts and parts[0] in words_of("speech.yaml", "not_first"):
        parts = parts[1:]
    nobody = any(part in words_of("speech.yaml", "not_people") for part in parts)
    return None if nobody or not parts else " ".join(parts)


def find_runs(text: str) -> list[tuple[re.Match, str | None]]:
    """Each run of capitalised words in a text, with the person's name in it (`strip_name`)."""
    return [(run, strip_name(run[0].replace("\n", " "))) for run in speech("name").finditer(text)]


def is_clear(span: tuple[int, int], taken: list[tuple]) -> bool:
    """Whether a stretch is clear of those already taken."""
    return all(span[1] <= start or end <= span[0] for start, end, *_ in taken)


def find_introduced(sentences: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Per document, the people whom an office ties to an actor: {doc_id: {name, and last name alone: actor}}.

    "Interior Ministry spokesman Khieu Sopheak", "Khieu Sopheak, a spokesman for the Interior Ministry".
    """
    people: dict[str, dict[str, str]] = {}
    named = mentions[mentions.kind != "leader"].merge(sentences[["doc_id", "sentence_id", "start", "text"]],
                                                      on=SENTENCE, suffixes=("", "_of"))
    taken = set(zip(mentions.doc_id, mentions.expression, strict=True))
    for row in named.itertuples():
        before = row.text[max(0, row.start - row.start_of - 150):row.start - row.start_of]
        found = speech("before").match(row.text, row.end - row.start_of)
        found = found or speech("after").search(before)
        name = strip_name(found["name"]) if found else None
        if name and " " in name and (row.doc_id, name) not in taken:
            people.setdefault(row.doc_id, {}).update({name: row.actor, name.split()[-1]: row.actor})
    return people


def quoted_part(text: str, is_open: bool) -> tuple[list[tuple[int, int]], bool]:
    """The quoted stretches of a sentence, and whether a quotation goes on after it.

    >>> quoted_part("We wait,” he said. “They", True)
    ([(0, 9), (19, 24)], True)
    """
    places, start = [], 0
    for mark in re.finditer(r"[“”\"]", text):
        if mark[0] == "“" or (mark[0] == '"' and not is_open):
            start, is_open = mark.start(), True
        elif is_open:
            places.append((start, mark.end()))
            is_open = False
    return [*places, (start, len(text))] if is_open else places, is_open


def rows_by(table: pd.DataFrame, keys: list[str], columns: list[str]) -> dict[tuple, list[tuple]]:
    """The rows of a table by their keys, each as a tuple of some columns."""
    grouped: dict[tuple, list[tuple]] = {}
    for row in table[[*keys, *columns]].itertuples(index=False, name=None):
        grouped.setdefault(row[:len(keys)], []).append(row[len(keys):])
    return grouped


def describe(text: str, actors: Actors, named: list[tuple]) -> list[tuple]:
    """The descriptions in a sentence that stand for their actor: not inside a name, not "the premier of Japan"."""
    found = find_listed(text, actors.descriptions, r"\s+(?:of|in|from)\s+(?:the\s+)?(?-i:[A-Z])")
    return [(start, end, actors.descriptions[words], "description") for start, end, words in found
            if not any(s <= start and end <= e for s, e, *_ in named)]


def find_references(sentences: pd.DataFrame, mentions: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Find what refers to an actor without naming one.

    One row per reference, columns as in mentions; kind is `person` (introduced by an office, or "Mr." and the last
    name of a leader), `description` (listed in the actors file: "the premier") or `pronoun`. A pronoun is resolved
    where exactly one person stands before it in its sentence, or else in the nearest of the few sentences before that
    names people; "he" there means the first, who mostly is its subject. It stays unresolved where a name that belongs
    to no actor could be meant, and inside quotations.

    >>> from helpers.actors import find_mentions
    >>> from helpers.actorsfile import load_actors
    >>> text = ["Hun Sen flew to Hanoi.", "In reality, he was there to take orders."]
    >>> page = pd.DataFrame({"doc_id": "a", "sentence_id": [0, 1], "comment_id": None, "start": [0, 23], "text": text})
    >>> actors = load_actors()
    >>> find_references(page, find_mentions(page, actors), actors)[["actor", "expression"]].values.tolist()
    [['Cambodia_gov', 'he']]
    """
    people, leaders = find_introduced(sentences, mentions), mentions[mentions.kind == "leader"]
    last_names = leaders.assign(name=leaders.expression.str.split().str[-1])   # "Mr. Cam" is Nguyen Manh Cam
    surnames = {page: dict(names) for page, names in rows_by(last_names, ["doc_id"], ["name", "actor"]).items()}
    named = rows_by(mentions, SENTENCE, ["start", "end", "actor", "kind"])
    reach, rows, recent, last, is_open, end = read_data("speech.yaml")["reach"], [], [], None, False, 0
    columns = sentences[["doc_id", "sentence_id", "comment_id", "start", "text"]]
    for doc_id, number, comment, start, text in columns.itertuples(index=False):
        page = (doc_id, comment if isinstance(comment, str) else None)
        if page != last:
            recent, last, is_open = [], page, False
        marked, is_open = quoted_part(text, is_open and start - end <= 1)
        end = start + len(text)
        known = [(s - start, e - start, *who) for s, e, *who in named.get((doc_id, number), ())]
        found = describe(text, actors, known)
        found += find_people(blank(text, known + found), people.get(doc_id, {}), surnames.get((doc_id,), {}))
        persons = list_persons(text, known + found, marked)
        pronouns = resolve_pronouns(blank(text, known + found + marked), persons, recent)
        persons = sorted(persons + [(s, actor) for s, _, actor, _ in pronouns], key=lambda person: person[0])
        recent = [[actor for _, actor in persons], *recent][:reach]
        rows += [{"doc_id": doc_id, "sentence_id": number, "actor": actor, "expression": text[s:e], "kind": kind,
                  "start": start + s, "end": start + e} for s, e, actor, kind in sorted(found + pronouns)]
    return as_table("mentions", rows)


def find_people(free: str, people: dict[str, str], surnames: dict[str, str]) -> list[tuple]:
    """The places in what is left of a sentence that name a person once introduced, or a leader by "Mr." """
    found = [(*m.span("name"), surnames[m["name"]], "person") for m in speech("mister").finditer(free)
             if m["name"] in surnames]
    for name, actor in people.items():
        free = blank(free, found)
        found += [(*m.span(), actor, "person") for m in re.finditer(rf"\b{re.escape(name)}\b", free)]
    return found


def list_persons(text: str, found: list[tuple], marked: list[tuple]) -> list[tuple[int, str | None]]:
    """(offset, actor) of every person in a sentence outside quotations; null for one who belongs to no actor."""
    offices = speech("office")
    persons = [(s, actor) for s, e, actor, kind in found
               if kind in ("leader", "person") or (kind == "description" and offices.search(text[s:e]))]
    persons += [(run.start(), None) for run, name in find_runs(blank(text, found)) if name and " " in name]
    return sorted((person for person in persons if not any(a <= person[0] < b for a, b in marked)),
                  key=lambda person: person[0])


def resolve_pronouns(free: str, persons: list[tuple], recent: list[list]) -> list[tuple]:
    """The pronouns of a sentence that can mean one person only: one before them here, or in a sentence before."""
    found, persons = [], list(persons)
    for m in speech("pronoun").finditer(free):
        before = [actor for s, actor in persons if s < m.start()]
        meant = before or next((back for back in recent if back), [])
        if meant and meant[0] and (len(set(meant)) == 1 or (not before and m[0].lower() == "he")):
            found.append((*m.span(), meant[0], "pronoun"))
            persons.append((m.start(), meant[0]))
    return found


def blank(text: str, places: list[tuple]) -> str:
    """The text with places struck out, by a sign that begins no name and parts no two; its length unchanged."""
    for start, end, *_ in places:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text
