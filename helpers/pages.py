"""Pages: HTML as the text of its article (trafilatura) and of its reader comments, each in its place."""

import re
from copy import deepcopy
from typing import NamedTuple

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from . import lines
from .elements import names_match, pattern, text_of
from .markup import find_items
from .signatures import read_items
from .threads import find_thread
from .titles import plain_words

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
    hidden = "//script|//style|//noscript|//template|//iframe|//svg|//object|//embed|//select"
    for node in root.xpath(hidden) + root.xpath("/*" * DEEPEST):
        node.drop_tree()
    return root


def read_article(root: HtmlElement) -> tuple[dict, list[tuple[str, str]]]:
    """What trafilatura finds of the article: title, byline, outlet, published; its blocks as (text, role)."""
    from trafilatura import bare_extraction  # half a second to import, and only HTML needs it

    source = html.tostring(root, encoding="unicode")
    found = bare_extraction(source, include_comments=False, with_metadata=True, include_tables=False)
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
    """The page less its comments, the section round them, sidebars and forms."""
    whole = len(text_of(root))
    around = {above for item in items for above in item.iterancestors()}
    dropped = [*items, *(node for node in around if names_match(node, "section") and len(text_of(node)) < 0.7 * whole)]
    dropped += [node for node in root.xpath("//*[@class or @id]")
                if names_match(node, "outside") and len(text_of(node)) < 0.3 * whole]
    for node in dropped:
        if node.getparent() is not None:
            node.drop_tree()
    return root


def lay_out(parts: list[tuple[str, str]], found: list[dict]) -> tuple[str, list[tuple[int, int, str]], list[dict]]:
    """A text put together from parts (words, role) and comments, each under its name and date; its spans, and the
    comments as rows."""
    text, spans, rows = "", [], []
    for words, role in parts:
        text += "\n\n" * bool(text)
        spans.append((len(text), len(text) + len(words), role))
        text += words
    for position, comment in enumerate(found, 1):
        header = " · ".join(filter(None, [comment["author"], comment["date"]]))
        text += "\n\n" * bool(text)
        start = len(text) + len(header) + bool(header)
        spans.append((len(text), max(start + len(comment["text"]), len(text) + 1), "comment"))
        text += header + "\n" * bool(header) + comment["text"]
        anonymous = bool(lines.pattern("anonymous").fullmatch(comment["author"] or ""))
        rows.append({"title": None, "format": "html", "confidence": 0.95, **comment,
                     "comment_id": f"c{position}", "position": position,
                     "anonymous": anonymous, "start": start, "end": len(text)})
    return text, [(start, min(end, len(text)), role) for start, end, role in spans if start < len(text)], rows


def read_html(source: str) -> Page:
    """An HTML page as text: title, byline and date, the article, then the comments, each under its name and date.

    The text is put together here, so offsets point into it and not into the HTML. Comments are found by markup first;
    else in the page's flat text (see `threads`), where those are read with enough confidence. Article text that is also
    in a flat thread is the thread's (and counts once). A page without an article keeps its comments.
    """
    root = parse(source)
    if root is None:
        return Page("")
    items = find_items(root)
    if items:
        found, declared, said = read_items(items), None, []
        facts, blocks = read_article(drop_comments(root, items))
    else:
        thread = find_thread(text_of(drop_comments(deepcopy(root), [])).replace("\n", "\n\n"))
        sure = all(comment["confidence"] >= SURE for comment in thread.comments)
        found, declared = (thread.comments, thread.declared) if sure else ([], None)
        said = [plain_words(comment["text"]) for comment in found if len(comment["text"]) > 20]
        facts, blocks = read_article(root)
    parts = [(facts[name], role) for name, role in (("title", "title"), ("byline", "byline"), ("published", "dateline"))
             if name in facts]
    title = plain_words(facts["title"]) if "title" in facts else None
    for words, role in blocks:
        plain = plain_words(words)
        again = len(words) > 20 and any(plain in one for one in said)  # a flat thread leaves its words in the article
        if not again and plain != title and not (role == "heading" and pattern("heading").fullmatch(words)):
            parts.append((words, role))
    text, spans, comments = lay_out(parts, found)
    return Page(text, facts, {}, spans, comments, declared)
