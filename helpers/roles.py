"""Roles: which paragraph of a page is title, byline, date, caption or body, and which is only furniture.

Each paragraph gets one role: first by what it looks like (data/layout.yaml), then by where it stands, before,
in or after the article.
"""
import re
from bisect import bisect_left
from collections import Counter

from .dates import read_date_line
from .titles import Unit, find_title, is_name, key, matcher

NAME = r"(?:[A-ZÀ-Þ][\w.’'-]+ ?){2,4}"


def is_prose(text: str) -> bool:
    """Whether a paragraph reads like running text rather than a heading, a name or a button."""
    words = len(text.split())
    if len(text) > 40 and len(text) > 25 * words:   # a script without blanks
        return True
    two_sentences = r"[.!?][\"”’')]* [A-ZÀ-Þ“\"]\w.*[.!?…][\"”’')]*$"
    return words >= 25 or (words >= 9 and bool(re.search(r"[.:…][\"”’')\]]*$|" + two_sentences, text)))


def is_date_line(text: str) -> bool:
    """Whether a line is a date, perhaps after an outlet or a city."""
    if len(text) > 120:
        return False
    items = re.split(r"\s{2,}|\s[|•·]\s", text)
    if len(items) > 1 and any(is_date_line(item) for item in items):   # "The Bulletin     No. 4     May 1988"
        return True
    read = read_date_line(text)
    return bool(read) and (not read[0] or (len(read[0].split()) <= 4 and len(text) <= 80 and is_name(read[0])))


def role_by_look(text: str, prose: bool) -> str | None:
    """The role that a paragraph's own look gives it, wherever it stands."""
    if len(text) <= 400 and matcher("rights").fullmatch(text) and not (prose and len(text) > 200):
        return "rights"
    if is_date_line(text):
        return "dateline"
    if len(text) <= 700 and matcher("caption").fullmatch(text):
        return "caption"
    items = re.split(r"\s*[|•·]\s*|\s{2,}|\t", text)
    if len(items) >= 3 and all(len(item.split()) <= 3 for item in items):   # a menu
        return "boilerplate"
    if matcher("boilerplate").fullmatch(text) and not (prose and len(text) > 250):
        return "boilerplate"
    if len(text) <= 160 and not prose and matcher("byline").fullmatch(text):
        return "byline"
    if matcher("caption_places").search(text) and not re.search(r"[.!?][\"”’')]*$", text):
        return "caption"
    return None


def find_article(units: list[Unit], looks: list[str | None]) -> tuple[int, int]:
    """First and last+1 paragraph of the article: running text, less the standfirst above date and byline.

    A press release ends where it says what its sender is ("About the Federation"); short last sentences and
    a signature under a closing quotation still belong to it.
    """
    prose = [i for i, unit in enumerate(units) if looks[i] is None and is_prose(unit.text)]
    if not prose:   # a page of short sentences
        ending = re.compile(r"\w.* .*[.!?…][\"”’')]*$")
        prose = [i for i, unit in enumerate(units) if looks[i] is None and ending.search(unit.text)]
    if not prose:
        return len(units), len(units)
    first, seen = 0, Counter()
    dated = [bisect_left(prose, i) for i in range(prose[0], min(len(units), prose[0] + 40)) if looks[i] == "dateline"]
    diary = len(set(dated)) > 1   # dates with text between them are its headings, not its date
    for i, unit in enumerate(units[:prose[0] + 6]):
        seen[key(unit.text)] += 1
        credit = looks[i] in ("dateline", "byline") and not (diary and i > prose[0])
        marker = credit or (seen[key(unit.text)] > 1 and not is_prose(unit.text))
        if marker and bisect_left(prose, i) <= 2 and prose[-1] > i:
            first = i + 1
    first, last = next(i for i in prose if i >= first), prose[-1] + 1
    for i in range(first + 2, last):
        if i > len(units) / 2 and matcher("sender").fullmatch(units[i].text) and not is_prose(units[i].text):
            return first, i
    while last < len(units) and looks[last] is None and re.search(
            r"^[—–-]\s?\w|^(?:\S+ ){3,}.*[.!?…][\"”’')]*$", units[last].text):
        last += 1
    return first, last


def find_roles(units: list[Unit], declared: str | None) -> list[str]:
    """One role for each paragraph of the page outside its comment section."""
    looks = [role_by_look(unit.text, is_prose(unit.text)) for unit in units]
    first, last = find_article(units, looks)
    body = " ".join(unit.text for unit in units[first:last])
    furniture = " ".join(unit.text for unit, look in zip(units, looks, strict=True)
                         if look in ("rights", "boilerplate"))
    title = find_title(units[:first], looks[:first], body, furniture, declared)
    roles = roles_in_head(units[:first], looks[:first], title)
    names = [name for unit, role in zip(units, roles + looks[first:], strict=True) if role == "byline"
             for name in re.findall(NAME, re.sub(r"^(?i:by|posted by|text by) ", "", unit.text))]
    names = {name.strip() for name in names if " " in name.strip()}
    names |= {f"{name.split()[0]} {name.split()[-1]}" for name in names}
    roles += roles_in_article(units[first:last], looks[first:last])
    directly = True   # nothing but article so far
    for i in range(last, len(units)):
        look, text = looks[i], units[i].text
        signed = directly and is_name(text) and 2 <= len(text.split()) <= 4 and "byline" not in roles
        goes_on = directly and text[0] in "•*" and len(text.split()) > 4
        tail = "byline" if signed else "body" if goes_on else "boilerplate"
        roles.append(look or ("bio" if is_bio(text, names) else tail))
        directly = directly and roles[-1] != "boilerplate"
    for i in range(last - 1, first, -1):   # the author's note may run over several paragraphs above the end
        if looks[i] is None and not is_bio(units[i].text, names):
            break
        roles[i] = "bio" if looks[i] is None else roles[i]
    return roles


def roles_in_head(units: list[Unit], looks: list[str | None], title: str | None) -> list[str]:
    """Roles of the lines before the article."""
    roles = []
    for unit, look in zip(units, looks, strict=True):
        titled = "title" in roles
        if title and key(unit.text) == title:
            roles.append("title")
        elif look or (titled and is_name(unit.text)):
            roles.append(look or "byline")
        else:
            standfirst = len(unit.text.split()) >= 5 and (titled or is_prose(unit.text))
            roles.append("standfirst" if standfirst else "boilerplate")
    return roles


def roles_in_article(units: list[Unit], looks: list[str | None]) -> list[str]:
    """Roles of the paragraphs of the article: body, headings, and what stands between them."""
    roles, before_prose = [], False
    for unit, look in zip(reversed(units), reversed(looks), strict=True):   # backwards: a heading precedes prose
        text, words = unit.text, len(unit.text.split())
        if look and look != "byline":
            roles.append(look)
            continue
        short = words <= 12 and text[0].isupper() and not re.search(r"[.!,;:…\"”]$|^[^:]{1,40}:\s", text)
        if before_prose and short and not is_prose(text):
            roles.append("caption" if words >= 7 and "," in text and not text.endswith("?") else "heading")
        else:
            roles.append("body")
        before_prose = is_prose(text)
    roles.reverse()
    for i in range(1, len(units)):   # a list under "See also" or "Contents" runs on to the next paragraph
        listing = looks[i - 1] == "boilerplate" and matcher("lists").match(units[i - 1].text) or (
            i > 1 and looks[i - 1] is None and roles[i - 1] == "boilerplate")
        plain = looks[i] is None and not is_prose(units[i].text) and not units[i].text.endswith("[edit]")
        if listing and plain and len(units[i].text.split()) <= 12:
            roles[i] = "boilerplate"
    return roles


def is_bio(text: str, names: set[str]) -> bool:
    """Whether a paragraph speaks of the author."""
    if matcher("bio").fullmatch(text):
        return True
    first = [text[:end.start()] for end in re.finditer(r"\b|(?<=\S)(?=\s)", text[:100])]
    return any(name in names and matcher("bio_verbs").match(text, len(name)) for name in first)
