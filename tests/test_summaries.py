from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.summaries import (
    bootstrap_mean,
    both_ends,
    label_documents,
    measure_agreement,
    name_stance,
    summarize_stance,
)
from helpers.tables import as_table


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=30))
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values):
    mean, low, high = bootstrap_mean(pd.Series(values))
    assert low <= mean + 1e-9 and mean <= high + 1e-9 and bootstrap_mean(pd.Series(values)) == (mean, low, high)


@pytest.mark.parametrize(
    "favor, against, label",
    [(4, 2, "favor"), (3, 2, "mixed"), (2, 4, "against"), (1, 1, "mixed"), (1, 0, "favor"), (0, 0, "none")],
)
def test_the_two_thirds_rule(favor, against, label):
    assert name_stance(favor, against) == label


def test_stance_is_counted_per_document_and_over_all_without_abstentions():
    rows = [
        {"doc_id": doc, "holder": "author", "target": "China", "label": label, "score": score}
        for doc, label, score in [("a", "favor", 0.5), ("a", "none", 0.0), ("b", "against", -0.5), ("b", None, None)]
    ]
    stance = as_table("stance", pd.DataFrame(rows).assign(sentence_id=range(4), target_start=0, target_end=1))
    summary = pd.concat([summarize_stance(stance), summarize_stance(stance, whole=True)]).fillna({"doc_id": "all"})
    assert summary[["doc_id", "n", "n_favor", "n_against", "n_none", "label"]].values.tolist() == [
        ["a", 2, 1, 0, 1, "favor"],
        ["b", 1, 0, 1, 0, "against"],
        ["all", 3, 1, 1, 1, "mixed"],
    ]


def test_alpha_is_one_for_equal_verdicts_and_low_for_opposite_ones():
    rows = [
        {"doc_id": "a", "sentence_id": i, "instrument": name, "label": label}
        for i in range(8)
        for name, label in [
            ("vader", "positive" if i % 2 else "negative"),
            ("vader_masked", "positive" if i % 2 else "negative"),
            ("textblob", "negative" if i % 2 else "positive"),
        ]
    ]
    part = SimpleNamespace(sentiment=as_table("sentiment", rows))
    alpha = measure_agreement(SimpleNamespace(parts=lambda: [part])).set_index(["first", "second"]).alpha
    assert alpha["vader", "vader_masked"] == 1 and alpha["textblob", "vader"] < -0.5


def test_both_ends_shows_nothing_twice():
    table = pd.DataFrame({"score": [3, 1, None, 2]})
    assert both_ends(table, "score", 5).score.tolist() == [1, 2, 3] and both_ends(table, "score", 1).score.tolist() == [
        1,
        3,
    ]


def test_labels_are_unique_and_in_time_order():
    documents = as_table(
        "documents",
        [
            {
                "doc_id": doc,
                "outlet": "Gazette",
                "published": date,
                "n_chars": 0,
                "n_words": 0,
                "n_sentences": 0,
                "n_comments": 0,
            }
            for doc, date in [("a", "2014-02"), ("b", "1997"), ("c", "2014"), ("d", None)]
        ],
    )
    assert label_documents(documents) == {
        "b": "Gazette 1997",
        "c": "Gazette 2014 (c)",
        "a": "Gazette 2014 (a)",
        "d": "Gazette",
    }
