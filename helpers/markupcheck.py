"""Markup check: comments taken out of HTML beside comments as marked by hand, on the pages of gold/markup."""

from pathlib import Path

import pandas as pd
import yaml

from .files import decode
from .pages import read_html

SHORT = 20  # characters below which a comment may stand in an article by chance


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
    return {"page": path.stem, "marked": len(wanted), "found": hits, "authors": sum(pair in found for pair in wanted),
            "others": len(found) - hits, "leaked": sum(text in article for text in long), "sentences": len(sentences),
            "kept": sum(sentence in article for sentence in sentences),
            "lost": sum(any(sentence in text for text in words) for sentence in sentences),
            "peer found": sum(text in peer_comments for text, _ in wanted),
            "peer leaked": sum(text in peer_article for text in long)}


def list_markup(pages: pd.DataFrame) -> pd.DataFrame:
    """What was measured on HTML pages summed by set, for reading."""
    sets = pages.drop(columns="page").groupby("set", sort=False)
    table = sets.sum().reset_index()
    return pd.DataFrame({"pages": table["set"] + " (" + sets.size().astype("string").to_numpy() + ")",
                         "comments marked": table.marked, "found whole": table.found,
                         "share": table.found / table.marked, "author right": table.authors / table.marked,
                         "found besides": table.others, "leaked into article": table.leaked,
                         "article sentences kept": table.kept / table.sentences,
                         "trafilatura alone: share": table["peer found"] / table.marked,
                         "its leaks": table["peer leaked"]})
