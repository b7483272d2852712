"""Pages: HTML as the text of its article (trafilatura) and of its reader comments, each in its place."""

import re
from copy import deepcopy
from typing import NamedTuple

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from .elements import names_match, pattern, text_of
from .markup import find_items
from .signatures import read_items
from .threads import find_thread

DEEPEST = 300  # levels of nesting; what lies deeper is hostile or broken
SURE = 0.6  # confidence from which comments in the flat text of a page are believed


class Page(NamedTuple):
    """A page as read from its file: its text, what the file says of it, the rest of what it says, spans that are known
    (start, end, role), comments where the markup told them (else they are looked for in the text), and how many it says
    it has."""

    text: str
    facts: dict = {}
    rest: dict = {}
    spans: list = []
    comments: list[dict] | None = None
    declared: int | None = None


def parse(source: str) -> HtmlElement | None:
    """The element tree of an HTML page, without scripts, styles and what is too deep; null where there is none."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source[:200]) + source[200:], parser=parser)
    except (ParserError, ValueError):
        return None
    for node in root.xpath("//script|//style|//noscript|//template|//iframe|//svg|//object|//embed|//select"):
        node.drop_tree()
    for node in root.xpath("/*" * DEEPEST):
        node.drop_tree()
    return root


def read_article(root: HtmlElement) -> tuple[dict, list[tuple[str, str]]]:
    """What trafilatura finds of the article: title, byline, outlet, published; its blocks as (text, role)."""
    from trafilatura import bare_extraction  # half a second to import, and only HTML needs it

    found = bare_extraction(
        html.tostring(root, encoding="unicode"),
        include_comments=False,
        with_metadata=True,
        include_tables=False,
    )
    if found is None:
        return {}, []
    facts = {"title": found.title, "byline": found.author, "outlet": found.sitename, "published": found.date}
    blocks = []
    for node in found.body.iter("p", "head", "item", "quote", "code") if found.body is not None else ():
        if any(parent.tag in ("p", "item", "quote", "code") for parent in node.iterancestors()):
            continue
        for inner in node.iter("lb", "p", "item", "head"):
            inner.tail = f" {inner.tail or ''}"
        words = " ".join("".join(node.itertext()).split())
        if words:
            blocks.append((words, "heading" if node.tag == "head" else "body"))
    return {name: value for name, value in facts.items() if value}, blocks


def drop_comments(root: HtmlElement, items: list[HtmlElement]) -> HtmlElement:
    """A copy of the page without its comments, the section round them, sidebars and forms."""
    whole = len(text_of(root))
    dropped = set(items)
    for node in {above for item in items for above in item.iterancestors()}:
        if names_match(node, "section") and len(text_of(node)) < 0.7 * whole:
            dropped.add(node)
    for node in root.xpath("//*[@class or @id]"):
        if names_match(node, "outside") and len(text_of(node)) < 0.3 * whole:
            dropped.add(node)
    for node in dropped:
        node.set("data-dropped", "1")
    copy = deepcopy(root)
    for node in dropped:
        del node.attrib["data-dropped"]
    for node in copy.xpath("//*[@data-dropped and not(ancestor::*[@data-dropped])]"):
        if node.getparent() is not None:
            node.drop_tree()
    return copy


def plain_words(text: str) -> str:
    """Words for comparison: letters and digits only, in lower case."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def find_comments(root: HtmlElement) -> tuple[list[dict], list[HtmlElement], int | None]:
    """The comments of a page as dicts (author, date, text, parent), their elements, and how many it says it has.

    By markup first; else from the page's flat text (see `threads`), where those are read with enough confidence.
    """
    items = find_items(root)
    if items:
        return read_items(items), items, None
    flat = text_of(drop_comments(root, [])).replace("\n", "\n\n")
    thread = find_thread(flat)
    if thread.comments and min(comment["confidence"] for comment in thread.comments) >= SURE:
        return [comment | {"parent": comment["reply_to"]} for comment in thread.comments], [], thread.declared
    return [], [], None if thread.comments else thread.declared


def read_html(source: str) -> Page:
    """An HTML page as text: title, byline and date, the article, then the comments, each under its name and date.

    The text is put together here, so offsets point into it and not into the HTML. Article text that is also in a
    flat thread is the thread's (and counts once). A page without an article keeps its comments.
    """
    root = parse(source)
    if root is None:
        return Page("")
    found, items, declared = find_comments(root)
    facts, blocks = read_article(drop_comments(root, items) if items else root)
    if not items:  # a flat thread leaves its words in the article
        said = [plain_words(comment["text"]) for comment in found if len(comment["text"]) > 20]
        blocks = [
            (words, role)
            for words, role in blocks
            if len(words) <= 20 or not any(plain in one for plain in [plain_words(words)] for one in said)
        ]
    blocks = [(words, role) for words, role in blocks if role != "heading" or not pattern("heading").fullmatch(words)]
    head = [
        (facts[name], role)
        for name, role in (("title", "title"), ("byline", "byline"), ("published", "dateline"))
        if name in facts
    ]
    if "title" in facts:
        blocks = [block for block in blocks if plain_words(block[0]) != plain_words(facts["title"])]
    text, spans, comments = "", [], []
    for words, role in head + blocks:
        text += "\n\n" * bool(text)
        spans.append((len(text), len(text) + len(words), role))
        text += words
    for position, comment in enumerate(found, 1):
        text += "\n\n" * bool(text)
        top = len(text)
        header = " · ".join(
            filter(None, [comment["author"], comment["printed"] if "printed" in comment else comment["date"]])
        )
        text += header + "\n" * bool(header)
        start = len(text)
        text += comment["text"]
        spans.append((top, max(len(text), top + 1), "comment"))
        comments.append(
            {
                "comment_id": f"c{position}",
                "position": position,
                "author": comment["author"],
                "date": comment["date"],
                "title": comment.get("title"),
                "start": start,
                "end": len(text),
                "text": comment["text"],
                "reply_to": comment["parent"],
                "format": comment.get("format", "html"),
                "confidence": comment.get("confidence", 0.95),
            }
        )
    spans = [(start, min(end, len(text)), role) for start, end, role in spans if start < len(text)]
    return Page(text, facts, {}, spans, comments, declared)
