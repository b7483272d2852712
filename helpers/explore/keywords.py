"""Keywords: which words one set of sentences has more often than another (keyness)."""

import math
import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd
from nltk.metrics.association import BigramAssocMeasures

from ..figures import DIVERGING, MUTED, beside, label_rows, new_axes, say_nothing
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import gather
from ..tables import SENTENCE
from .stances import find_stances

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LEAST = 3  # times a word must stand in both sets together
SURE = 15.13  # log-likelihood that chance exceeds once in ten thousand words (chi-squared, one degree of freedom)


def choose_sentences(
    analysis: Analysis | Stored,
    documents: Iterable[str] | None = None,
    years: Iterable[int] | None = None,
    roles: Iterable[str] | None = None,
    holder: str | None = None,
    target: str | None = None,
) -> pd.DataFrame:
    """The sentences of some documents, of some years, in some roles; or in which a holder takes a side on a target.

    What is not given is not asked for: choose_sentences(analysis, years=[2018], roles=["comment"]). Rows of the table
    sentences.
    """
    facts = analysis.documents
    chosen = facts.doc_id.notna() if documents is None else facts.doc_id.isin(list(documents))
    if years is not None:
        chosen &= facts.published.str.slice(0, 4).isin([str(year) for year in years]).fillna(False)
    doc_ids = list(facts.doc_id[chosen])

    def find(part: Analysis) -> pd.DataFrame:
        rows = part.sentences[part.sentences.doc_id.isin(doc_ids)]
        rows = rows if roles is None else rows[rows.role.isin(list(roles))]
        if holder is None and target is None:
            return rows
        held = find_stances(part, holder, target)[SENTENCE].drop_duplicates()
        return rows.merge(held, on=SENTENCE)

    return gather(analysis, find)


def the_rest(analysis: Analysis | Stored, chosen: pd.DataFrame) -> pd.DataFrame:
    """All sentences but those chosen."""
    taken = pd.MultiIndex.from_frame(chosen[SENTENCE])
    return gather(
        analysis, lambda part: part.sentences[~pd.MultiIndex.from_frame(part.sentences[SENTENCE]).isin(taken)]
    )


def count_words(texts: Iterable[str]) -> Counter:
    """How often each word stands, in lower case and without a possessive 's."""
    return Counter(word.replace("’", "'").removesuffix("'s") for text in texts for word in WORD.findall(text.lower()))


def keyness(first: pd.DataFrame, second: pd.DataFrame, names: tuple[str, str] = ("first", "second")) -> pd.DataFrame:
    """The words that tell two sets of sentences apart, those that tell most first.

    One row per word: word, more_in (the name of the set that has it more often), n_first and n_second,
    per_1000_first and per_1000_second (of all words), log_likelihood (Dunning 1993: how sure it is that they differ;
    chance exceeds 15.13 once in ten thousand words), log_ratio (Hardie 2014: by how much; 1 is twice as often in the
    first set, -1 in the second; a set that lacks the word is counted half a one). Words that stand fewer than three
    times are left out. `.attrs["compared"]` says what was compared with what. Sentences of one page lean on each
    other, so the likelihood flatters.

    Empty where a set has no words.

    >>> rivers = pd.DataFrame({"text": ["The river rose.", "The river fell.", "A river."]})
    >>> roads = pd.DataFrame({"text": ["The road rose.", "The road fell.", "A road."]})
    >>> keyness(rivers, roads)[["word", "more_in", "log_likelihood", "log_ratio"]].values.tolist()[0]
    ['river', 'first', 4.9, 2.6]
    """
    one, two = count_words(first.text), count_words(second.text)
    size, other = one.total(), two.total()
    rows = []
    for word in one.keys() | two.keys():
        a, b = one[word], two[word]
        if size and other and a + b >= LEAST:
            ratio = math.log2((a or 0.5) / size) - math.log2((b or 0.5) / other)
            sure = BigramAssocMeasures.likelihood_ratio(a, (a + b, size), size + other)
            rows.append((word, names[ratio < 0], a, b, 1000 * a / size, 1000 * b / other, sure, ratio))
    table = pd.DataFrame(
        rows,
        columns=[
            "word",
            "more_in",
            "n_first",
            "n_second",
            "per_1000_first",
            "per_1000_second",
            "log_likelihood",
            "log_ratio",
        ],
    )
    table = table.round({"per_1000_first": 2, "per_1000_second": 2, "log_likelihood": 1, "log_ratio": 1})
    table = table.sort_values(["log_likelihood", "word"], ascending=[False, True], ignore_index=True)
    table.attrs["compared"] = f"{names[0]} ({size:,} words) with {names[1]} ({other:,} words)"
    return table


def plot_keyness(table: pd.DataFrame, each: int = 12, ax=None):
    """The words that tell most for each side: to the right those of the first set, to the left those of the second.

    A bar's length is the log ratio, its numbers count the word in first and second; pale below 15.13 (`keyness`).
    """
    rows = pd.concat([table[table.log_ratio > 0].head(each), table[table.log_ratio < 0].head(each)])
    if rows.empty:
        return say_nothing("No word stands often enough to compare.")
    rows = rows.sort_values("log_ratio", ascending=False, kind="stable").reset_index(drop=True)
    ax = ax or new_axes(0.24 * len(rows) + 1)
    sure = (rows.log_likelihood > SURE).to_numpy()
    ax.barh(
        range(len(rows)),
        rows.log_ratio,
        height=0.62,
        color=[
            DIVERGING((0.96 if ratio > 0 else 0.04) if is_sure else (0.62 if ratio > 0 else 0.38))
            for ratio, is_sure in zip(rows.log_ratio, sure, strict=True)
        ],
    )
    for place, row in enumerate(rows.itertuples()):
        beside(ax, row.log_ratio, place, f"{row.n_first}:{row.n_second}", 4 if row.log_ratio > 0 else -4)
    ax.margins(x=0.14)
    ax.set_title(table.attrs.get("compared", ""), fontsize=9, color=MUTED, weight="normal")
    ax.set_xlabel("log ratio: each step is twice as often; right: in the first, left: in the second")
    return label_rows(ax, list(rows.word))
