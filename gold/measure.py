"""Measure: what threads, HTML pages and replies are found at, beside those marked here by hand (make measures).

Comments as found in flat text and in HTML are compared with those marked in threads/ and markup/, what comments say
with replies/; the figures are written beside the marked pages, where reports and the README read them.
"""

import re
import sys
from pathlib import Path

import pandas as pd
import yaml
from replies import measure_replies

from helpers.files import decode
from helpers.measures import FILE, add_rates
from helpers.pages import read_html
from helpers.threads import find_thread

GOLD = Path(__file__).parent
MARK = re.compile(r"⟦(/|author=[^⟦⟧]*)⟧")
SHORT = 20  # characters below which a comment may stand in an article by chance


def read_marked(path: Path) -> tuple[str, str, list[dict]]:
    """A file of gold/threads: the family of its comment section, the page without the marks, the comments they mark.

    A head of `# key: value` lines, a blank line, the page with each comment's words marked:
    `⟦author=Ann|date=2011-05-02⟧words⟦/⟧`; see gold/threads/README.md. Raises ValueError, with the file's name, if
    a mark is not closed.
    """
    head, _, page = path.read_text("utf-8").partition("\n\n")
    text, at, comments = "", 0, []
    for mark in MARK.finditer(page):
        text, at = text + page[at : mark.start()], mark.end()
        if (mark[1] == "/") != bool(comments and "end" not in comments[-1]):
            raise ValueError(f"{path.name}: a comment's mark is not closed before {text[-40:]!r}")
        if mark[1] == "/":
            comments[-1]["end"] = len(text)
        else:
            fields = dict(part.split("=", 1) for part in mark[1].split("|"))
            comments.append({**{key: value or None for key, value in fields.items()}, "start": len(text)})
    return re.search(r"^# family: (.*)$", head, re.M)[1], text + page[at:], comments


def match_comments(text: str, marked: list[dict], found: list[dict]) -> list[tuple[dict, dict]]:
    """Pairs of a marked and a found comment: their words begin at the same character.

    Empty comments match where the found one's header is the last before the marked place.
    """
    by_start, pairs = {comment["start"]: comment for comment in found if comment["end"] > comment["start"]}, []
    for comment in marked:
        match = by_start.get(comment["start"])
        if comment["end"] == comment["start"]:
            place = len(text) - len(text[comment["start"] :].lstrip())
            before = [other for other in found if other["start"] <= place]
            match = before[-1] if before and before[-1]["end"] == before[-1]["start"] else None
        if match:
            pairs.append((comment, match))
    return pairs


def measure_thread(path: Path) -> dict:
    """What was marked (coded), found and right on one page of gold/threads.

    coded and found are comments; starts those whose words begin at the marked character; ends, authors and dates those
    of them that are right in that too.
    """
    family, text, marked = read_marked(path)
    found = find_thread(text).comments
    pairs = match_comments(text, marked, found)
    return {
        "page": path.stem,
        "family": family,
        "pages": 1,
        "coded": len(marked),
        "found": len(found),
        "starts": len(pairs),
        "ends": sum(comment["end"] in (other["end"], comment["start"]) for comment, other in pairs),
        "authors": sum(comment["author"] == other["author"] for comment, other in pairs),
        "dates": sum(comment.get("date") == other["date"] for comment, other in pairs),
    }


def squeezed(text: str | None) -> str:
    """A text without its white space, for comparison."""
    return "".join((text or "").split())


def ask_trafilatura(source: str) -> tuple[str, str]:
    """What trafilatura alone takes for the article and for the comments of a page, without white space."""
    from trafilatura import bare_extraction

    found = bare_extraction(source, include_comments=True, with_metadata=True)
    return (squeezed(found.text), squeezed(found.comments)) if found else ("", "")


def measure_html(path: Path) -> dict:
    """One page: comments marked, found (the same words to the last character), authors right, others found; marked
    comments that leaked into the article, sentences of the article kept and lost to comments; trafilatura beside it."""
    marked = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    source = decode(path.read_bytes())[0]
    page = read_html(source)
    found = [(squeezed(comment["text"]), comment["author"]) for comment in page.comments or []]
    article = squeezed(" ".join(page.text[start:end] for start, end, role in page.spans if role != "comment"))
    wanted = [(squeezed(comment["text"]), comment["author"]) for comment in marked["comments"]]
    long = [text for text, _ in wanted if len(text) > SHORT]
    sentences = [squeezed(sentence) for sentence in marked["body"]]
    words = [text for text, _ in found]
    hits = sum(text in words for text, _ in wanted)
    peer_article, peer_comments = ask_trafilatura(source)
    return {
        "page": path.stem,
        "marked": len(wanted),
        "found": hits,
        "authors": sum(pair in found for pair in wanted),
        "others": len(found) - hits,
        "leaked": sum(text in article for text in long),
        "sentences": len(sentences),
        "kept": sum(sentence in article for sentence in sentences),
        "lost": sum(any(sentence in text for text in words) for sentence in sentences),
        "peer found": sum(text in peer_comments for text, _ in wanted),
        "peer leaked": sum(text in peer_article for text in long),
    }


def measure(kind: str, folder: Path) -> pd.DataFrame:
    """The measures of one kind, `threads`, `markup` or `replies`: set (unseen, known) and the columns of its check."""
    tables = []
    for name in ("unseen", "known"):
        if kind == "replies":
            counts = measure_replies(folder / f"{name}.yaml")
            table = add_rates(counts, counts.right)
        else:
            ending, measure_page = {"threads": ("txt", measure_thread), "markup": ("html", measure_html)}[kind]
            table = pd.DataFrame(map(measure_page, sorted((folder / name).glob(f"*.{ending}"))))
        tables.append(table.assign(set=name))
    return pd.concat(tables, ignore_index=True)


if __name__ == "__main__":
    for kind in ("threads", "markup", "replies"):
        measure(kind, GOLD / kind).to_csv(GOLD / kind / FILE, index=False)
        print(f"gold/{kind}/{FILE} written", file=sys.stderr)
