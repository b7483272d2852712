"""Figures: each function takes a table and an Axes and returns the Axes."""
from pathlib import Path
from textwrap import fill

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from .actorsfile import Actors
from .tables import read_data

STYLE = Path(__file__).with_name("style.mplstyle")
# against … none … favor, and negative … positive: apart for colour-blind readers too
DIVERGING = mpl.colors.LinearSegmentedColormap.from_list(
    "stance", ["#9c3d1e", "#dd9a77", "#eeece7", "#7db3bd", "#14657a"])
INK, MUTED, FAINT = "#23262e", "#5b6270", "#c9cdd4"


PANELS = 6   # side by side at most


def new_axes(height: float, columns: int = 1):
    """Axes of a new figure in the package's style; several side by side share their rows."""
    plt.style.use(STYLE)
    _, axes = plt.subplots(1, columns, figsize=(8.2, height), sharey=True, layout="constrained")
    return axes


def label_rows(ax, labels: list[str]):
    """Rows from top to bottom with their names, nothing else."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    return ax


def say_nothing(text: str):
    """Axes that only say why there is nothing to draw."""
    ax = new_axes(0.6)
    ax.text(0, 0.5, text, va="center", color=MUTED)
    ax.set_axis_off()
    return ax


def beside(ax, x: float, y: float, text: str, points: int) -> None:
    """Write a small label so many points to the right (or left) of a place."""
    ax.annotate(text, (x, y), xytext=(points, 0), textcoords="offset points", va="center",
                ha="right" if points < 0 else "left", fontsize=8.5, color=MUTED)


def plot_timeline(documents: pd.DataFrame, labels: dict[str, str], ax=None):
    """Documents by published date, one row each; a hollow dot where only month or year is known."""
    ax = ax or new_axes(0.36 * len(labels) + 0.7)
    dates = documents.set_index("doc_id").published.reindex(list(labels))
    days = pd.to_datetime((dates + "-01-01").str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    ax.grid(axis="x")
    for row, (date, day) in enumerate(zip(dates, days, strict=True)):
        if pd.isna(day):
            ax.text(0.01, row, "no date", transform=ax.get_yaxis_transform(), va="center", fontsize=9, color=MUTED)
            continue
        ax.plot(day, row, "o", markersize=8, markeredgewidth=1.6, color="#14657a",
                markerfacecolor="#14657a" if len(date) == 10 else "white")
        beside(ax, day, row, date, 9)
    label_rows(ax, list(labels.values()))
    ax.margins(x=0.12)
    if days.notna().any():
        ax.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=9))
        ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    return ax


def plot_anatomy(spans: pd.DataFrame, labels: dict[str, str], ax=None):
    """One ribbon per page, head to foot from left to right, coloured by the role of each stretch."""
    ax = ax or new_axes(0.5 * len(labels) + 1.1)
    roles = read_data("roles.yaml")
    documents = [doc_id for doc_id in labels if doc_id in set(spans.doc_id)]
    for row, doc_id in enumerate(documents):
        tiles = spans[spans.doc_id == doc_id]
        starts, widths = tiles.start.to_numpy(), (tiles.end - tiles.start).to_numpy()
        ax.broken_barh(list(zip(starts, widths, strict=True)), (row - 0.32, 0.64), linewidth=0,
                       facecolors=[roles[role][1] for role in tiles.role])
    label_rows(ax, [labels[doc_id] for doc_id in documents])
    shown = [role for role in roles if role in set(spans.role)]
    ax.legend([plt.Rectangle((0, 0), 1, 1, color=roles[role][1]) for role in shown], [roles[role][0] for role in shown],
              ncols=6, loc="lower left", bbox_to_anchor=(-0.02, 1.0), fontsize=8.5, handlelength=1, columnspacing=1.2)
    ax.set_xlabel("characters from the top of the page")
    return ax


def plot_mentions(mentions: pd.DataFrame, labels: dict[str, str], actors: Actors, axes=None):
    """How often each document names each actor: one panel per document, one bar per actor."""
    documents = [doc_id for doc_id in labels if doc_id in set(mentions.doc_id)][:PANELS]
    if not documents:
        return say_nothing("None of the actors is named.")
    axes = np.atleast_1d(new_axes(0.34 * len(actors.labels) + 1, columns=len(documents)) if axes is None else axes)
    counts = mentions.groupby(["doc_id", "actor"]).size()
    for ax, doc_id in zip(axes, documents, strict=False):
        values = [int(counts.get((doc_id, actor), 0)) for actor in actors.labels]
        ax.barh(range(len(values)), values, height=0.6, color=list(actors.colors.values()))
        for row, value in enumerate(values):
            beside(ax, value, row, str(value or "–"), 3)
        label_rows(ax, list(actors.labels.values()))
        ax.set_title(fill(labels[doc_id], 18), fontsize=8.5)
        ax.set_xlim(0, counts.max() * 1.25)
        ax.set_xticks([])
        ax.spines.bottom.set_visible(False)
    return axes


def plot_tone(summary: pd.DataFrame, rows: dict[str, str], by: str = "doc_id", ax=None):
    """Mean tone with its interval: one row per group, one dot per instrument, named at the first row."""
    ax = ax or new_axes(0.62 * len(rows) + 1)
    instruments = read_data("instruments.yaml")
    shifts = np.linspace(-0.22, 0.22, len(instruments))
    ax.axvline(0, color=INK, linewidth=0.8, zorder=1)
    for row, group in enumerate(rows):
        for shift, (instrument, entry) in zip(shifts, instruments.items(), strict=True):
            color = entry["color"]
            for cell in summary[(summary[by] == group) & (summary.instrument == instrument)].itertuples():
                ax.plot([cell.low, cell.high], [row + shift] * 2, color=color, linewidth=2, alpha=0.45)
                ax.plot(cell.mean, row + shift, "o", color=color, markersize=6.5)
                if row == 0:
                    ax.annotate(entry["label"], (np.nanmax([cell.high, cell.mean]), row + shift), xytext=(6, 0),
                                textcoords="offset points", va="center", fontsize=8.5, color=color)
    label_rows(ax, list(rows.values()))
    ax.set_xlabel("mean tone of its sentences, −1 negative to +1 positive; line: 95 % bootstrap interval")
    ax.grid(axis="x")
    return ax


def plot_strips(sentences: pd.DataFrame, labels: dict[str, str], ax=None):
    """Tone along the text: one strip per document, one cell per sentence (`score`), head to foot."""
    documents = [doc_id for doc_id in labels if doc_id in set(sentences.doc_id)]
    ax = ax or new_axes(0.5 * len(documents) + 1.2)
    for row, doc_id in enumerate(documents):
        scores = sentences.score[sentences.doc_id == doc_id].to_numpy(dtype=float)
        edges = np.linspace(0, 100, len(scores) + 1)
        ax.pcolormesh(edges, [row - 0.32, row + 0.32], scores[None, :], cmap=DIVERGING, vmin=-0.8, vmax=0.8)
    label_rows(ax, [labels[doc_id] for doc_id in documents])
    ax.set_xlabel("share of the article's sentences read, %")
    ax.set_title("negative (red)  ←  tone of a sentence  →  positive (blue)", fontsize=9, color=MUTED, weight="normal")
    return ax
