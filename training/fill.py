"""Sentences with places for names: `{A.cap} scolds {B=the smaller neighbour}` filled with a country each."""

import csv
import random
import re
from pathlib import Path

FORMS = {"": "name", "adj": "adjective", "nat": "nationals", "cap": "capital", "lead": "leader", "party": "party"}
PLAIN = {"O": "the opposition", "P": "the people", "S": "observers"}  # actors without names of their own
NAMES = list(csv.DictReader(Path(__file__).with_name("names.tsv").open(encoding="utf-8"), delimiter="\t"))
DETERMINED = re.compile(r"\b(?:the|a|an|this|that|these|those|its|their|his|our|every|no) $", re.I)
PLACE = re.compile(r"\{([A-Z])(?:\.(\w+)|=((?:[^{}]|\{[^{}]*\})*))?\}")


def draw_cast(letters: set[str], random_: random.Random) -> dict[str, dict]:
    """A different country for each letter, the frequent ones of our pages more often; their order is random too."""
    cast = {}
    for letter in sorted(letters & set("ABC")):
        free = [row for row in NAMES if row["capital"] not in {taken["capital"] for taken in cast.values()}]
        cast[letter] = random_.choices(free, [int(row["weight"]) for row in free])[0]
    return cast


def form_of(letter: str, form: str, cast: dict, random_: random.Random) -> str:
    """The words for `{A.adj}` and the like."""
    if letter not in cast:
        return PLAIN[letter]
    row = cast[letter]
    if form == "gov":
        return random_.choice([f"the {row['adjective']} government", f"the government of {row['name']}"])
    return row[FORMS[form or ""]]


def fill(template: str, cast: dict, random_: random.Random) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The sentence in words, and for each letter the spans that refer to it (an article is not part of a span).

    >>> fill("{A.cap} scolds {B=its {A.adj} friend}.", {"A": NAMES[0]}, random.Random(1))
    ('Beijing scolds its Chinese friend.', {'A': [(0, 7), (19, 26)], 'B': [(15, 33)]})
    """
    text, spans, at = "", {}, 0
    for place in PLACE.finditer(template):
        text += template[at : place.start()]
        letter, form, words = place.groups()
        if words is not None:
            words, inner = fill(words, cast, random_)
        else:
            words, inner = form_of(letter, form, cast, random_), {}
            if words.startswith("the ") and (DETERMINED.search(text) or text.endswith("-")):
                words = words[4:]
        if not text.strip(" “\"'‘(") and not words[:1].isupper() and template[:1] in "{“\"'‘(":
            words = words[:1].upper() + words[1:]
        skip = 4 if words[:4].lower() == "the " and len(words) > 4 else 0
        start = len(text)
        text += words
        spans.setdefault(letter, []).append((start + skip, len(text)))
        for other, places in inner.items():
            spans.setdefault(other, []).extend((start + s, start + e) for s, e in places)
        at = place.end()
    return text + template[at:], {letter: sorted(places) for letter, places in sorted(spans.items())}


def read_written(path: Path) -> list[tuple[str, dict[tuple[str, str], int], str]]:
    """(template, {(holder, target): polarity}, article) of a file; an empty line begins a new article.

    The article is its number, after its kind where a line `# sober` or the like says it.

    Raises ValueError with file and line for a bad code.
    """
    rows, article, kind = [], 0, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            article += not line.strip()
            kind = line[1:].strip() if line.startswith("#") else kind
            continue
        template, _, codes = line.partition("\t")
        pairs = {}
        for code in codes.strip().split(";") if codes.strip() != "0" else []:
            match = re.fullmatch(r"\s*([ABCOPSVQ])>([ABCOP]):([+-])\s*", code)
            if not match:
                raise ValueError(f"{path.name}:{number}: cannot read the code {code!r}")
            pairs[match[1], match[2]] = 1 if match[3] == "+" else -1
        rows.append((template.strip(), pairs, f"{kind}{article}"))
    return rows
