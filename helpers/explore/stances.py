"""Stances: the sentences in which a holder stands so toward a target, the surest first."""

from collections.abc import Collection

import pandas as pd

from ..evidence import stance_rows
from ..listings import VOICES
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import gather
from ..validation import POLARITY

SIDES = ("against", "favor")


def find_stances(
    analysis: Analysis | Stored,
    holder: str | None = None,
    target: str | None = None,
    sides: Collection[str] = SIDES,
    least: float = 0.0,
) -> pd.DataFrame:
    """The rows of stance with their sentences, the surest first: of a holder, toward a target, on these sides.

    `least` is the least confidence: the probability of the row's own label (0 to 1). None asks for any holder, any
    target. Columns of the table stance, and role, start, end, text of the sentence, confidence, note (in words) and
    folded (why a rude one is shown closed).

    Raises ValueError for a holder, target or side that is not known.

    >>> import helpers
    >>> harbour = helpers.read("examples/harbour/pages", "examples/harbour/actors.yaml")
    >>> find_stances(harbour, target="Port", least=0.97)[["holder", "label"]].values.tolist()
    [['Council', 'against']]
    """
    for what, known in ((holder, VOICES | analysis.actors.labels), (target, analysis.actors.targets)):
        if what is not None and what not in known:
            raise ValueError(f"'{what}' is not known; known are {', '.join(known)}")
    if unknown := set(sides) - set(POLARITY):
        raise ValueError(f"'{min(unknown)}' is no side: {', '.join(POLARITY)}")

    def find(part: Analysis) -> pd.DataFrame:
        rows = part.stance[part.stance.label.isin(list(sides))]
        rows = rows if holder is None else rows[rows.holder == holder]
        rows = rows if target is None else rows[rows.target == target]
        sure = rows.p_against.where(rows.label == "against", rows.p_favor.where(rows.label == "favor", rows.p_none))
        return stance_rows(part, rows.assign(confidence=sure)[sure >= least])

    return gather(analysis, find).sort_values("confidence", ascending=False, kind="stable", ignore_index=True)
