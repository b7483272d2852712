"""Coding: a team's own judgements of stance, written to a file that validation reads as hand-coded (gold)."""

from itertools import combinations
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML
from nltk.metrics.agreement import AnnotationTask

from .. import display
from ..listings import VOICES
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import SEED, gather, label_documents
from ..tables import defused
from ..validation import POLARITY, read_codes
from .browse import arrange
from .places import add_context
from .stances import find_stances

KEY = ["doc", "start", "end", "target", "holder"]
SIDES = ("against", "none", "favor")


def draw_stances(analysis: Analysis | Stored, n: int = 100) -> pd.DataFrame:
    """Rows of stance to be coded, drawn from all that are labelled, those without a side too: the same in every run.

    Whoever codes only what a model found measures how often it is right, not what it misses; so code these.
    """
    rows = gather(analysis, lambda part: find_stances(part, sides=SIDES))
    return rows.sample(min(n, len(rows)), random_state=SEED).reset_index(drop=True)


def write_code(file: str | Path, row: pd.Series, polarity: int, coder: str) -> None:
    """Put one judgement into a file of codes: -1 against, 0 none, 1 favor. A coder's later one replaces the earlier.

    `row` is one of `find_stances` or `draw_stances`. The file has a row per sentence, target, holder and coder: doc,
    start, end, target, holder, polarity, coder; and `model`, what the model said.
    """
    file, said = (
        Path(file),
        {"doc": row.doc_id, **row[KEY[1:]], "polarity": polarity, "coder": coder, "model": row.label},
    )
    before = read_codes(file) if file.exists() else pd.DataFrame(columns=list(said))
    codes = pd.concat([before, pd.DataFrame([said])]).drop_duplicates([*KEY, "coder"], keep="last")
    beside = file.with_name(f".{file.name}.new")
    defused(codes.astype({"doc": "string", "coder": "string"})).to_csv(beside, index=False)
    beside.replace(file)


def measure_coders(codes: pd.DataFrame) -> pd.DataFrame:
    """How far each two coders agree: first, second, n (rows both judged), equal (share), alpha.

    alpha is Krippendorff's, nominal: 1 they agree, 0 as by chance. Null where they judged nothing both, or all alike.

    >>> rows = [("a", 0, 9, "US", "author", polarity, coder) for coder, polarity in (("Ann", 1), ("Bo", 1))]
    >>> measure_coders(pd.DataFrame(rows, columns=[*KEY, "polarity", "coder"])).equal.tolist()
    [1.0]
    """
    wide, rows = codes.pivot(index=KEY, columns="coder", values="polarity"), []
    for first, second in combinations(wide.columns, 2):
        both = wide[[first, second]].dropna()
        judged = [(coder, place, value) for coder in both for place, value in enumerate(both[coder])]
        varied = both.stack().nunique() > 1
        rows.append((first, second, len(both), (both[first] == both[second]).mean() if len(both) else None,
                     AnnotationTask(judged).alpha() if varied else None))  # fmt: skip
    return pd.DataFrame(rows, columns=["first", "second", "n", "equal", "alpha"])


def browse_codes(analysis: Analysis | Stored, file: str, rows: pd.DataFrame | None = None) -> widgets.VBox:
    """Code sentences one by one, blind: what the model said is told once it is judged. Written to `file` at each click.

    `rows` are those of `find_stances`, or a hundred that are drawn (`draw_stances`).
    """
    rows = draw_stances(analysis) if rows is None else rows
    names, labels = VOICES | analysis.actors.labels, label_documents(analysis.documents)
    place = widgets.BoundedIntText(1, min=1, max=max(1, len(rows)), description=f"of {len(rows)}")
    coder = widgets.Text(description="coder", placeholder="your name")
    told = widgets.HTML("Who takes which side?")

    def judge(button: widgets.Button) -> None:
        row = rows.iloc[place.value - 1]
        if not coder.value.strip():
            told.value = "Who codes? Write a name first."
            return
        write_code(file, row, POLARITY[button.description], coder.value.strip())
        told.value = f"Sentence {place.value}: you said {button.description}, the model {row.label}."
        place.value += 1

    def show(place: int) -> HTML:
        row = add_context(rows.iloc[[place - 1]], analysis, 240)
        held, toward = names[row.holder.iloc[0]], names[row.target.iloc[0]]
        return display.show_evidence(row.assign(label=pd.NA, note=f"{held} → {toward}: which side?"), labels)

    buttons = [widgets.Button(description=side) for side in SIDES]
    for button in buttons:
        button.on_click(judge)
    return widgets.VBox([arrange({"place": place}, show), widgets.HBox([coder, *buttons]), told])
