"""Markup: the elements of an HTML page that hold one reader comment each, as sites write them."""

import re
from collections import Counter
from itertools import takewhile

from lxml.html import HtmlElement, fragment_fromstring

from .elements import classes_of, is_named, names_match, pattern, text_of
from .signatures import find_field, is_signature, print_date, read_date
from .tables import read_data


def is_item(node: HtmlElement) -> bool:
    """Whether an element looks like one comment, by its names."""
    if pattern("item_type").search(node.get("itemtype") or "") or (node.get("itemprop") or "").lower() == "comment":
        return True
    if node.tag in read_data("markup.yaml")["no_item"] or names_match(node, "not_item"):
        return False
    by_class = any(is_named(name, "item_class") and not is_named(name, "plural") for name in classes_of(node))
    return by_class or is_named(node.get("id") or "", "item_id")


def is_outside(node: HtmlElement) -> bool:
    """Whether an element stands in a form, a sidebar, or a list of latest comments."""
    texts = read_data("markup.yaml")["article"]
    return any(parent.tag in ("form", "nav", "aside") or (
                   names_match(parent, "outside") and not holds_article(parent)
                   and not any(name in part.get("class", "") for part in parent.iter() for name in texts))
               for parent in [node, *node.iterancestors()]
               if parent.tag not in ("body", "html", "main"))  # which are called after what stands beside them


def is_listed(node: HtmlElement) -> bool:
    """Whether a <dd> is a comment of a list in which the <dt> before it says who wrote it and when."""
    before = node.getprevious() if node.tag == "dd" else None
    return before is not None and before.tag == "dt" and (
        names_match(node, "body") or is_named(before.get("id") or "", "any_id") and bool(read_date(before)))


def holds_article(node: HtmlElement) -> bool:
    """Whether an element holds more than a comment: a page's title or its article."""
    return bool(node.xpath(".//h1 | .//main | .//*[@itemprop='articleBody']")) or names_match(node, "not_item")


def find_sections(root: HtmlElement) -> list[HtmlElement]:
    """The elements that hold a page's comments: by their names, or those whose first heading says so."""
    found = [node for node in root.iter("div", "section", "ul", "ol", "dl", "table", "aside", "article")
             if names_match(node, "section") and not is_outside(node)]
    for heading in root.iter("h2", "h3", "h4", "h5", "h6", "legend", "caption"):
        words = text_of(heading)
        if len(words) < 120 and pattern("heading").fullmatch(words) and not is_outside(heading):
            found += takewhile(lambda node, tag=heading.tag: node.tag != tag, heading.itersiblings())
    return [node for node in dict.fromkeys(found) if not holds_article(node)]


def wrap_anchored(root: HtmlElement) -> None:
    """Give loose paragraphs behind numbered anchors (<a id="c201"></a><p>…) an element of their own."""
    for mark in list(root.iter("a")):
        if text_of(mark) or not re.fullmatch(r"(?i)(?:c|comment-?)\d+", mark.get("id") or mark.get("name") or ""):
            continue
        loose = list(takewhile(lambda node: node.tag in ("p", "blockquote", "ul", "ol", "pre", "br"),
                               mark.itersiblings()))
        if loose and not any(map(is_item, loose)):
            item = fragment_fromstring("<div class='comment'></div>")
            mark.addprevious(item)
            item.extend(loose)


def shape_of_item(node: HtmlElement) -> tuple:
    """Tag and first class of an element, without what differs between comments; without any, its place in the page."""
    names = [name for name in (node.get("class") or "").lower().split() if not pattern("varies").fullmatch(name)]
    above = node.getparent()
    return (node.tag, names[0]) if names else (node.tag, "", above.tag, above.get("class"), above.get("id"))


def has_words(node: HtmlElement) -> bool:
    """Whether an element says more than who wrote it and when."""
    author = find_field(node, "author", [])
    return not all(map(is_signature, text_of(node, () if author is None else (author,)).split("\n")))


def find_records(section: HtmlElement) -> list[HtmlElement]:
    """The elements that repeat in a section, each with a date or a numbered id, and words of its own."""
    parts = [node for node in section.iterdescendants("li", "div", "article", "tr", "td", "dd", "section")
             if not is_outside(node) and not holds_article(node)]
    dated = [node for node in parts if find_field(node, "date", []) is not None]
    seeds = [node for node in parts if is_named(node.get("id") or "", "any_id")]
    if not seeds:
        worded = [node for node in dated if has_words(node) and not names_match(node, "furniture")]
        outer = {above for node in worded for above in node.iterancestors()}
        seeds = [node for node in worded if node not in outer]
    counts = Counter(map(shape_of_item, seeds))
    most = max(counts.values(), default=0)
    return [node for node in dated if counts[shape_of_item(node)] > most / 2]


def find_items(root: HtmlElement) -> list[HtmlElement]:
    """The elements that hold one comment each, in page order.

    By their names first, else by what repeats in a section of comments. An element round others is a thread's root
    where it has words of its own, else only a container. One inside another is a reply where it names an author or a
    date of its own, else a part of it.
    """
    wrap_anchored(root)
    kept = keep_signed([node for node in root.iter("*") if (is_item(node) or is_listed(node))
                        and not is_outside(node) and not holds_article(node)])
    if not kept:
        sections = find_sections(root)
        shapes = Counter(map(shape_of_item, sections))
        kept = keep_signed([node for node in sections if shapes[shape_of_item(node)] > 1])
    if not kept:
        repeated = {node for section in sections for node in find_records(section)}
        kept = keep_signed([node for node in root.iter() if node in repeated])
    return kept


def keep_signed(found: list[HtmlElement]) -> list[HtmlElement]:
    """Of elements in page order those that are comments: with an author or a date, and words."""
    marked = set(found)
    inside = {node: [other for other in node.iterdescendants() if other in marked] for node in found}
    kept: dict[HtmlElement, None] = {}
    for node in found:
        lines = text_of(node, tuple(inside[node])).split("\n")
        signed = any(find_field(node, kind, inside[node]) is not None for kind in ("author", "date")) or (
            len(lines) > 1 and any(is_signature(line) and print_date(line) for line in lines[:3] + lines[-1:]))
        # else it is part of the comment round it, or a container
        alone = node.tag == "dd" and not inside[node] and not any(above in kept for above in node.iterancestors())
        if signed or alone:
            kept[node] = None
    return [node for node in kept if text_of(node, tuple(inside[node]))]
