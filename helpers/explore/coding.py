"""Coding: a team's own judgements of stance, written to a file that validation reads as hand-coded (gold)."""

from itertools import combinations
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML
from nltk.metrics.agreement import AnnotationTask

from .. import display
from ..evidence import stance_rows
from ..listings import VOICES
from ..measures import read_codes
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import SEED, gather, label_documents
from ..tables import SENTENCE, defused, name_beside, replace, waiting
from ..validation import POLARITY
from .browse import arrange
from .places import add_context

KEY = ["doc", "start", "end", "target", "holder"]


def draw_stances(analysis: Analysis | Stored, n: int = 100) -> pd.DataFrame:
    """Rows of stance to be coded, drawn from all that were scored, those without a side too: the same in every run.

    Whoever codes only the sides a model took measures how often it is right; these say also what it missed among the
    pairs of holder and target that it considered.
    """
    key = [*SENTENCE, "holder", "target"]
    every = gather(analysis, lambda part: part.stance.dropna(subset="score")[key])
    drawn = every.sample(min(n, len(every)), random_state=SEED).reset_index(names="place")
    rows = gather(analysis, lambda part: stance_rows(part, part.stance.merge(drawn, on=key)))
    return rows.set_index("place").loc[drawn.place].reset_index(drop=True)


def write_code(file: str | Path, row: pd.Series, polarity: int, coder: str) -> None:
    """Put one judgement into a file of codes: -1 against, 0 none, 1 favor. A coder's later one replaces the earlier.

    `row` is one of `find_stances` or `draw_stances`. The file has a row per sentence, target, holder and coder: doc,
    start, end, target, holder, polarity, coder; and `model`, what the model said.
    """
    file = Path(file)
    model = "abstains" if pd.isna(row.label) else row.label
    said = {"doc": row.doc_id, **row[KEY[1:]], "polarity": polarity, "coder": coder, "model": model}
    with waiting(file):
        before = read_codes(file) if file.exists() else pd.DataFrame(columns=list(said))
        codes = pd.concat([before, pd.DataFrame([said])]).drop_duplicates([*KEY, "coder"], keep="last")
        beside = name_beside(file, "new")
        defused(codes.astype(dict.fromkeys(["doc", "coder"], "string"))).to_csv(beside, index=False)
        replace(beside, file)


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


def browse_codes(analysis: Analysis | Stored, file: str, rows: pd.DataFrame | None = None) -> widgets.Widget:
    """Code sentences one by one, blind: what the model said stands only in `file`, written at each click.

    `rows` are those of `find_stances`, or a hundred that are drawn (`draw_stances`).
    """
    rows = draw_stances(analysis) if rows is None else rows
    if rows.empty:
        return widgets.HTML("There is no sentence to code.")
    names, labels = VOICES | analysis.actors.labels, label_documents(analysis.documents)
    place = widgets.BoundedIntText(1, min=1, max=len(rows), description=f"of {len(rows)}")
    coder = widgets.Text(description="coder", placeholder="your name")
    told = widgets.HTML("Who takes which side?")

    def judge(button: widgets.Button) -> None:
        if not coder.value.strip():
            told.value = "Who codes? Write a name first."
            return
        write_code(file, rows.iloc[place.value - 1], POLARITY[button.description], coder.value.strip())
        told.value = f"Sentence {place.value}: {button.description}." + " That was the last." * (
            place.value == len(rows)
        )
        place.value += 1

    def show(place: int) -> HTML:
        row = add_context(rows.iloc[[place - 1]], analysis, 240)
        held, toward = names[row.holder.iloc[0]], names[row.target.iloc[0]]
        return display.show_evidence(row.assign(label=pd.NA, note=f"{held} → {toward}: which side?"), labels)

    buttons = [widgets.Button(description=side) for side in POLARITY]
    for button in buttons:
        button.on_click(judge)
    return widgets.VBox([arrange({"place": place}, show), widgets.HBox([coder, *buttons]), told])
