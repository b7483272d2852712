"""Links: what reports point at made into links, and back: which reports show a sentence of a page."""
import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape, unescape
from itertools import count
from typing import NamedTuple

POINTER = re.compile(r'<span class="at" data-at="([^"]*)" data-page="([^"]*)">(.*?)</span>', re.S)
LONGEST = 80   # characters of a file's name


class Use(NamedTuple):
    """A place in a report that shows a sentence: the report's name, its file and the id of the place."""
    report: str
    file: str
    place: str


def name_files(doc_ids: list[str]) -> dict[str, str]:
    """A file for each document's reader page, safe on every system: letters, digits, dots, hyphens; none twice.

    >>> name_files(["a/../b", "A_.._b", "CON"])
    {'a/../b': 'a_b.html', 'A_.._b': 'A_b-2.html', 'CON': 'CON-page.html'}
    """
    files, taken, last = {}, set(), defaultdict(lambda: 1)
    for doc_id in doc_ids:
        plain = re.sub(r"[^A-Za-z0-9.-]+", "_", re.sub(r"\.\.+", "", doc_id))
        plain = re.sub(r"__+", "_", plain).strip("._-")[:LONGEST] or "page"
        if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", plain):
            plain += "-page"
        name = plain
        while name.lower() in taken:
            last[plain] += 1
            name = f"{plain}-{last[plain]}"
        taken.add(name.lower())
        files[doc_id] = f"{name}.html"
    return files


def link_pages(pages: dict[str, str], names: dict[str, str], reports: dict[str, str],
               readers: dict[str, str]) -> tuple[dict[str, str], dict[str, dict[str, list[Use]]]]:
    """The reports with their pointers made into links, and where each page's sentences are shown.

    `pages` are HTML by file, `names` the report's name by file, `reports` the file of each report ("stance:China"),
    `readers` the file of each document. Returned: HTML by file, and by doc_id and place the uses. What points at
    nothing that was made stays plain words.
    """
    shown: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    linked = {}
    for file, html in pages.items():
        numbers = count(1)

        def link(match: re.Match, file: str = file, numbers: Iterator[int] = numbers) -> str:
            place, page, words = unescape(match[1]), unescape(match[2]), match[3]
            after = f"#{place}" if place else ""
            if page in reports:
                return f'<a href="{escape(reports[page] + after, quote=True)}">{words}</a>'
            doc_id = page.removeprefix("doc:")
            if doc_id not in readers or doc_id == page:
                return words
            own = f"e{next(numbers)}"
            shown[doc_id][place].append(Use(names[file], file, own))
            href = escape(f"read/{readers[doc_id]}{after}", quote=True)
            return f'<a class="at" id="{own}" href="{href}">{words}</a>'

        linked[file] = POINTER.sub(link, html)
    return linked, shown
