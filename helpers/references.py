"""References: who is meant where nobody is named: people once introduced, descriptions, "he" when one man is meant.

They let a holder be found; they are never counted as mentions.
"""
import re
from functools import cache, lru_cache

import pandas as pd

from .actorsfile import Actors
from .tables import read_data

RUN = r"\b[A-Z][\w'’-]+(?:[ \n][A-Z][\w'’-]+){0,3}"   # capitalised words in a row
BLANK = "_"   # stands for what was read already: no letter that begins a name, no space that joins two
COLUMNS = ["doc_id", "sentence_id", "actor", "expression", "kind", "start", "end"]


@cache
def patterns() -> dict[str, re.Pattern]:
    """The compiled patterns: an office between an actor and a name, or after a name; pronouns; names."""
    words = read_data("speech.yaml")
    offices, ahead = "|".join(words["offices"].split()), "|".join(words["before_office"].split())
    return {"office": re.compile(offices),
            "before": re.compile(rf"(?:['’]s)?(?:\s+(?i:{ahead})){{0,3}}\s+(?i:{offices})\s+(?P<name>{RUN})"),
            "after": re.compile(rf"(?P<name>{RUN}),\s+(?:an?|the|its|former)?\s*(?:[\w-]+\s+){{0,4}}?(?:{offices})"
                                r"\s+(?:of|for|at|to|from|in)\s+(?:the\s+)?$"),
            "pronoun": re.compile(r"\b(?:" + "|".join(words["pronouns"]) + r")\b", re.I),
            "mister": re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s+(?P<name>[A-Z][\w-]+)"), "name": re.compile(RUN)}


@cache
def not_names() -> tuple[set[str], set[str]]:
    """Capitalised words that begin no name, and those that are in no person's."""
    return tuple(set(read_data("speech.yaml")[name].split()) for name in ("not_first", "not_people"))


def strip_name(words: str) -> str | None:
    """A run of capitalised words as a person's name, without title or possessive; null where it names nobody.

    >>> strip_name("After Shinzo Abe’s"), strip_name("On March"), strip_name("Interior Ministry")
    ('Shinzo Abe', None, None)
    """
    not_first, not_people = not_names()
    parts = re.sub(r"['’]s?$", "", words).split()
    while parts and parts[0] in not_first:
        parts = parts[1:]
    return None if not parts or not_people & set(parts) else " ".join(parts)


def find_introduced(sentences: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Per document, the people whom an office ties to an actor: {doc_id: {name, and last name alone: actor}}.

    "Interior Ministry spokesman Khieu Sopheak", "Khieu Sopheak, a spokesman for the Interior Ministry".
    """
    people: dict[str, dict[str, str]] = {}
    named = mentions[mentions.kind != "leader"].merge(sentences[["doc_id", "sentence_id", "start", "text"]],
                                                      on=["doc_id", "sentence_id"], suffixes=("", "_of"))
    taken = set(zip(mentions.doc_id, mentions.expression, strict=True))
    for row in named.itertuples():
        before = row.text[max(0, row.start - row.start_of - 150):row.start - row.start_of]
        found = patterns()["before"].match(row.text, row.end - row.start_of) or patterns()["after"].search(before)
        name = strip_name(found["name"]) if found else None
        if name and " " in name and (row.doc_id, name) not in taken:
            people.setdefault(row.doc_id, {}).update({name: row.actor, name.split()[-1]: row.actor})
    return people


def find_surnames(mentions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Per document, the last names of the leaders it names: "Mr. Cam" is Nguyen Manh Cam."""
    surnames: dict[str, dict[str, str]] = {}
    for row in mentions[mentions.kind == "leader"].itertuples():
        surnames.setdefault(row.doc_id, {})[row.expression.split()[-1]] = row.actor
    return surnames


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


def describe(text: str, actors: Actors, named: list[tuple]) -> list[tuple]:
    """The descriptions in a sentence that stand for their actor: not inside a name."""
    if not actors.descriptions:
        return []
    listed = tuple(sorted(actors.descriptions, key=len, reverse=True))
    found = compile_descriptions(listed).finditer(text)
    return [(m.start(), m.end(), actors.descriptions[listed[m.lastindex - 1]], "description") for m in found
            if not any(s <= m.start() and m.end() <= e for s, e, *_ in named)]


@lru_cache(4)
def compile_descriptions(listed: tuple[str, ...]) -> re.Pattern:
    """The pattern of descriptions, each a group of its own; not "the premier of Japan"."""
    return re.compile(r"\b(?:(" + ")|(".join(map(re.escape, listed)) + r"))\b"
                      r"(?!\s+(?:of|in|from)\s+(?:the\s+)?(?-i:[A-Z]))", re.I)


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
    people, surnames = find_introduced(sentences, mentions), find_surnames(mentions)
    named: dict[tuple, list[tuple]] = {}
    for doc_id, number, *name in mentions[COLUMNS[:3] + COLUMNS[4:]].itertuples(index=False):
        named.setdefault((doc_id, number), []).append(name)
    reach, rows, recent, last, is_open, end = read_data("speech.yaml")["reach"], [], [], None, False, 0
    for doc_id, number, comment, start, text in sentences[
            ["doc_id", "sentence_id", "comment_id", "start", "text"]].itertuples(index=False):
        page = (doc_id, comment if isinstance(comment, str) else None)
        if page != last:
            recent, last, is_open = [], page, False
        marked, is_open = quoted_part(text, is_open and start - end <= 1)
        end = start + len(text)
        known = [(s - start, e - start, actor, kind) for actor, kind, s, e in named.get((doc_id, number), ())]
        found = describe(text, actors, known)
        found += find_people(blank(text, known + found), people.get(doc_id, {}), surnames.get(doc_id, {}))
        persons = list_persons(text, known + found, marked)
        pronouns = resolve_pronouns(blank(text, known + found + marked), persons, recent)
        persons = sorted(persons + [(s, actor) for s, _, actor, _ in pronouns], key=lambda person: person[0])
        recent = [[actor for _, actor in persons], *recent][:reach]
        rows += [(doc_id, number, actor, text[s:e], kind, start + s, start + e)
                 for s, e, actor, kind in sorted(found + pronouns)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({name: mentions[name].dtype for name in COLUMNS})


def find_people(free: str, people: dict[str, str], surnames: dict[str, str]) -> list[tuple]:
    """The places in what is left of a sentence that name a person once introduced, or a leader by "Mr." """
    found = [(*m.span("name"), surnames[m["name"]], "person") for m in patterns()["mister"].finditer(free)
             if m["name"] in surnames]
    for name, actor in people.items():
        free = blank(free, found)
        found += [(*m.span(), actor, "person") for m in re.finditer(rf"\b{re.escape(name)}\b", free)]
    return found


def list_persons(text: str, found: list[tuple], marked: list[tuple]) -> list[tuple[int, str | None]]:
    """(offset, actor) of every person in a sentence outside quotations; null for one who belongs to no actor."""
    offices = patterns()["office"]
    persons = [(s, actor) for s, e, actor, kind in found
               if kind in ("leader", "person") or (kind == "description" and offices.search(text[s:e]))]
    persons += [(m.start(), None) for m in patterns()["name"].finditer(blank(text, found))
                if " " in (strip_name(m[0].replace("\n", " ")) or "")]
    return sorted((person for person in persons if not any(a <= person[0] < b for a, b in marked)),
                  key=lambda person: person[0])


def resolve_pronouns(free: str, persons: list[tuple], recent: list[list]) -> list[tuple]:
    """The pronouns of a sentence that can mean one person only: one before them here, or in a sentence before."""
    found, persons = [], list(persons)
    for m in patterns()["pronoun"].finditer(free):
        before = [actor for s, actor in persons if s < m.start()]
        meant = before or next((back for back in recent if back), [])
        if meant and meant[0] and (len(set(meant)) == 1 or (not before and m[0].lower() == "he")):
            found.append((*m.span(), meant[0], "pronoun"))
            persons.append((m.start(), meant[0]))
    return found


def blank(text: str, places: list[tuple]) -> str:
    """The text with places struck out, its length unchanged."""
    for start, end, *_ in places:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text
