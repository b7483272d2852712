"""Elements of an HTML page: their text in lines, and what their names (class, id, itemprop, role, rel) say."""

import re
from functools import lru_cache, partial

from lxml.html import HtmlElement

from . import patterns
from .tables import read_data

pattern = partial(patterns.pattern, "markup.yaml")


@lru_cache(100_000)
def is_named(name: str, kind: str) -> bool:
    """Whether a name is what data/markup.yaml calls so: commentBody and comment_body are read as comment-body."""
    plain = re.sub(r"[-_:]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)).lower().strip("-")
    return len(plain) < 60 and bool(pattern(kind).fullmatch(plain))


def classes_of(node: HtmlElement) -> list[str]:
    """The classes of an element; of very many the first."""
    return (node.get("class") or "").split()[:20]


def names_match(node: HtmlElement, kind: str) -> bool:
    """Whether a name of an element is what data/markup.yaml calls so."""
    others = [node.get(key) for key in ("id", "itemprop", "role", "rel")]
    return any(is_named(name, kind) for name in classes_of(node) + others if name)


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
    return "\n".join(filter(None, map(str.strip, "".join(parts).split("\n"))))
