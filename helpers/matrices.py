"""Matrices: who stands where, as figures: holders by pages, one for each target, and sentences for and against."""
from collections import Counter
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from .actorsfile import Actors
from .figures import DIVERGING, FAINT, INK, MUTED, STYLE, beside, label_rows, new_axes, say_nothing
from .listings import SMALL


def plot_matrix(summary: pd.DataFrame, labels: dict[str, str], pairs: dict[tuple[str, str], str], ax=None):
    """Who stands where: one row per (holder, target), one column per document in time order, a disc for each cell.

    Its number counts the sentences; beside it stand those in favor (2+) and against (1−), and its colour says how much
    more of one than of the other (full at four in ten). Grey discs hold fewer than five sentences.
    """
    ax = ax or new_axes(0.44 * len(pairs) + 1.2)
    rows, columns = list(pairs), list(labels)
    for cell in summary[summary.doc_id.isin(columns)].itertuples():
        if (cell.holder, cell.target) not in pairs:
            continue
        row, column = rows.index((cell.holder, cell.target)), columns.index(cell.doc_id)
        few = cell.n < SMALL
        lean = (cell.n_favor - cell.n_against) / cell.n
        color = "#eceef1" if few else DIVERGING(0.5 + np.clip(lean / 0.4, -1, 1) / 2)
        ax.scatter(column, row, s=440, color=[color], edgecolors="#d5d9de", linewidths=0.6)
        ax.text(column, row, cell.n, ha="center", va="center", fontsize=8.5,
                color=MUTED if few else "white" if abs(lean) > 0.28 else INK)
        sides = [f"{n}{sign}" for n, sign in ((cell.n_favor, "+"), (cell.n_against, "−")) if n]
        beside(ax, column, row, " ".join(sides), 13)
    label_rows(ax, list(pairs.values()))
    for row in range(1, len(rows)):   # a line between targets
        if rows[row][1] != rows[row - 1][1]:
            ax.axhline(row - 0.5, color=FAINT, linewidth=0.8)
    ax.set_xlim(-0.6, len(labels) - 0.4)
    ax.set_xticks(range(len(labels)), [fill(label, 15) for label in labels.values()], fontsize=8.5)
    ax.xaxis.tick_top()
    ax.spines.bottom.set_visible(False)
    return ax


def plot_matrices(summary: pd.DataFrame, labels: dict[str, str], pairs: dict[tuple[str, str], str], actors: Actors):
    """`plot_matrix` once for each target, one below the other, each under the target's name in his colour."""
    rows = Counter(target for _, target in pairs)
    if not rows:
        return say_nothing("Too few sentences in which a holder meets a target.")
    plt.style.use(STYLE)
    height = 0.44 * len(pairs) + 0.55 * len(rows) + 0.5
    _, axes = plt.subplots(len(rows), 1, figsize=(8.2, height), sharex=True, layout="constrained", squeeze=False,
                           height_ratios=[n + 0.4 for n in rows.values()])
    for place, (target, ax) in enumerate(zip(rows, axes[:, 0], strict=True)):
        chosen = {pair: name.partition(" → ")[0] for pair, name in pairs.items() if pair[1] == target}
        plot_matrix(summary, labels, chosen, ax)
        ax.set_title(f"toward {actors.labels[target]}", color=actors.colors[target], pad=26 if place == 0 else 8)
        ax.tick_params(axis="x", labeltop=place == 0)
    return axes[:, 0]


def plot_sides(summary: pd.DataFrame, holders: dict[str, str]):
    """Sentences against (left) and in favor (right) per holder; those that take no side are only counted."""
    ax = new_axes(0.45 * len(holders) + 1)
    rows = summary.set_index("holder").reindex(list(holders)).fillna({"n_favor": 0, "n_against": 0, "n_none": 0})
    widest = max(1, rows.n_favor.max(), rows.n_against.max())
    for row, cell in enumerate(rows.itertuples()):
        ax.barh(row, -cell.n_against, height=0.6, color=DIVERGING(0.04))
        ax.barh(row, cell.n_favor, height=0.6, color=DIVERGING(0.96))
        beside(ax, -cell.n_against, row, f"{cell.n_against:.0f}" if cell.n_against else "", -4)
        beside(ax, cell.n_favor, row, f"{cell.n_favor:.0f}" if cell.n_favor else "", 4)
        beside(ax, widest * 1.5, row, f"{cell.n_none:.0f} take no side", 0)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set(xlim=(-widest * 1.3, widest * 2.4), xticks=[])
    ax.spines.bottom.set_visible(False)
    ax.set_title("sentences against (left), in favor (right)", fontsize=9, color=MUTED, fontweight="normal", loc="left")
    return label_rows(ax, list(holders.values()))
