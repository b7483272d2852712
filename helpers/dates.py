"""Dates: every date a text prints, the lines that are nothing but a date, and when a page was published.

Dates are ISO strings, as far as the page tells: "2014-06-08", "1997-08", "2018". 05/07/2018 says no more
than its year, since nobody can tell the month.
"""
import re
from bisect import bisect
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from .patterns import pattern
from .tables import read_data

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?" \
        r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN\w*|FEB\w*|MAR\w*|APR\w*|MAY|JUN\w*|JUL\w*|AUG\w*|SEP\w*" \
        r"|OCT\w*|NOV\w*|DEC\w*)\b\.?"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
YEAR = r"(?P<year>(?:1[89]|20)\d\d)\b"
CLOCK = r"(?=(?P<clock>,? \d\d:\d\d(?::\d\d)?(?! ?[AaPp]\.?[Mm]))?)"   # of 24 hours
WEEKDAY = r"(?:\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)?"
PATTERNS = [re.compile(rf"(?<![\w$€£]){words}") for words in (
    r"(?P<year>(?:1[89]|20)\d\d)[-/](?P<month>1[0-2]|0?[1-9])[-/](?P<day>[12]\d|3[01]|0?[1-9])(?![\d/-])",
    rf"(?P<first>\d\d?)(?P<mark>[-./])(?P<second>\d\d?)(?P=mark){YEAR}{CLOCK}",
    rf"{WEEKDAY}{MONTH} {DAY},? {YEAR}",
    rf"{WEEKDAY}{DAY},? (?:of )?{MONTH},? {YEAR}",
    rf"{MONTH},? {YEAR}",
    rf"{WEEKDAY}{MONTH} {DAY}(?! ?(?:%|per|percent|million|billion))",
    rf"{WEEKDAY}{DAY} (?:of )?{MONTH}(?!\w)",
)]
TIME = re.compile(r"(?:\bat\s+|[,|–-]\s*|(?<![A-Za-z])T)?(?<!\d)\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
                  r"(?:\s?[AaPp]\.?[Mm]\b\.?)?"
                  r"(?:\s?\(?(?:GMT|UTC|ZULU|Z|[A-Z]{2,4}T|hrs|h)\b\)?)?(?:\s?[+-]\d\d:?\d\d)?")


class Date(NamedTuple):
    """A printed date: where it stands, its ISO form, and whether it states its year."""
    start: int
    end: int
    iso: str
    has_year: bool


def iso_of(match: re.Match) -> str:
    """ISO form of one match; without a year it reads "--03-22"."""
    part = match.groupdict()
    if "first" in part:
        day, month = int(part["first"]), int(part["second"])
        # dots, or a clock of 24 hours, go with the day first; else nobody can tell
        if part["mark"] != "." and not part["clock"] and day <= 12 and month <= 12 and day != month:
            return part["year"]
        if month > 12:
            day, month = month, day
        return checked(part["year"], month, day)
    day, month = int(part.get("day") or 0), part["month"]
    month = int(month) if month.isdigit() else MONTHS.index(month.lower()[:3]) + 1
    return checked(part["year"], month, day) if part.get("year") else f"--{month:02}-{day:02}"


def checked(year: str, month: int, day: int) -> str:
    """An ISO date, as far as such a day and month exist.

    >>> checked("2017", 2, 31), checked("2017", 9, 0)
    ('2017-02', '2017-09')
    """
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}" + f"-{day:02}" * (1 <= day <= monthrange(int(year), month)[1])


def find_dates(text: str) -> list[Date]:
    """Every date in reading order, the longest reading of each; without a year where none is printed.

    >>> [d.iso for d in find_dates("Monday, September 11th, 2017; since August 1997; on March 22; 05/07/2018")]
    ['2017-09-11', '1997-08', '--03-22', '2018']
    """
    found, taken = [], set()
    for dated in PATTERNS:
        for match in dated.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                iso = iso_of(match)
                found.append(Date(*match.span(), iso, not iso.startswith("--")))
    return sorted(found)


@cache
def foreign_dates() -> tuple[dict[str, str], re.Pattern, re.Pattern]:
    """Months in other languages, with their English names (data/months.yaml); full dates with them, the day first, and
    the month first."""
    months = {name: month for month, names in read_data("months.yaml").items() for name in names}
    name = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    year = r"((?:19|20)\d\d)\b"
    return (months, re.compile(rf"(?i)(\d{{1,2}})(?:\.|º|er)?\s*(?:d[eio]\s+)?\b({name})\b\.?,?\s*(?:del?\s+)?{year}"),
            re.compile(rf"(?i)\b({name})\.?\s+(\d{{1,2}}),?\s+{year}"))


def in_english(text: str) -> str:
    """The text with full dates of other languages written in English, for `find_dates`; offsets change.

    >>> [find_dates(in_english(said))[0].iso for said in ("am 3. März 2014", "3 de marzo de 2014", "2014年3月3日")]
    ['2014-03-03', '2014-03-03', '2014-03-03']
    """
    months, day_first, month_first = foreign_dates()
    text = day_first.sub(lambda found: f"{found[1]} {months[found[2].lower()]} {found[3]}".title(), text)
    text = month_first.sub(lambda found: f"{found[2]} {months[found[1].lower()]} {found[3]}".title(), text)
    text = re.sub(r"(\d)\.\s+(?=[A-Z][a-z]{2})", r"\1 ", text)   # 14. Nov
    return re.sub(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", r"\1-\2-\3", text)


def read_date_line(line: str) -> tuple[str, list[tuple[str, str]]] | None:
    """What a line that is nothing but dates says: the words before them, and (label, ISO date) pairs.

    The label is "modified" or "published"; words left over (an outlet, a city) are returned, not judged.
    None if the line has no date with a year.

    >>> read_date_line("YaleGlobal, 4 February 2014")
    ('YaleGlobal', [('published', '2014-02-04')])
    >>> read_date_line("Page last modified: 27-07-2018 23:52:28 ZULU")
    ('', [('modified', '2018-07-27')])
    """
    dates = [date for date in find_dates(line) if date.has_year]
    if not dates:
        return None
    labels, pairs, rest, end = read_data("layout.yaml")["date_labels"], [], "", 0
    for date in dates:
        before = line[end:date.start]
        pairs.append(("modified" if re.search(labels["modified"], before, re.I) else "published", date.iso))
        rest, end = rest + " " + before, date.end
    rest = TIME.sub(" ", rest + " " + line[end:])
    for words in labels.values():
        rest = re.sub(words, " ", rest, flags=re.I)
    return " ".join(re.sub(r"[^\w&'’. -]+|(?<!\w)[.-]+(?!\w)", " ", rest).split()), pairs


def date_from_text(text: str) -> str | None:
    """Year and month of the latest past event that the prose dates, or None.

    A date without a year takes the year stated nearest to it in the text. Dates after words of the future
    ("will be held on …") do not count, nor do bare months and bare years.

    >>> date_from_text("A congress met on January 19, 2018. On March 13 he spoke; polls are due on July 29.")
    '2018-03'
    """
    def is_ahead(start: int) -> bool:
        words = re.split(r"[.!?;]\s", text[max(0, start - 90):start])[-1]
        return bool(pattern("layout.yaml", "future").search(words))

    years = [(m.start(), m.group()) for m in re.finditer(rf"(?<![\w$€£.,-]){YEAR}(?![,.]?\d)", text)
             if not is_ahead(m.start())]
    events = []
    for start, _, iso, has_year in find_dates(text):
        if not has_year and years:
            place = bisect(years, (start,))
            iso = min(years[max(0, place - 1):place + 1], key=lambda year: abs(year[0] - start))[1] + iso[1:]
        if len(iso) >= 7 and iso >= "1990" and not is_ahead(start):   # what is older than the web is history, not news
            events.append(iso[:7])
    return max(events, default=None)
