"""Markup: reader comments as sites write them in HTML: WordPress, Blogger, Disqus, schema.org and their likes."""

import re

from lxml.html import HtmlElement

from .dates import find_dates, in_english
from .elements import names_match, pattern, text_of
from .lines import shape_of
from .tables import read_data


def is_item(node: HtmlElement) -> bool:
    """Whether an element looks like one comment."""
    if re.search(pattern("item_type"), node.get("itemtype") or "") or (node.get("itemprop") or "").lower() == "comment":
        return True
    if node.tag in read_data("markup.yaml")["no_item"]:
        return False
    by_id = node.tag != "dt" and bool(pattern("item_id").fullmatch(node.get("id") or ""))
    return by_id or any(
        pattern("item_class").fullmatch(name) and not pattern("plural").fullmatch(name)
        for name in (node.get("class") or "").split()[:20]
    )


def is_outside(node: HtmlElement) -> bool:
    """Whether an element stands in a form, a sidebar, or a list of latest comments."""
    return any(
        parent.tag in ("form", "nav", "aside") or names_match(parent, "outside")
        for parent in [node, *node.iterancestors()]
    )


def find_items(root: HtmlElement) -> list[HtmlElement]:
    """The elements that hold one comment each, in page order.

    An element round others is a thread's root where it has words of its own, else only a container. One inside another
    is a reply where it names an author or a date of its own, else a part of it. What holds most of the page's text, and
    what stands alone without author or date, is none.
    """
    found = [node for node in root.iter() if isinstance(node.tag, str) and is_item(node) and not is_outside(node)]
    found += [node for node in root.xpath("//dl//dd[contains(@class, 'comment-body')]") if node not in found]
    marked = set(found)
    inside = {node: [other for other in node.iterdescendants() if other in marked] for node in found}
    kept: list[HtmlElement] = []
    for node in found:
        above = next((parent for parent in node.iterancestors() if parent in kept), None)
        signed = (
            find_field(node, "author", inside[node]) is not None or find_field(node, "date", inside[node]) is not None
        )
        if above is not None and not signed:
            continue  # part of the comment round it
        if inside[node] and not signed:
            continue  # a container
        if signed or node.tag == "dd":
            kept.append(node)
    whole = len(text_of(root))
    return [
        node
        for node in kept
        if text_of(node, tuple(inside[node])) and len(text_of(node, tuple(inside[node]))) < 0.8 * whole
    ]


def find_field(item: HtmlElement, kind: str, without: list[HtmlElement]) -> HtmlElement | None:
    """The element of a comment that holds its body, author or date; not one of a comment inside it."""
    others = set(without)
    for node in item.iterdescendants():
        if (
            not isinstance(node.tag, str)
            or others
            and (node in others or any(p in others for p in node.iterancestors()))
        ):
            continue
        timed = kind == "date" and (node.tag == "time" or node.get("datetime"))
        if (
            (timed or (kind == "author" and node.tag == "cite") or names_match(node, kind))
            and (kind != "date" or read_date(node))
            and text_of(node)
        ):
            return node
    return None


def read_date(node: HtmlElement) -> str | None:
    """The date of an element, ISO, or a relative time as printed; from its attributes first."""
    attributes = [place.get(name) for place in node.iter() for name in ("datetime", "content", "title")]
    for said in (*attributes, text_of(node)[:120]):
        dates = find_dates(in_english(said)) if said else []
        if dates:
            return dates[0].iso
        times = shape_of(said).times if said else ()
        if times:
            return times[0]
    return None


def read_item(item: HtmlElement, items: list[HtmlElement]) -> dict:
    """One comment: author, date, text, and parent (the comment_id of the one it stands in, or that it names)."""
    inside = [node for node in items if node is not item and item in node.iterancestors()]
    author, date = find_field(item, "author", inside), find_field(item, "date", inside)
    body = find_field(item, "body", inside)
    if item.tag == "dd":  # Blogger's list: the name in the dt above, the time in the dd below
        before, after = item.getprevious(), item.getnext()
        author = before if author is None and before is not None and before.tag == "dt" else author
        date = after if date is None and after is not None and after.tag == "dd" else date
    furniture = [
        node for node in item.iterdescendants() if isinstance(node.tag, str) and names_match(node, "furniture")
    ]
    whole = body if body is not None else item
    spared = [
        node
        for node in (author, date)
        if node is not None and node is not whole and whole not in node.iterdescendants()
    ]
    furniture = [node for node in furniture if whole not in node.iterdescendants() and node is not whole]
    name = text_of(author).split("\n")[0] if author is not None else ""
    name = pattern("not_name").sub("", name)
    firsts = (
        next((node for node in parent.iter() if node in items), item)
        for parent in item.iterancestors()
        if parent.tag == "li" and is_item(parent)
    )
    above = next(
        (
            first
            for first in [*filter(lambda parent: parent in items, item.iterancestors()), *firsts]
            if first is not item and first not in inside
        ),
        None,
    )
    named = re.search(r"\d+", item.get("data-parent-id") or item.get("data-parent") or "")
    parent = (
        f"c{items.index(above) + 1}"
        if above is not None
        else next(
            (
                f"c{n}"
                for n, other in enumerate(items, 1)
                if named and re.search(rf"\D{named[0]}$", other.get("id") or "")
            ),
            None,
        )
    )
    beside = [] if whole is item else text_of(item, (*inside, whole)).split("\n")
    printed = (
        read_date(date)
        if date is not None
        else next((shape_of(line).times[0] for line in beside if shape_of(line).times), None)
    )
    return {
        "author": name[:80] or None,
        "date": printed,
        "parent": parent,
        "text": text_of(whole, (*inside, *furniture, *spared)),
        "format": "html",
    }
