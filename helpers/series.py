"""Series: the means and counts behind the figures of the reports, in one long table."""
import pandas as pd

from .listings import count_names
from .pipeline import Analysis
from .tables import as_table


def collect_series(analysis: Analysis) -> pd.DataFrame:
    """The means and counts of the figures, one row each (columns in data/tables.yaml).

    tone: mean tone of an article, of a part of a page, of a part over all pages, by instrument; stance: net stance of a
    holder toward a target; favor and against: his sentences that take that side; mentions: how often an actor is named;
    comments: how many were found. Figures of single sentences or stretches are drawn from their own tables.
    """
    tone, stance = analysis.sentiment_summary, analysis.stance_summary.drop(columns="label")
    sides = [stance.drop(columns=["low", "high"]).assign(series=name, value=stance[f"n_{name}"])
             for name in ("favor", "against")]
    named = count_names(analysis).groupby(["doc_id", "actor"], as_index=False).agg(value=("n", "sum"))
    found = analysis.documents[["doc_id"]].assign(value=analysis.documents.n_comments)
    rows = [tone.rename(columns={"mean": "value"}).assign(series="tone"),
            stance.rename(columns={"net": "value"}).assign(series="stance"), *sides,
            named.rename(columns={"actor": "target"}).assign(series="mentions", n=named.value),
            found.assign(series="comments", n=found.value)]
    return as_table("series", pd.concat([frame for frame in rows if len(frame)], ignore_index=True))
