"""Lab: what an explorer finds, shown in a notebook in the looks of the reports."""

import html
from collections.abc import Collection
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from .. import display, reader
from ..evidence import SET_ASIDE, fold_rude
from ..links import POINTER, name_files
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import label_documents
from .places import add_context

LAYERS = {
    "names": "names",
    "quotes": "quotations",
    "stance": "positions",
    "comments": "comments",
    "furniture": "menus and the like",
}
FURNITURE = (*SET_ASIDE, "caption")


def link(shown: HTML, analysis: Analysis | Stored, reports: str | Path | None) -> HTML:
    """What is shown, its pointers made into links to the pages of a reports folder, as far as they are there."""
    folder = Path(reports) / "read" if reports else None
    if folder is None or not folder.is_dir():
        return shown
    made = {page.name for page in folder.iterdir()}
    files = {doc_id: name for doc_id, name in name_files(list(analysis.documents.doc_id)).items() if name in made}

    def replace(match) -> str:
        place, doc_id, words = html.unescape(match[1]), html.unescape(match[2]).removeprefix("doc:"), match[3]
        if doc_id not in files:
            return words
        address = f"{folder.as_posix()}/{files[doc_id]}#{place}"
        return f'<a class="at" target="_blank" href="{html.escape(address, quote=True)}">{words}</a>'

    return HTML(POINTER.sub(replace, shown.data))


def show_lines(
    lines: pd.DataFrame, analysis: Analysis | Stored, reports: str | Path | None = None, most: int = 40
) -> HTML:
    """Lines of a concordance below each other, the word in the middle; each opens to its paragraph and its source.

    With a folder of reports the source is a link to the page. Lines from a rude comment are shown closed.
    """
    if lines.empty:
        return display.as_it_is('<p class="note">Nothing found.</p>')
    shown, few = lines.head(most), analysis.choose(lines.doc_id.head(most).unique())
    shown = add_context(fold_rude(shown, few), few)
    labels, items = label_documents(analysis.documents), ""
    for row in shown.to_dict("records"):
        left, word, right, before, after = (
            html.escape(row[name]) for name in ("left", "keyword", "right", "before", "after")
        )
        left, right = (left, right) if pd.isna(row["folded"]) else ("", html.escape(row["folded"]))
        items += (
            f"<details><summary><span>{left}</span><mark>{word}</mark><span>{right}</span></summary>"
            f'<p><span class="around">{before}</span><mark>{word}</mark><span class="around">{after}</span></p>'
            f'<p class="source">{display.name_source(row, labels)}</p></details>'
        )
    n, of = len(lines), f"{len(lines):,} lines on {lines.doc_id.nunique():,} pages"
    more = f"; the first {most} are shown" if n > most else ""
    items = f'<p class="source">{of}{more}. A line opens.</p><div class="kwic">{items}</div>'
    return link(display.as_it_is(items), analysis, reports)


def show_stances(
    rows: pd.DataFrame, analysis: Analysis | Stored, reports: str | Path | None = None, most: int = 20
) -> HTML:
    """Sentences of `find_stances` in their paragraphs, holder and target marked; with reports, linked to the page."""
    said = f"{len(rows):,} sentences on {rows.doc_id.nunique():,} pages" + (
        f"; the surest {most} are shown" if len(rows) > most else ""
    )
    near = add_context(rows.head(most), analysis, 240)
    sure = (100 * near.confidence).round().astype("Int64").astype("string")
    near = near.assign(note=near.note + " (sure " + sure + " %)")
    evidence = display.show_evidence(near, label_documents(analysis.documents)).data
    return link(display.as_it_is(f'<p class="source">{said}.</p>{evidence}'), analysis, reports)


def show_document(analysis: Analysis | Stored, doc_id: str, layers: Collection[str] = tuple(LAYERS)) -> HTML:
    """A document as it was, with layers of what was found in it: names, quotes, stance, comments, furniture.

    Raises ValueError for an unknown document or layer.
    """
    if unknown := set(layers) - set(LAYERS):
        raise ValueError(f"'{min(unknown)}' is no layer: {', '.join(LAYERS)}")
    if doc_id not in set(analysis.documents.doc_id):
        raise ValueError(f"there is no document '{doc_id}'")
    few = analysis.choose([doc_id])
    frames = reader.frames_of(few, [doc_id])[doc_id]
    for layer, table in (("names", "mentions"), ("quotes", "quotes"), ("stance", "stance")):
        if layer not in layers:
            frames[table] = frames[table].head(0)
    left_out = ("comment",) * ("comments" not in layers) + FURNITURE * ("furniture" not in layers)
    for table in ("spans", "sentences"):
        frames[table] = frames[table][~frames[table].role.isin(left_out)]
    document = few.documents.to_dict("records")[0]
    return display.as_it_is(
        f"<h2>{html.escape(label_documents(analysis.documents)[doc_id])}</h2>"
        f'<p class="facts">{html.escape(reader.describe(document))}</p>' + reader.show_text(few, frames, document, {})
    )
