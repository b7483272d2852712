"""Series: every number behind the figures of the reports, in one long table."""

import pandas as pd

from .evidence import article_sentences
from .pipeline import Analysis
from .summaries import summarize_sentiment
from .tables import as_table


def collect_series(analysis: Analysis) -> pd.DataFrame:
    """The series of all figures, one row per number (columns in data/tables.yaml).

    tone: mean tone of an article, of a part of a page, of a part over all pages, by instrument; stance: net stance of a
    holder toward a target; mentions: how often an actor is named; comments: how many were found.
    """
    article = article_sentences(analysis.sentences)
    tone = [
        summarize_sentiment(analysis.sentiment, article, ["doc_id"]).assign(part="article"),
        summarize_sentiment(analysis.sentiment, analysis.sentences, ["role"]).rename(columns={"role": "part"}),
        summarize_sentiment(analysis.sentiment, analysis.sentences, ["doc_id", "role"]).rename(
            columns={"role": "part"}
        ),
    ]
    stance = analysis.stance_summary.rename(columns={"net": "value"}).drop(columns="label").assign(series="stance")
    named = analysis.mentions.groupby(["doc_id", "actor"], as_index=False).agg(value=("start", "size"))
    found = analysis.documents[["doc_id"]].assign(value=analysis.documents.n_comments)
    rows = [
        *(frame.rename(columns={"mean": "value"}).assign(series="tone") for frame in tone),
        stance,
        named.rename(columns={"actor": "target"}).assign(series="mentions", n=named.value),
        found.assign(series="comments", n=found.value),
    ]
    return as_table("series", pd.concat([frame for frame in rows if len(frame)], ignore_index=True))
