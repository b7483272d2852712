"""Dispersion: where in a document, and when, concepts are spoken of; an actor counts under all his names."""

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..actorsfile import Actors
from ..figures import FAINT, MUTED, label_rows, new_axes, say_nothing

OTHERS = ["#14657a", "#9c3d1e", "#c98f2b", "#5d7f9c", "#a4486b", "#33506b"]  # colours of concepts that are no actors


def color_concepts(places: pd.DataFrame, actors: Actors) -> dict[str, str]:
    """A colour for each concept, in order: an actor's own, else one of six."""
    own = {actors.labels[actor]: color for actor, color in actors.colors.items()}
    return {name: own.get(name, OTHERS[n % len(OTHERS)]) for n, name in enumerate(places.concept.cat.categories)}


def plot_dispersion(places: pd.DataFrame, documents: pd.DataFrame, labels: dict[str, str], actors: Actors, ax=None):
    """Where in each document each concept stands (`find_concepts`): a row per document, head to foot, a stroke a place.

    Each concept has its lane within the row. `labels` chooses and names the documents.
    """
    places = places[places.doc_id.isin(list(labels))]
    if places.empty:
        return say_nothing("None of this is named.")
    colors = color_concepts(places, actors)
    ax = ax or new_axes((0.25 + 0.11 * len(colors)) * len(labels) + 1.1)
    row = places.doc_id.map({doc_id: row for row, doc_id in enumerate(labels)})
    share = 100 * places.start / places.doc_id.map(documents.set_index("doc_id").n_chars)
    height = 0.8 / len(colors)
    for lane, (concept, color) in enumerate(colors.items()):
        here = places.concept == concept
        top = row[here] - 0.4 + lane * height
        ax.vlines(share[here], top, top + 0.85 * height, color=color, linewidth=1.3, label=concept)
    ax.hlines(np.arange(1, len(labels)) - 0.5, 0, 100, color=FAINT, linewidth=0.6)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, fontsize=8.5, labelcolor=MUTED, handlelength=1)
    ax.set_xlim(0, 100)
    ax.set_xlabel("how far down the page, % of its characters")
    return label_rows(ax, list(labels.values()))


def count_by_year(places: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """How often each concept stands, year by year: year, concept, n, n_documents, n_words, per_1000 (of all words).

    Documents without a date are left out; a year without documents has no row.
    """
    dated = documents.dropna(subset="published")
    dated = dated.assign(year=dated.published.str.slice(0, 4).astype(int))
    years = dated.groupby("year").agg(n_documents=("doc_id", "size"), n_words=("n_words", "sum"))
    counts = places.merge(dated[["doc_id", "year"]], on="doc_id").groupby(["year", "concept"], observed=True).size()
    every = pd.MultiIndex.from_product([years.index, list(places.concept.cat.categories)], names=["year", "concept"])
    table = counts.reindex(every, fill_value=0).rename("n").reset_index().merge(years, on="year")
    return table.assign(per_1000=(1000 * table.n / table.n_words).round(2))


def plot_years(counts: pd.DataFrame, colors: dict[str, str], ax=None):
    """How often concepts stand over the years (`count_by_year`): a dot for each year with pages, a line between years.

    `colors` is `color_concepts`. Years without pages are left open.
    """
    if counts.empty:
        return say_nothing("No document has a date.")
    ax = ax or new_axes(3.4)
    every = range(counts.year.min(), counts.year.max() + 1)
    for concept, rows in counts.groupby("concept", sort=False):
        line = rows.set_index("year").per_1000.reindex(every)  # no line across years without pages
        ax.plot(line.index, line, "o-", color=colors[concept], linewidth=1.4, markersize=5, label=concept)
    ax.xaxis.set_major_locator(MaxNLocator(12, integer=True, min_n_ticks=1))
    ax.set_ylabel("in 1,000 words")
    ax.set_ylim(bottom=0)
    ax.grid(axis="y")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, fontsize=8.5, labelcolor=MUTED, handlelength=1)
    return ax
