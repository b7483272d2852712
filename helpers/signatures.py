"""Signatures: who wrote a comment and when, and which part of its element are its words."""
import re

from lxml.html import HtmlElement

from .dates import find_dates, in_english
from .elements import names_match, pattern, text_of
from .lines import shape_of

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
NO_BODY = ("author", "date", "furniture")   # what an element is called that is not the words of a comment


def print_date(said: str) -> str | None:
    """The date a text names: ISO, or as printed where it has no year or is relative ("3 years ago")."""
    plain = in_english(said)
    dates = find_dates(plain)
    if dates:
        return dates[0].iso if dates[0].has_year else plain[dates[0].start:dates[0].end]
    return next(iter(shape_of(said).times), None)


def read_date(node: HtmlElement) -> str | None:
    """The date of an element, from its attributes first."""
    said = [place.get(name) for place in node.iter() for name in ("datetime", "content", "title")]
    return next(filter(None, map(print_date, filter(None, [*said, text_of(node)[:120]]))), None)


def clean_name(line: str) -> str | None:
    """The name in a line that signs a comment: "Verfasst von: Irmi am 6. Februar 2006 08:20" gives Irmi."""
    line = in_english(line[:200])
    dates = find_dates(line)
    if dates:
        before, after = re.sub(r"^\W*\w{2,4}[.,]\s*$", "", line[:dates[0].start]), line[dates[0].end:]
        line = before if re.search(r"\w", pattern("not_name").sub("", before)) else after
    line = pattern("clock").sub("", line)
    name = " ".join(pattern("not_name").sub("", pattern("not_name").sub("", line)).split())
    name = name[:80].strip(" ,:;|·—–-")
    return None if not name or name in shape_of(name).times else name


def is_signature(line: str) -> bool:
    """Whether a line is no more than a signature: a date or a word like "says", perhaps with a name; no sentence."""
    if len(line) >= 120:
        return False
    if clean_name(line) is None:
        return True
    plain = in_english(line)
    dates, times = find_dates(plain), shape_of(line).times
    if not dates and not times:
        return False
    left = plain[:dates[0].start] + plain[dates[0].end:] if dates else plain.replace(times[0], "")
    return len(re.findall(r"[^\W\d_]+", left)) <= 8 and not re.search(r"\w{2}[.!?]$|\b[a-z][.!?]$", left.strip())


def find_field(item: HtmlElement, kind: str, without: list[HtmlElement]) -> HtmlElement | None:
    """The element of a comment that holds its body, author or date; not one of a comment inside it.

    The first date; the innermost of the first authors; of bodies the one with most words, and better one that holds no
    author.
    """
    others, found = set(without), []
    for node in item.iterdescendants("*"):
        if others and any(p in others for p in [node, *node.iterancestors()]):
            continue
        timed = kind == "date" and (node.tag == "time" or node.get("datetime"))
        if not (timed or (kind == "author" and node.tag == "cite") or names_match(node, kind)) or not text_of(node):
            continue
        if kind == "date" and len(text_of(node)) < 200 and read_date(node):
            return node
        if kind == "author" or (kind == "body" and not any(names_match(node, other) for other in NO_BODY)):
            found.append(node)
    if not found:
        return None
    if kind == "author":
        inner = [node for node in found if found[0] in node.iterancestors()]
        return inner[-1] if inner else found[0]
    alone = [node for node in found if not any(names_match(part, "author") for part in node.iterdescendants("*"))]
    return max(alone or found, key=lambda node: len(text_of(node)))


def read_items(items: list[HtmlElement]) -> list[dict]:
    """Comments from their elements in page order: author, date, text, reply_to (comment_id of what it answers)."""
    numbers = {item: n for n, item in enumerate(items, 1)}
    inside: dict[HtmlElement, list[HtmlElement]] = {item: [] for item in items}
    for item in items:
        for above in item.iterancestors():
            if above in inside:
                inside[above].append(item)
    by_id = {match[0]: n for item, n in numbers.items() if (match := re.search(r"\d+$", item.get("id") or ""))}
    return [read_item(item, inside[item]) | {"reply_to": find_parent(item, numbers, by_id)} for item in items]


def read_item(item: HtmlElement, inside: list[HtmlElement]) -> dict:
    """One comment without what stands `inside` it as another: author, date, text."""
    author, date, body = (find_field(item, kind, inside) for kind in ("author", "date", "body"))
    if item.tag == "dd":   # a list: the name in the dt above, perhaps the time in the dd below
        before, after = item.getprevious(), item.getnext()
        if before is not None and before.tag == "dt":
            author = next(node for node in (author, find_field(before, "author", []), before) if node is not None)
            date = date if date is not None else find_field(before, "date", [])
        if date is None and after is not None and after.tag == "dd" and read_date(after):
            date = after
    whole = body if body is not None else item
    kept, above = (HEADINGS if body is not None else ()), {whole, *whole.iterancestors()}
    aside = [node for node in item.iterdescendants("*") if node not in above
             and (node in (author, date) or (names_match(node, "furniture") and node.tag not in kept))]
    words = text_of(whole, (*inside, *aside)).split("\n")
    lines = [] if whole is item else text_of(item, (*inside, whole)).split("\n")
    while whole is item and words and is_signature(words[0]):
        lines.append(words.pop(0))
    while whole is item and words and is_signature(words[-1]):
        lines.append(words.pop())
    signed = [line for line in lines if is_signature(line) and print_date(line)]
    name = clean_name(text_of(author).split("\n")[0]) if author is not None else None
    if name is None:   # the first link or heading above the words, or the line with the date
        within = set(whole.iter())
        heads = [*item.iterdescendants(*HEADINGS), *item.iterdescendants("b", "strong"), *item.iterdescendants("a")]
        heads = [text_of(node) for node in heads if node not in within]
        heads = [clean_name(words) for words in heads if len(words) < 40]
        dated = [clean_name(line) for line in signed if find_dates(in_english(line))]
        name = next(filter(None, [*dated, *heads, *map(clean_name, signed)]), None)
    printed = read_date(date) if date is not None else next(map(print_date, signed), None)
    return {"author": name, "date": printed, "text": "\n".join(words)}


def find_parent(item: HtmlElement, numbers: dict[HtmlElement, int], by_id: dict[str, int]) -> str | None:
    """The comment_id of the comment that one answers: it stands inside it, in a list below it, or names its id."""
    above = next((node for node in item.iterancestors() if node in numbers), None)
    if above is None:
        rows = [node for node in item.iterancestors("li") if node not in numbers]
        firsts = [next((node for node in row if node in numbers), item) for row in rows]   # directly in that row
        above = next((node for node in firsts if numbers[node] < numbers[item]), None)
    if above is not None:
        return f"c{numbers[above]}"
    named = re.search(r"\d+", item.get("data-parent-id") or item.get("data-parent") or "")
    return f"c{by_id[named[0]]}" if named and by_id.get(named[0], len(numbers)) < numbers[item] else None
