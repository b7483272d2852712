"""Titles: which line above an article is its title, and which is the name of the site."""
import re
from collections import Counter
from functools import partial
from itertools import pairwise

from . import patterns
from .dates import read_date_line
from .lines import Line
from .tables import read_data

pattern = partial(patterns.pattern, "layout.yaml")


def is_name(text: str) -> bool:
    """Whether a line could be the name of a person or organisation: capitals, no end of sentence."""
    words, small = text.split(), read_data("layout.yaml")["small_words"].split()
    return (len(words) <= 12 and not re.search(r"[.!?:;…]$|\d", text) and words[0][0].isupper()
            and all(word[0].isupper() or word in small for word in words))


def plain_title(title: str) -> str:
    """A title without the remark of who republished it.

    >>> plain_title("Hanoi's Role [Re-post]"), plain_title("The Long Winter (from the archives)")
    ("Hanoi's Role", 'The Long Winter')
    """
    return " ".join(re.sub(r"\[[^\]]*\]|(?i:\((?:re-?p|from|repr|arch|upd)[^)]*\))", "", title).split()) or title


def plain_words(text: str) -> str:
    """Words for comparison: letters and digits only, in lower case."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def key(title: str) -> str:
    """A title as compared: no case, no remark, no punctuation."""
    return plain_words(plain_title(title))


def split_site(line: str) -> list[str]:
    """The parts of a line that may name the site, the name first: what a bar, a dash or a gap parts.

    >>> split_site("Harbour Growers Federation – Newsroom")
    ['Harbour Growers Federation', 'Newsroom']
    """
    return re.split(r"\s{2,}|\s[|»›>–—-]\s", line)


def is_masthead(line: str) -> bool:
    """Whether a line above an article names a paper or site: a name one part of which ends as those do.

    >>> is_masthead("The Harbour Gazette"), is_masthead("Storm over the harbour")
    (True, False)
    """
    layout, parts = read_data("layout.yaml"), split_site(line)
    return is_name(parts[0]) and len(parts[0].split()) <= 10 and bool(
        any(re.search(rf"(?i:\b{layout['outlet_words']})$", part) for part in parts)
        or re.search(rf"(?i:\b{layout['organisation_words']}\b)", parts[0]))


def find_masthead(head: list[str], title: str) -> str | None:
    """The site's name where it stands on the page's first line, above the title."""
    first = split_site(head[0])[0] if head else ""
    if not first or not is_name(first) or title not in map(key, head[1:]) or read_date_line(first):
        return None
    plain = len(first.split()) >= 2 and first == head[0] and not re.search(read_data("layout.yaml")["kickers"], first)
    return first if key(first) != title and (plain or is_masthead(head[0])) else None


def find_title(head: list[Line], looks: list[str | None], body: str, furniture: str,
               declared: str | None) -> str | None:
    """The key of the title among the paragraphs before an article.

    A line that the comment section or a breadcrumb names, or that stands twice, wins; then the line under a
    blog's weekday date; then the first one half of whose longer words the article uses, and the first of at
    least three words. A line that the page's furniture repeats (© NAME) is the site's name.
    """
    keys = [key(unit.text) for unit in head]
    known = {key(re.split(r" [>»›|] ", unit.text)[-1]) for unit in head if re.search(r" [>»›] ", unit.text)}
    known |= {k for k, n in Counter(keys).items() if n > 1} | ({key(declared)} if declared else set())
    candidates = {unit: k for k, unit, look in zip(keys, head, looks, strict=True)
                  if k and len(unit.text) <= 200 and look is None and not unit.text.endswith(".")}
    weekday = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? "
    dated = [unit for before, unit in pairwise(head) if re.match(weekday, before.text) and read_date_line(before.text)]
    sure = [k for k in candidates.values() if k in known] + [
        candidates[unit] for unit in dated if unit in candidates and len(unit.text.split()) <= 20]
    if sure:
        return sure[0]
    layout = read_data("layout.yaml")
    titles = [k for unit, k in candidates.items() if not is_masthead(unit.text) and unit.text not in furniture
              and not (len(unit.text.split()) <= 4 and re.match(layout["kickers"] + ":", unit.text))]
    titles = titles or list(candidates.values())
    stems = {word[:5] for word in re.findall(r"\w{4,}", body.lower())}
    common = layout["common"].split()
    long = {k: [word[:5] in stems for word in re.findall(r"\w{4,}", k) if word not in common] for k in titles}
    likely = [k for k in titles if len(k.split()) >= 2 and long[k] and sum(long[k]) >= len(long[k]) / 2]
    return next(iter(likely + [k for k in titles if len(k.split()) >= 3] + titles), None)
