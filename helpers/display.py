"""Display: tables, figures, evidence and sentences as HTML for a notebook and its report.

Everything that comes from a page is escaped where HTML is made of it: here, in `reader` and in `explore.lab`.
"""
import base64
import io
import re
from html import escape
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML

UNKNOWN = "–"
LONGEST = 200   # rows of a table that are shown


def signed(value: float) -> str:
    """A number with its sign, as +0.16 or −0.13; a null as –."""
    if pd.isna(value):
        return UNKNOWN
    text = f"{value:+.2f}".replace("-", "−")
    return text if text[1:] != "0.00" else "0.00"


def as_it_is(html: str) -> HTML:
    """HTML for a notebook, which must not read the dollar signs of a page as mathematics."""
    return HTML(f'<div class="mathjax_ignore">{html}</div>')


def show_figure(axes, alt: str, caption: str) -> HTML:
    """A figure as SVG with real text, with its alt text and caption; the same bytes in every run."""
    figure = np.atleast_1d(axes)[0].figure
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None})
    plt.close(figure)
    data = base64.b64encode(file.getvalue()).decode()
    image = f'<img alt="{escape(alt, quote=True)}" src="data:image/svg+xml;base64,{data}">'
    label = escape(caption, quote=True)
    return as_it_is(f'<figure><div class="wide" role="group" aria-label="{label}" tabindex="0">{image}</div>'
                    f"<figcaption>{escape(caption)}</figcaption></figure>")


def show_table(frame: pd.DataFrame, caption: str = "") -> HTML:
    """A table as HTML: text escaped, what is unknown as –, numbers to the right.

    A column named @ is not shown: it says where the first cell of each row points ("doc_id#place"). Of more than 200
    rows the first are shown, and the caption says so.
    """
    if len(frame) > LONGEST:
        more = f"the first {LONGEST} of {len(frame):,} rows; the rest is in the tables"
        caption = f"{caption}, {more}" if caption else more
        frame = frame.head(LONGEST)
    places = frame["@"].tolist() if "@" in frame else [None] * len(frame)
    frame = frame.drop(columns="@", errors="ignore")
    numeric = {name: pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
               for name in frame.columns}

    def cell(value, name: str) -> str:
        missing = pd.isna(value)
        text = UNKNOWN if missing else signed(value).lstrip("+") if isinstance(value, float) else f"{value:,}" \
            if numeric[name] else str(value)
        kind = " class=number" if numeric[name] else " class=short" if len(text) <= 12 else ""
        return f"<td{kind}>{escape(text)}</td>"

    head = "".join(f'<th scope="col"{" class=number" if numeric[name] else ""}>{escape(str(name))}</th>'
                   for name in frame)
    rows = ""
    for place, row in zip(places, frame.itertuples(index=False, name=None), strict=True):
        cells = list(map(cell, row, frame.columns))
        if place is not None and not pd.isna(place):
            doc_id, _, where = place.rpartition("#")
            cells[0] = f"<td>{point(str(row[0]), 'doc:' + doc_id, where)}</td>"
        rows += "<tr>" + "".join(cells) + "</tr>"
    label = f"<caption>{escape(caption)}</caption>" if caption else ""
    name = caption or "Table of " + ", ".join(map(str, frame.columns))
    return as_it_is(f'<div class="scroll" role="group" aria-label="{escape(name, quote=True)}" tabindex="0">'
                    f"<table>{label}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>")


def mark_up(text: str, start: int, marks: list[tuple[int, int, str]]) -> str:
    """A stretch of a page as HTML with parts of it marked, given their offsets in the document (start: the stretch's).

    A mark that reaches beyond the stretch is cut; where marks overlap, the words have the classes of both.

    >>> mark_up("Hanoi <b>", 100, [(100, 105, "target")])
    '<mark class="target">Hanoi</mark> &lt;b&gt;'
    """
    inside = [(max(0, left - start), min(len(text), right - start), name) for left, right, name in marks]
    cuts = sorted({0, len(text), *(place for left, right, _ in inside if left < right for place in (left, right))})
    html = ""
    for left, right in pairwise(cuts):
        names = dict.fromkeys(name for begin, end, name in inside if begin <= left and right <= end)
        words = escape(text[left:right])
        html += f'<mark class="{escape(" ".join(names), quote=True)}">{words}</mark>' if names else words
    return html


def point(words: str, page: str, place: str = "") -> str:
    """Words that point at a place; reports make a link of them, a notebook shows them as words.

    `page` is "doc:" with a doc_id, or a report ("corpus", "stance:China"); `place` an id there.
    """
    place = escape(place, quote=True)   # attributes in the order in which nbconvert writes them
    return f'<span class="at" data-at="{place}" data-page="{escape(page, quote=True)}">{escape(words)}</span>'


def name_source(row: dict, labels: dict[str, str]) -> str:
    """Where a row stands, pointing there: document, role, offsets."""
    return point(f"{labels[row['doc_id']]} · {row['role']} · characters {row['start']}–{row['end']}",
                 f"doc:{row['doc_id']}", f"s{row['sentence_id']}" if "sentence_id" in row else "")


def plain_id(key: str) -> str:
    """A key as part of an id: letters, digits and hyphens."""
    return re.sub(r"\W+", "-", key)


def actor_class(actor: str) -> str:
    """The class that gives an actor's names his colour."""
    return f"actor-{plain_id(actor)}"


def fold(words: str, reason: str | None) -> str:
    """A paragraph of page text, closed under a line that says why where there is a reason; the reader may open it."""
    return f"<p>{words}</p>" if not reason or pd.isna(reason) else (
        f'<details class="folded"><summary>{escape(reason)}</summary><p>{words}</p></details>')


def show_evidence(rows: pd.DataFrame, labels: dict[str, str]) -> HTML:
    """Sentences with where they stand: document, role, offsets, and the `note` of each row.

    `rows` are sentences (doc_id, role, start, end, text) with, where there are any, `label` (colours the
    edge), `note`, the offsets of target and holder, which are marked, `folded` (why a sentence is shown closed), and
    `before` and `after`, the words around it, which are shown pale.
    """
    if rows.empty:
        return as_it_is('<p class="note">No sentence of this kind.</p>')
    items = []
    for row in rows.to_dict("records"):
        marks = [(row[f"{name}_start"], row[f"{name}_end"], f"{name} {actor_class(row.get(name) or '')}")
                 for name in ("target", "holder") if not pd.isna(row.get(f"{name}_start", pd.NA))]
        label, note = row.get("label"), row.get("note")
        label = "" if label is None or pd.isna(label) else label
        source = name_source(row, labels)
        before, after = (f'<span class="around">{escape(row[side])}</span>' if row.get(side) else ""
                         for side in ("before", "after"))
        words = fold(before + mark_up(row["text"], row["start"], marks) + after, row.get("folded"))
        items.append(f'<li class="{escape(label)}">{words}<p class="source">'
                     + (f'<span class="tag">{escape(label)}</span>' if label else "")
                     + (escape(f"{note} · ") if note and not pd.isna(note) else "") + source + "</p></li>")
    return as_it_is(f'<ol class="evidence">{"".join(items)}</ol>')


def show_holders(rows: pd.DataFrame, labels: dict[str, str], names: dict[str, str]) -> HTML:
    """`show_evidence`, holder by holder, in the order of the rows, each under a heading to link to."""
    parts = [f'<h3 id="holder-{plain_id(holder)}">{escape(names[holder])}</h3><p class="source">{len(said)} of '
             f"{said.n_sided.iloc[0]} sentences that take a side</p>{show_evidence(said, labels).data}"
             for holder, said in rows.groupby("holder", sort=False)]
    return as_it_is("".join(parts)) if parts else show_evidence(rows, labels)


def answered(reply_to: str | None) -> str | None:
    """What a comment answers, in words: another on the page ("c2") or one that is not there."""
    if not reply_to:
        return None
    on_page = reply_to[0] == "c" and reply_to[1:].isdigit()
    return f"answers comment {reply_to[1:]}" if on_page else f"answers “{reply_to}”, not to be found among these"


def show_comments(comments: pd.DataFrame) -> HTML:
    """Comments as cards, in page order, with what their headers say; an empty one is shown as empty.

    Columns as in the table `comments`, and `note` and `folded` (why it is shown closed) where there are any.
    """
    cards = []
    for row in comments.to_dict("records"):
        known = {name: None if pd.isna(value) else value for name, value in row.items()}
        facts = [f"{known['position']}", known["author"] or "no name", known["date"] or "no date", known.get("time"),
                 answered(known["reply_to"]),
                 f"titled “{known['title']}”" if known["title"] else None, known.get("note")]
        words = (fold(escape(known["text"]), known.get("folded")) if known["text"]
                 else '<p class="empty">A header without words.</p>')
        source = point(" · ".join(filter(None, facts)), f"doc:{known['doc_id']}", f"c{known['position']}")
        cards.append(f'<div class="comment">{words}<p class="source">{source}</p></div>')
    return as_it_is("".join(cards))


def warn(text: str) -> HTML:
    """A paragraph the reader must not miss."""
    return as_it_is(f'<p class="note">{text}</p>')


def list_findings(findings: list[str]) -> HTML:
    """The findings of a page, one a line; each is HTML whose parts from pages are escaped already."""
    return as_it_is('<ul class="findings">' + "".join(f"<li>{finding}</li>" for finding in findings) + "</ul>")
