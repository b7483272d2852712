"""Reader: a document as it was, with what was found in it: roles, names, quotations, positions, comments."""

from collections import defaultdict
from html import escape

import pandas as pd

from .display import UNKNOWN, actor_class, mark_up, signed
from .evidence import fold_rude
from .links import Use
from .listings import VOICES, name_roles
from .pipeline import Analysis

LONGEST = 250_000  # characters of a page that are shown; of a longer one, the rest only where a report points at it


def frames_of(analysis: Analysis, doc_ids: list[str]) -> dict[str, dict[str, pd.DataFrame]]:
    """The tables of each document that its page is made of: frames["a"]["stance"]."""
    frames: dict[str, dict[str, pd.DataFrame]] = defaultdict(dict)
    tables = {name: getattr(analysis, name) for name in ("spans", "sentences", "mentions", "quotes", "stance")}
    for name, table in (tables | {"comments": fold_rude(analysis.comments, analysis)}).items():
        chosen = table[table.doc_id.isin(doc_ids)]
        for doc_id, rows in chosen.groupby("doc_id", sort=False):
            frames[doc_id][name] = rows
        for doc_id in doc_ids:
            frames[doc_id].setdefault(name, table.head(0))
    return frames


def mark_sentence(text: str, sentence: dict, names: list[tuple[int, int, str]], sides: set[str]) -> str:
    """A sentence with its names and quotations marked, and the sides it takes."""
    start, end = sentence["start"], sentence["end"]
    near = [mark for mark in names if mark[0] < end and start < mark[1]]
    words = mark_up(text[start:end], start, near)
    return f'<span class="{" ".join(["s", *sorted(sides)])}" id="s{sentence["sentence_id"]}">{words}</span>'


def note_position(row: dict, labels: dict[str, str]) -> str:
    """One scored row in words: holder → target, side, and the probabilities."""
    side = "abstains" if pd.isna(row["label"]) else row["label"]
    held = f"{labels[row['holder']]} → {labels[row['target']]}: {side} {signed(row['score'])}"
    if pd.isna(row["p_favor"]):
        return escape(f"{held} (not scored)")
    shares = ", ".join(f"{name} {row[f'p_{name}']:.2f}" for name in ("against", "none", "favor"))
    return f'<span class="side {escape(side)}">{escape(held)}</span> <span class="p">({escape(shares)})</span>'


def list_notes(sentences: list[dict], positions: dict[int, list[dict]], shown: dict[str, list[Use]],
               labels: dict[str, str]) -> str:
    """What is known of the sentences of a block, folded under it: positions, and the reports that show them."""
    items, n, sided = "", 0, 0
    for sentence in sentences:
        held = positions.get(sentence["sentence_id"], [])
        uses = shown.get(f"s{sentence['sentence_id']}", [])
        if not held and not uses:
            continue
        n += len(held)
        sided += sum(row["label"] in ("favor", "against") for row in held)
        first = " ".join(sentence["text"].split()[:6])
        items += f'<li><a href="#s{sentence["sentence_id"]}">“{escape(first)} …”</a><ul>'
        items += "".join(f"<li>{note_position(row, labels)}</li>" for row in held)
        items += f"<li>{link_back(uses)}</li>" * bool(uses) + "</ul></li>"
    head = f"{sided} of {n} positions take{'s' * (sided == 1)} a side" if n else "in reports"
    return f'<details class="notes"><summary>{head}</summary><ul>{items}</ul></details>' if items else ""


def link_back(uses: list[Use]) -> str:
    """Links to the reports that show a place, each once."""
    first = {use.file: use for use in reversed(uses)}
    return "shown in " + ", ".join(f'<a href="../{escape(use.file, quote=True)}#{use.place}">{escape(use.report)}</a>'
                                   for use in reversed(first.values()))


def show_block(span: dict, inner: str) -> str:
    """A stretch of the page with its role; `inner` is its text as HTML."""
    role, name = span["role"], name_roles()[span["role"]]
    tag = "h2" if role == "heading" else "p"
    label = f'<span class="role">{escape(name)}</span>' if role not in ("body", "heading") else ""
    return f'<div class="block {role}" id="p{span["span_id"]}">{label}<{tag} class="text">{inner}</{tag}>'


def show_text(analysis: Analysis, frames: dict[str, pd.DataFrame], document: dict, shown: dict[str, list[Use]]) -> str:
    """The whole text of a document as HTML: every span in its role, every sentence with an id to link to."""
    text, labels = document["text"], analysis.actors.labels | VOICES
    names = [(row.start, row.end, f"name {actor_class(row.actor)}") for row in frames["mentions"].itertuples()]
    names += [(row.start, row.end, "quote") for row in frames["quotes"].itertuples() if row.kind == "direct"]
    positions, sides = defaultdict(list), defaultdict(set)
    for row in frames["stance"].to_dict("records"):
        positions[row["sentence_id"]].append(row)
        if row["label"] in ("favor", "against"):
            sides[row["sentence_id"]].add(row["label"])
    sentences = frames["sentences"].to_dict("records")
    comments = iter(frames["comments"].to_dict("records"))
    html, at = "", 0
    for span in frames["spans"].to_dict("records"):
        here = []
        while at < len(sentences) and sentences[at]["start"] < span["end"]:
            here.append(sentences[at])
            at += 1
        comment = next(comments) if span["role"] == "comment" else None
        places = [f"p{span['span_id']}", *(f"s{row['sentence_id']}" for row in here)]
        pointed = any(place in shown for place in [*places, comment and comment["comment_id"]])
        if span["start"] > LONGEST and not pointed:
            continue
        inner, place = "", span["start"]
        for row in here:
            inner += escape(text[place:row["start"]]) + mark_sentence(text, row, names, sides[row["sentence_id"]])
            place = row["end"]
        inner += escape(text[place:span["end"]])
        block = show_block(span, inner) + list_notes(here, positions, shown, labels)
        if comment:
            uses = shown.get(comment["comment_id"], [])
            block += f'<p class="source">{link_back(uses)}</p>' * bool(uses)
            why = comment["folded"]
            block = f'<details class="folded"><summary>{escape(why)}</summary>{block}</div></details>' \
                if isinstance(why, str) else block + "</div>"
            html += f'<article class="comment" id="{comment["comment_id"]}">{block}</article>'
        else:
            html += block + "</div>"
    left = document["n_chars"] - LONGEST
    more = f"Of this page, {left:,} more characters are shown only where a report points at them."
    return html + (f'<p class="note">{more}</p>' if left > 0 else "")


def show_legend(analysis: Analysis, frames: dict[str, pd.DataFrame]) -> str:
    """What the marks mean, and how often each actor is named here."""
    counts = frames["mentions"].actor.value_counts()
    named = "".join(f'<li><mark class="name {actor_class(actor)}">{escape(label)}</mark> {counts[actor]}</li>'
                    for actor, label in analysis.actors.labels.items() if actor in counts)
    return ('<ul class="legend"><li><span class="s favor">in favor</span></li>'
            '<li><span class="s against">against</span></li>'
            f'<li><mark class="quote">quoted</mark></li>{named}</ul>'
            '<p class="note">A sentence is marked where anyone in it takes a side; who, and toward whom, opens under '
            "its paragraph. Captions, menus and the like are pale: they are kept, and kept apart.</p>")


def describe(document: dict) -> str:
    """What a page says of itself, in a line."""
    facts = [document["outlet"], document["byline"], document["published"], document["path"],
             f"{document['n_words']:,} words"]
    return " · ".join(UNKNOWN if pd.isna(fact) else str(fact) for fact in facts)
