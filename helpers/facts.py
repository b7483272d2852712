"""Facts: a page's title, outlet, byline and dates, read from its spans; null where the page does not say."""
import re

from .dates import date_from_text, find_dates, read_date_line
from .tables import read_data
from .titles import find_masthead, is_name, key, plain_title


def clean_byline(line: str) -> str | None:
    """The names in a byline, without "By", dates, times and job titles.

    >>> clean_byline("Posted by Ann Lee at 9:14 PM")
    'Ann Lee'
    """
    layout = read_data("layout.yaml")
    names = re.sub(layout["byline_start"], "", line)
    for date in find_dates(names)[:1]:
        names = names[:date.start]
    return re.sub(layout["byline_end"], "", names).strip(" ,;|-–—•·") or None


def is_person(name: str, body: str) -> bool:
    """Whether a name line may name a person: none of its words is an organisation's or common in the text."""
    layout = read_data("layout.yaml")
    if re.search(rf"\b{layout['outlet_words']}$|\b{layout['organisation_words']}\b", name):
        return False
    return not any(re.search(rf"\b{re.escape(word.lower())}\b", body) for word in name.split() if len(word) > 3)


def find_credits(lines: list[str], body: str) -> tuple[str | None, str | None]:
    """Outlet and byline from the lines of role byline: "By …" first, persons next, then source and organisation."""
    lines = [line for line in lines if not re.match(r"(?i)translated|edited|photographs", line)]
    named = [line for line in lines if not is_name(line) or ":" in line or clean_byline(line) != line]
    plain = [line for line in lines if line not in named]
    outlet_word = rf"\b{read_data('layout.yaml')['outlet_words']}(?: \w+)?$"
    persons = [line for line in plain if is_person(line, body)]
    organisations = [line for line in plain if line not in persons]
    # the source stands first; an organisation alone under a person, or under "By", is the author's
    source = next((line for line in organisations if re.search(outlet_word, line)), None)
    if not source and len(organisations) > 1:
        source = organisations[0]
    rest = [line for line in organisations if line != source]
    byline = next((clean_byline(line) for line in named), None) or ", ".join(persons or rest[:1]) or None
    return source, byline


def find_outlet(text: str, spans: list[tuple[int, int, str]]) -> str | None:
    """The site or paper that a page names as its own.

    It is read where pages say so: "Published on X", a newsletter banner, a date line or rights line that names
    a paper, or, in the prose, the one paper that sources spoke to at least twice ("told the X").
    """
    layout = read_data("layout.yaml")
    words, name = layout["outlet_words"], "(?:[A-ZÀ-Þ][\\w’'&.-]* )"
    by_role = {role: [text[s:e] for s, e, r in spans if r == role]
               for role in ("boilerplate", "rights", "dateline", "body")}
    for place, line in enumerate(by_role["boilerplate"]):
        found = (re.match(r"(?i:published (?:on|in|by)) (?:the )?([A-Z][^.(]{2,60}?)\s*(?:\(|$)", line)
                 or re.search(r"(?:[Jj]oin|[Ss]ubscribe to|[Ss]ign up for) (?:the |our )?((?:[A-Z0-9][\w.’'&-]* )+)"
                              r"(?:mailing list|[Nn]ewsletter|updates|bulletin)", line)
                 or re.match(rf"(?i:from ){'' if place else '?'}((?:The )?{name}*{words})(?:,|\s+[»>›|–—]|\s\s)", line))
        if found:
            return found[1].strip()
    for line in by_role["dateline"]:
        read = read_date_line(line)
        if read and read[0] and is_name(read[0]) and not re.search(r"[—–:-]$", line) and (
                re.search(rf"\b{words}\b|[a-z][A-Z]", read[0])
                or any(read[0] in other for other in by_role["boilerplate"] + by_role["rights"])):
            return read[0]
    for line in by_role["rights"]:
        found = re.search(rf"(?:©|\(c\)|[Cc]opyright)[\W\d]*((?:[Tt]he )?{name}*?[\w’']*{words}"
                          r"(?: (?:Online|Magazine|Group|Review))?)\b", line)
        if found:
            return found[1].strip()
    told = re.findall(rf"\b(?:told|to|with|tells) (?:the )?((?:[A-Z]\w+ ){{1,3}}{words})\b", " ".join(by_role["body"]))
    said = re.findall(rf"\b(?:told|tells) (?:the )?((?:[A-Z]\w+ ){{0,3}}{words})\b", " ".join(by_role["body"]))
    if said and set(said) == {said[0]} and told.count(said[0]) >= 2:
        return said[0]
    return None


def date_candidates(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Every date a page could go by, as (ISO date, where it stands), each once.

    Where is "dateline" above the article, "foot" below it, "modified" for a stated last change, and "text" for the
    latest past event that the prose dates.
    """
    body = [start for start, _, role in spans if role in ("body", "heading")]
    found = []
    for start, end, role in spans:
        if role in ("dateline", "byline", "boilerplate") and end - start < 400:
            for label, iso in (read_date_line(text[start:end]) or ("", []))[1]:
                if label == "modified":
                    found.append((iso, "modified"))
                elif role != "boilerplate" and (not body or start < body[0]):
                    found.append((iso, "dateline"))
                elif role != "boilerplate" and start > body[-1]:
                    found.append((iso, "foot"))
    event = date_from_text("\n".join(text[s:e] for s, e, role in spans if role in ("body", "standfirst", "caption")))
    return list(dict.fromkeys(found + [(event, "text")] * bool(event)))


def choose_date(candidates: list[tuple[str, str]]) -> tuple[str | None, str | None]:
    """The date a page goes by, and its source (dateline, modified, text).

    Of several date lines above the article the earliest counts: a page that republishes an essay shows its own
    date too. Without one, the first below it counts (a date between paragraphs is a heading); without any, the last
    change stands in, then the latest past event that the prose dates.
    """
    head, foot, modified, event = ([iso for iso, where in candidates if where == name]
                                   for name in ("dateline", "foot", "modified", "text"))
    if head or foot:
        return min(head or foot[:1]), "dateline"
    if modified:
        return max(modified), "modified"
    return (event[0], "text") if event else (None, None)


def find_facts(text: str, spans: list[tuple[int, int, str]], declared_title: str | None) -> dict:
    """Title, outlet, byline and dates of one page, with the warnings they deserve."""
    titles = [text[s:e] for s, e, role in spans if role == "title"]
    body = " ".join(text[s:e] for s, e, role in spans if role == "body")
    source, byline = find_credits([text[s:e] for s, e, role in spans if role == "byline"], body)
    dates, warnings = date_candidates(text, spans), []
    published, dated_by = choose_date(dates)
    printed = sorted({iso for iso, where in dates if where == "dateline"})
    if len(printed) > 1:
        warnings.append(f"several dates on the page ({', '.join(printed)}): the earliest is taken")
    if dated_by == "text":
        warnings.append(f"no date line: {published} follows from dates in the text")
    if dated_by == "modified":
        warnings.append(f"dated by its last change, {published}")
    if not body:
        warnings.append("no article found")
    head = [text[s:e] for s, e, _ in spans[:next((i for i, span in enumerate(spans) if span[2] == "body"), 0)]]
    title = (titles[0] if titles else declared_title or "")
    outlet = find_outlet(text, spans) or find_masthead(head, key(title)) or source
    modified = max((iso for iso, where in dates if where == "modified"), default=None)
    return {"title": plain_title(title) or None, "outlet": outlet, "byline": byline, "published": published,
            "published_source": dated_by, "modified": modified, "warnings": warnings}
