"""The same sentence about others: written sentences filled with names, coded ones with their countries changed."""

import random
import re

from example import Example
from fill import NAMES, draw_cast, fill


def refill(template: str, codes: dict, random_: random.Random, source: str, cast: dict | None = None) -> Example:
    """A written sentence with names drawn afresh (or those of `cast`), and all pairs among its actors and voices."""
    letters = set(re.findall(r"\{([A-Z])[.=}]", template))
    text, spans = fill(template, cast or draw_cast(letters, random_), random_)
    example, targets = Example(text, source=source, group=template), [x for x in spans if x != "S"]
    for target in targets:
        ts, te = spans[target][0] if random_.random() < 0.5 else random_.choice(spans[target])
        example.pairs.append(("author", 0, 0, ts, te, codes.get(("V", target), 0) + 1))
        example.keys.append(("V", target))
        for holder in spans:
            if holder != target or (holder, target) in codes:
                free = [span for span in spans[holder] if span != (ts, te)] or spans[holder]
                near = (
                    min(free, key=lambda span: (abs(span[0] - ts), span))
                    if random_.random() < 0.5
                    else random_.choice(free)
                )
                example.pairs.append(("span", *near, ts, te, codes.get((holder, target), 0) + 1))
                example.keys.append((holder, target))
        unnamed = [h for h, _ in codes if h == "Q" or (h == "S" and "S" not in spans)]
        if unnamed or (not codes and re.search(r"[“”\"]", text)):
            said = [codes[h, target] for h in unnamed if (h, target) in codes]
            example.pairs.append(("speaker", 0, 0, ts, te, (said[0] if said else 0) + 1))
            example.keys.append(("Q", target))
    return example


def fill_articles(rows: list, random_: random.Random) -> list[Example]:
    """Whole articles with one cast each; `group` of an example is its article."""
    casts, examples = {}, []
    for name, template, codes, article in rows:
        cast = casts.setdefault((name, article), draw_cast(set("ABC"), random_))
        examples.append(refill(template, codes, random_, "articles", cast))
        examples[-1].group = f"{name}-{article}"
    return examples


def rename(example: Example, random_: random.Random) -> Example:
    """The same coded sentence about other countries: every known name of a country swapped within its kind."""
    known = {
        row[kind].removeprefix("the "): (kind, row["capital"])
        for kind in ("nationals", "name", "adjective", "capital", "leader")
        for row in NAMES
    }
    cast = {}
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    articled = {row["name"]: ("name", row["capital"]) for row in NAMES if row["name"].startswith("the ")}
    countries = "|".join(re.escape(name[4:]) for name in articled)
    pattern = re.compile(rf"\b[Tt]he (?:{countries})(?!\w)|\b(?:{names})(?!\w)")
    moved, text, at, edges = [], "", 0, []
    for match in pattern.finditer(example.text):
        kind, capital = articled.get("t" + match[0][1:]) or known[match[0]]
        if capital not in cast:
            taken = {row["capital"] for row in cast.values()}
            free = [row for row in NAMES if row["capital"] not in taken and not row["name"].startswith("the ")]
            cast[capital] = random_.choices(free, [int(row["weight"]) for row in free])[0]
        word = cast[capital][kind].removeprefix("the ")
        text += example.text[at : match.start()]
        edges.append((match.start(), match.end(), len(text), len(text) + len(word)))
        text, at = text + word, match.end()
    text += example.text[at:]

    def move(offset: int, is_end: bool) -> int:
        shift = 0
        for old_start, old_end, new_start, new_end in edges:
            if old_end <= offset:
                shift = new_end - old_end
            elif old_start < offset:  # inside a name: its edge
                return new_end if is_end else new_start
        return offset + shift

    for voice, hs, he, ts, te, y in example.pairs:
        held = (move(hs, False), move(he, True)) if he else (0, 0)
        moved.append((voice, *held, move(ts, False), move(te, True), y))
    return Example(text, moved, example.source, example.group)
