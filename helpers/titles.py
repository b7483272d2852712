"""Titles: which line above an article is its title, and which is the name of the site."""
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from .dates import read_date_line
from .tables import read_data


class Unit(NamedTuple):
    """A paragraph: its offsets and its words on one line."""
    start: int
    end: int
    text: str


@cache
def matcher(name: str) -> re.Pattern:
    """The patterns of one list of data/layout.yaml as one."""
    value = read_data("layout.yaml")[name]
    return re.compile("|".join(f"(?:{p})" for p in value) if isinstance(value, list) else value, re.I)


def is_name(text: str) -> bool:
    """Whether a line could be the name of a person or organisation: capitals, no end of sentence."""
    words = text.split()
    return (len(words) <= 12 and not re.search(r"[.!?:;…]$|\d", text) and words[0][0].isupper()
            and all(word[0].isupper() or word in read_data("layout.yaml")["small_words"].split() for word in words))


def plain_title(title: str) -> str:
    """A title without the remark of who republished it.

    >>> plain_title("Hanoi's Role [Re-post]"), plain_title("The Long Winter (from the archives)")
    ("Hanoi's Role", 'The Long Winter')
    """
    return " ".join(re.sub(r"\[[^\]]*\]|(?i:\((?:re-?p|from|repr|arch|upd)[^)]*\))", "", title).split()) or title


def key(title: str) -> str:
    """A title as compared: no case, no remark, no punctuation."""
    return " ".join(re.sub(r"\W+", " ", plain_title(title).lower()).split())


def site_name(line: str) -> str:
    """The part of a line that would name the site: before a bar, a dash or a gap.

    >>> site_name("Harbour Growers Federation – Newsroom")
    'Harbour Growers Federation'
    """
    return re.split(r"\s{2,}|\s[|»›>–—-]\s", line)[0]


def is_masthead(line: str) -> bool:
    """Whether a line above an article names a paper or site: a name one part of which ends as those do.

    >>> is_masthead("The Harbour Gazette"), is_masthead("Storm over the harbour")
    (True, False)
    """
    words, bodies = read_data("layout.yaml")["outlet_words"], read_data("layout.yaml")["organisation_words"]
    parts = re.split(r"\s{2,}|\s[|»›>–—-]\s", line)
    return is_name(parts[0]) and len(parts[0].split()) <= 10 and (
        any(re.search(rf"(?i:\b{words})$", part) for part in parts) or bool(re.search(rf"(?i:\b{bodies}\b)", parts[0])))


def find_masthead(head: list[str], title: str | None) -> str | None:
    """The site's name where it stands on the page's first line, above the title."""
    first = site_name(head[0]) if head else ""
    if not first or not is_name(first) or title not in [key(line) for line in head[1:]] or read_date_line(first):
        return None
    plain = len(first.split()) >= 2 and first == head[0] and not re.search(read_data("layout.yaml")["kickers"], first)
    return first if key(first) != title and (plain or is_masthead(head[0])) else None


def find_title(head: list[Unit], looks: list[str | None], body: str, furniture: str,
               declared: str | None) -> str | None:
    """The key of the title among the lines before an article.

    A line that the comment section or a breadcrumb names, or that stands twice, wins; then the line under a
    blog's weekday date; then the first one half of whose longer words the article uses, and the first of at
    least three words. A line that the page's furniture repeats (© NAME) is the site's name.
    """
    keys = [key(unit.text) for unit in head]
    crumbs = {key(re.split(r" [>»›|] ", unit.text)[-1]) for unit in head if re.search(r" [>»›] ", unit.text)}
    known = crumbs | {k for k, n in Counter(keys).items() if n > 1} | ({key(declared)} if declared else set())
    candidates = [(k, unit) for k, unit, look in zip(keys, head, looks, strict=False)
                  if k and len(unit.text) <= 200 and look is None and not unit.text.endswith(".")]
    for k, _ in candidates:
        if k in known:
            return k
    for before, unit in zip(head, head[1:], strict=False):
        weekday = re.match(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ", before.text)
        dated = weekday and read_date_line(before.text)
        if dated and (key(unit.text), unit) in candidates and len(unit.text.split()) <= 20:
            return key(unit.text)
    kickers = read_data("layout.yaml")["kickers"]
    candidates = [(k, unit) for k, unit in candidates if not is_masthead(unit.text) and unit.text not in furniture
                  and not (len(unit.text.split()) <= 4 and re.match(kickers + ":", unit.text))] or candidates
    common = set(read_data("layout.yaml")["common"].split())
    stems = {word[:5] for word in re.findall(r"\w{4,}", body.lower())}
    long = {k: [word[:5] for word in re.findall(r"\w{4,}", k) if word not in common] for k, _ in candidates}
    likely = [k for k, _ in candidates if len(k.split()) >= 2 and long[k]
              and sum(word in stems for word in long[k]) >= len(long[k]) / 2]
    return next(iter(likely + [k for k, _ in candidates if len(k.split()) >= 3] + [k for k, _ in candidates]), None)
