"""Diagnostics: figures and tables of the validation report; each plot takes a table and returns its Axes."""
import numpy as np
import pandas as pd

from .figures import DIVERGING, FAINT, INK, MUTED, beside, label_rows, new_axes, say_nothing
from .listings import VOICES
from .measures import sum_threads
from .tables import read_data, texts_of
from .validation import MEASURES, measure_triples

COLORS = {"model": "#14657a", "baseline": "#b3b9c2"}
NAMES = {"n_scored": "scored", "n_coded": "coded", "n_both": "right", "f1": "F1"}   # of measures, for a reader


def measure_both(triples: dict[str, pd.DataFrame], by: str) -> pd.DataFrame:
    """`measure_triples` of each value of a column by each instrument, one row each, those coded most often first."""
    tables = []
    for name, table in triples.items():
        rows = [{by: value, **measure_triples(group), "instrument": name} for value, group in table.groupby(by)]
        tables.append(pd.DataFrame(rows, columns=[by, *MEASURES, "instrument"]).sort_values(
            ["n_coded", "n_scored"], ascending=False, kind="stable"))
    return pd.concat(tables, ignore_index=True)


def plot_measures(table: pd.DataFrame, by: str, labels: dict[str, str]):
    """Precision, recall and F1 side by side: one row per value of `by`, one dot per instrument."""
    rows = [value for value in labels if value in set(table[by])]
    if not rows:
        return say_nothing("No sentence of these pages was coded by hand.")
    axes = new_axes(0.42 * len(rows) + 1.1, columns=3)
    coded = table.drop_duplicates(by).set_index(by).n_coded
    for ax, measure in zip(axes, ("precision", "recall", "f1"), strict=True):
        for row, value in enumerate(rows):
            for cell in table[table[by] == value].itertuples():
                score = getattr(cell, measure)
                if pd.notna(score):
                    ax.plot(score, row, "o", color=COLORS[cell.instrument], markersize=7)
                    beside(ax, score, row, f"{score:.2f}" if cell.instrument == "model" else "", 6)
        ax.set(xlim=(-0.05, 1.15), xticks=[0, 0.5, 1])
        ax.grid(axis="x")
        ax.set_title(NAMES.get(measure, measure), fontsize=9, color=MUTED, weight="normal")
        label_rows(ax, [f"{labels[value]} ({coded[value]})" for value in rows])
    return axes


def plot_confusion(counts: pd.DataFrame):
    """Coded label by row, scored label by column; the darker, the larger its share of the row."""
    ax = new_axes(2.3)
    shares = counts.div(counts.sum(axis=1).clip(lower=1), axis=0)
    ax.imshow(shares, cmap="Greys", vmin=0, vmax=1.4, aspect="auto")
    for row, values in enumerate(counts.to_numpy()):
        for column, n in enumerate(values):
            ax.text(column, row, f"{n}", ha="center", va="center", fontsize=10,
                    color="white" if shares.iat[row, column] > 0.75 else INK)
    ax.set_xticks(range(counts.shape[1]), counts.columns)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set(xlabel="scored as", ylabel="coded as")
    return label_rows(ax, list(counts.index))


def plot_reliability(tables: dict[str, pd.DataFrame]):
    """Confidence against the share that is right, one line per table; on the diagonal they are equal."""
    ax = new_axes(3.4)
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1)
    for (name, table), color in zip(tables.items(), ("#14657a", "#c98f2b"), strict=True):
        if table.empty:
            continue
        ax.plot(table.confidence, table.right, color=color, linewidth=1.4)
        ax.scatter(table.confidence, table.right, s=12 + 60 * np.sqrt(table.n / table.n.sum()), color=color)
        beside(ax, table.confidence.iloc[0], table.right.iloc[0], name, -8)
    ax.set(xlim=(0.2, 1.02), xlabel="confidence: probability of the likeliest label",
           ylim=(0, 1.02), ylabel="share of them that is right")
    return ax


def read_reliability(figures: dict) -> pd.DataFrame:
    """The reliability table that training measured on the dev sets, as `validation.measure_reliability` gives it."""
    return pd.DataFrame(figures["reliability"], columns=["n", "confidence", "right"])


def plot_risk(table: pd.DataFrame):
    """Share of wrong answers by the share answered, the most confident first."""
    if table.empty:
        return say_nothing("No sentence of these pages was coded by hand.")
    ax = new_axes(2.6)
    ax.plot(table.coverage, table.risk, color="#14657a")
    ax.fill_between(table.coverage, table.risk, color=DIVERGING(0.75), alpha=0.3, linewidth=0)
    ax.set(xlim=(0, 1), xlabel="share of rows answered, the most confident first",
           ylim=(0, max(0.3, table.risk.max() * 1.1)), ylabel="share wrong")
    return ax


def list_benchmarks(figures: dict) -> pd.DataFrame:
    """The model on the dev sets beside the majority class, VADER and the published records (on test sets)."""
    rows, systems = [], {"model": "model", "VADER": "vader", "majority class": "majority"}
    for name, entry in read_data("published.yaml").items():
        measured = figures["dev"].get(name)
        if measured:
            records = "; ".join(f"{system} {value:.3f}" for system, value in entry["records"].items())
            rows.append({"set": entry["label"], "n": measured["n"], "measure": entry["measure"],
                         **{system: f"{measured[key]:.3f}" for system, key in systems.items()},
                         "published, on the test set": records or None, "source": entry["source"]})
    return pd.DataFrame(rows)


def list_offence(figures: dict) -> pd.DataFrame:
    """The offence model on OLID's val split beside others: system, macro F1."""
    names = {"model": "this model", "vader": "VADER, negative tone taken for offence",
             "profanity_check": "alt-profanity-check", "majority": "majority class"}
    measured = sorted(figures["macro_f1"].items(), key=lambda system: -system[1])
    rows = [(names[name], value) for name, value in measured]
    rows += [(f"{system} (published, on the test set)", value)
             for system, value in read_data("published.yaml")["offence"]["records"].items()]
    return pd.DataFrame([(system, f"{value:.3f}") for system, value in rows], columns=["system", "macro F1"])


def list_errors(triples: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, labels: dict[str, str],
                ) -> pd.DataFrame:
    """Each triple that only one side has as a sentence to read, with a note that says which; for show_evidence."""
    wrong = triples[triples.scored != triples.coded].sort_values("start", kind="stable")
    text = texts_of(documents)
    names, sides = labels | VOICES, {1: "in favor of", -1: "against"}
    notes = [f"{'scored, not coded' if row.scored else 'coded, not scored'}: {names[row.holder]} {sides[row.polarity]} "
             f"{names[row.target]}" for row in wrong.itertuples()]
    words = [text[row.doc_id][row.start:row.end] for row in wrong.itertuples()]
    keyed = sentences[["doc_id", "start", "sentence_id"]].sort_values("start")   # the sentence in which it begins
    wrong = wrong.assign(note=notes, text=words, role="sentence")
    return pd.merge_asof(wrong, keyed, on="start", by="doc_id").sort_values(["doc_id", "start"], kind="stable")


def list_left_out(table: pd.DataFrame, documents: dict[str, str]) -> pd.DataFrame:
    """`validation.measure_left_out` in words."""
    pages = table.doc_id.map(documents).fillna("all together")
    told = table.assign(page=pages).rename(columns=NAMES | {"threshold": "threshold from the others"})
    return told[["page", "threshold from the others", "coded", "scored", "right", "precision", "recall", "F1"]]


def list_steps(table: pd.DataFrame) -> pd.DataFrame:
    """`validation.ablate` in words."""
    return table.rename(columns=NAMES).drop(columns="coded")


def list_marked(pages: pd.DataFrame) -> pd.DataFrame:
    """`measures.sum_threads` in words: comments found, by family of comment section; last, all together."""
    table = sum_threads(pages)
    return pd.DataFrame({"comment section": table.family.fillna("all together"), "pages": table.pages,
                         "comments marked": table.coded, "found": table.found, "precision": table.precision,
                         "recall": table.recall, "F1": table.f1, "end right": table.ends / table.starts,
                         "author right": table.authors / table.starts, "date right": table.dates / table.starts})
