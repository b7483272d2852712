"""Markup: the elements of an HTML page that hold one reader comment each, as sites write them."""

import re
from collections import Counter
from itertools import takewhile

from lxml.html import HtmlElement, fragment_fromstring

from .elements import is_named, names_match, pattern, plain_name, text_of
from .signatures import find_field, is_signature, print_date, read_date
from .tables import read_data


def is_item(node: HtmlElement) -> bool:
    """Whether an element looks like one comment, by its names."""
    if re.search(pattern("item_type"), node.get("itemtype") or "") or (node.get("itemprop") or "").lower() == "comment":
        return True
    if node.tag in read_data("markup.yaml")["no_item"] or names_match(node, "not_item"):
        return False
    classes = map(plain_name, (node.get("class") or "").split()[:20])
    by_class = any(is_named(name, "item_class") and not is_named(name, "plural") for name in classes)
    return by_class or is_named(plain_name(node.get("id") or ""), "item_id")


def is_outside(node: HtmlElement) -> bool:
    """Whether an element stands in a form, a sidebar, or a list of latest comments."""
    return any(
        parent.tag in ("form", "nav", "aside")
        or (names_match(parent, "outside") and not holds_article(parent) and not holds_text(parent))
        for parent in [node, *node.iterancestors()]
        if parent.tag not in ("body", "html", "main")  # which are called after what stands beside them
    )


def is_listed(node: HtmlElement) -> bool:
    """Whether a <dd> is a comment of a list in which the <dt> before it says who wrote it and when."""
    before = node.getprevious()
    if before is None or before.tag != "dt":
        return False
    return names_match(node, "body") or (
        is_named(plain_name(before.get("id") or ""), "any_id") and bool(read_date(before))
    )


def holds_article(node: HtmlElement) -> bool:
    """Whether an element holds more than a comment: a page's title or its article."""
    return bool(node.xpath(".//h1 | .//main | .//*[@itemprop='articleBody']")) or names_match(node, "not_item")


def holds_text(node: HtmlElement) -> bool:
    """Whether an element holds what sites call the text of an article."""
    return any(
        name in (part.get("class") or "") for part in node.iter() for name in read_data("markup.yaml")["article"]
    )


def find_sections(root: HtmlElement) -> list[HtmlElement]:
    """The elements that hold a page's comments: by their names, or those whose first heading says so."""
    named = [
        node
        for node in root.iter("div", "section", "ul", "ol", "dl", "table", "aside", "article")
        if names_match(node, "section") and not is_outside(node)
    ]
    headings = [
        node
        for node in root.iter("h2", "h3", "h4", "h5", "h6", "legend", "caption")
        if len(words := text_of(node)) < 120 and pattern("heading").fullmatch(words) and not is_outside(node)
    ]
    below = [
        node
        for heading in headings
        for node in takewhile(lambda node, tag=heading.tag: node.tag != tag, heading.itersiblings())
    ]
    return [node for node in dict.fromkeys(named + below) if not holds_article(node)]


def wrap_anchored(root: HtmlElement) -> None:
    """Give loose paragraphs behind numbered anchors (<a id="c201"></a><p>…) an element of their own."""
    marks = [
        node
        for node in root.iter("a")
        if not text_of(node) and re.fullmatch(r"(?i)(?:c|comment-?)\d+", node.get("id") or node.get("name") or "")
    ]
    for mark in marks:
        after, loose = mark.getnext(), []
        while after is not None and after.tag in ("p", "blockquote", "ul", "ol", "pre", "br"):
            loose.append(after)
            after = after.getnext()
        if loose and not any(is_item(node) for node in loose):
            item = fragment_fromstring("<div class='comment'></div>")
            mark.addprevious(item)
            for node in loose:
                item.append(node)


def shape_of_item(node: HtmlElement) -> tuple:
    """Tag and first class of an element, without what differs between comments; without any, its place in the page."""
    names = [name for name in (node.get("class") or "").lower().split() if not pattern("varies").fullmatch(name)]
    above = node.getparent()
    return (node.tag, names[0]) if names else (node.tag, "", above.tag, above.get("class"), above.get("id"))


def has_words(node: HtmlElement) -> bool:
    """Whether an element says more than who wrote it and when."""
    author = find_field(node, "author", [])
    lines = text_of(node, () if author is None else (author,)).split("\n")
    return any(not is_signature(line) for line in lines)


def find_records(section: HtmlElement) -> list[HtmlElement]:
    """The elements that repeat in a section, each with a date or a numbered id, and words of its own."""
    parts = [
        node
        for node in section.iterdescendants("li", "div", "article", "tr", "td", "dd", "section")
        if not is_outside(node) and not holds_article(node)
    ]
    seeds = [node for node in parts if is_named(plain_name(node.get("id") or ""), "any_id")]
    if not seeds:
        dated = [
            node
            for node in parts
            if find_field(node, "date", []) is not None and has_words(node) and not names_match(node, "furniture")
        ]
        outer = {above for node in dated for above in node.iterancestors()}
        seeds = [node for node in dated if node not in outer]
    counts = Counter(map(shape_of_item, seeds))
    most = max(counts.values(), default=0)
    shapes = {shape for shape, n in counts.items() if n > most / 2}
    return [node for node in parts if shape_of_item(node) in shapes and find_field(node, "date", []) is not None]


def find_items(root: HtmlElement) -> list[HtmlElement]:
    """The elements that hold one comment each, in page order.

    By their names first, else by what repeats in a section of comments. An element round others is a thread's root
    where it has words of its own, else only a container. One inside another is a reply where it names an author or a
    date of its own, else a part of it.
    """
    wrap_anchored(root)
    kept = keep_signed(
        [
            node
            for node in root.iter("*")
            if (is_item(node) or node.tag == "dd" and is_listed(node))
            and not is_outside(node)
            and not holds_article(node)
        ]
    )
    if not kept:
        sections = find_sections(root)
        shapes = Counter(map(shape_of_item, sections))
        kept = keep_signed([node for node in sections if shapes[shape_of_item(node)] > 1])
    if not kept:
        repeated = [node for section in sections for node in find_records(section)]
        order = {node: place for place, node in enumerate(root.iter())}
        kept = keep_signed(sorted(set(repeated), key=order.get))
    return kept


def keep_signed(found: list[HtmlElement]) -> list[HtmlElement]:
    """Of elements in page order those that are comments: with an author or a date, and words."""
    marked = set(found)
    inside = {node: [other for other in node.iterdescendants() if other in marked] for node in found}
    kept: dict[HtmlElement, None] = {}
    for node in found:
        above = next((parent for parent in node.iterancestors() if parent in kept), None)
        lines = text_of(node, tuple(inside[node])).split("\n")
        signed = any(find_field(node, kind, inside[node]) is not None for kind in ("author", "date")) or (
            len(lines) > 1 and any(is_signature(line) and print_date(line) for line in lines[:3] + lines[-1:])
        )
        if (above is not None or inside[node]) and not signed:
            continue  # part of the comment round it, or a container
        if signed or node.tag == "dd":
            kept[node] = None
    return [node for node in kept if text_of(node, tuple(inside[node]))]
