"""Elements of an HTML page: their text in lines, and what their names (class, id, itemprop) say."""

import re
from functools import cache

from lxml.html import HtmlElement

from .tables import read_data


@cache
def pattern(name: str) -> re.Pattern:
    """A pattern of data/markup.yaml, compiled."""
    data = read_data("markup.yaml")
    return re.compile(data[name].replace("{word}", data["word"]), re.I)


def names_of(node: HtmlElement) -> list[str]:
    """The classes, id and itemprop of an element."""
    return [
        *(node.get("class") or "").split()[:20],
        node.get("id") or "",
        node.get("itemprop") or "",
        node.get("rel") or "",
    ]


def names_match(node: HtmlElement, kind: str) -> bool:
    """Whether a class, the id or the itemprop of an element is what data/markup.yaml calls so."""
    return any(name and pattern(kind).fullmatch(name) for name in names_of(node))


def text_of(node: HtmlElement, without: tuple[HtmlElement, ...] = ()) -> str:
    """The text of an element as lines: a block, and <br>, ends one. Elements of `without` are left out."""
    parts: list[str] = []
    blocks = read_data("markup.yaml")["blocks"]

    def walk(element: HtmlElement) -> None:
        if element in without or not isinstance(element.tag, str):
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


def blocks_of(root: HtmlElement) -> list[str]:
    """The lines of a whole page, as a crude scraper would leave them."""
    return text_of(root).split("\n")
