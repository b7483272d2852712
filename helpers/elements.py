"""Elements of an HTML page: their text in lines, and what their names (class, id, itemprop, role, rel) say."""

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from .tables import read_data


@cache
def pattern(name: str) -> re.Pattern:
    """A pattern of data/markup.yaml, compiled."""
    data = read_data("markup.yaml")
    source = data[name]
    for part in ("prefix", "word", "weekday"):
        source = source.replace(f"{{{part}}}", f"(?:{data[part]})")
    return re.compile(source, re.I)


@lru_cache(100_000)
def plain_name(name: str) -> str:
    """A name in lower case with hyphens: commentBody and comment_body are comment-body."""
    return re.sub(r"[-_:]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)).lower().strip("-")


@lru_cache(100_000)
def is_named(name: str, kind: str) -> bool:
    """Whether a plain name is what data/markup.yaml calls so."""
    return len(name) < 60 and bool(pattern(kind).fullmatch(name))


def names_of(node: HtmlElement) -> list[str]:
    """The classes, id, itemprop, role and rel of an element, as plain names."""
    named = (node.get("class") or "").split()[:20]
    named += [node.get(key) or "" for key in ("id", "itemprop", "role", "rel")]
    return [plain_name(name) for name in named if name]


def names_match(node: HtmlElement, kind: str) -> bool:
    """Whether a name of an element is what data/markup.yaml calls so."""
    return any(is_named(name, kind) for name in names_of(node))


def text_of(node: HtmlElement, without: tuple[HtmlElement, ...] = ()) -> str:
    """The text of an element as lines: a block, and <br>, ends one. Buttons and `without` are left out."""
    parts: list[str] = []
    blocks, spared = read_data("markup.yaml")["blocks"], set(without)

    def walk(element: HtmlElement) -> None:
        if element in spared or not isinstance(element.tag, str) or (element.tag == "button" and element is not node):
            return
        block = element.tag in blocks
        parts.append("\n" if block or element.tag == "br" else "")
        parts.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            walk(child)
            parts.append(re.sub(r"\s+", " ", child.tail or ""))
        parts.append("\n" if block else "")

    walk(node)
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return "\n".join(line for line in lines if line)
