"""Validation: what counts as a hit, and the measures."""

import pandas as pd
import pytest

from helpers import diagnostics, measures, validation
from helpers.summaries import label_documents

SENTENCES = pd.DataFrame(
    {"doc_id": "a", "sentence_id": [0, 1], "start": [0, 100], "end": [100, 200], "text": ["x" * 100, "y" * 100]}
)


def coded(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "holder", "target", "polarity"])


@pytest.fixture()
def stance():
    return pd.DataFrame(
        {
            "doc_id": "a",
            "sentence_id": [0, 1, 1],
            "holder": ["author", "author", "US"],
            "target": "China",
            "p_against": [0.1, 0.7, 0.5],
            "p_none": [0.2, 0.2, 0.3],
            "p_favor": [0.7, 0.1, 0.2],
            "score": [0.6, -0.6, -0.3],
            "label": pd.array(["favor", "against", None], dtype="string"),
        }
    )


GOLD = coded(
    ("a", 40, 100, "author", "China", 1), ("a", 160, 300, "author", "China", -1), ("a", 100, 200, "US", "China", 0)
)


def test_triples_match_by_half_of_the_shorter_sentence(stance):
    measures = validation.measure_triples(validation.match_triples(stance, SENTENCES, GOLD))
    assert (measures["n_scored"], measures["n_coded"], measures["n_both"], measures["f1"]) == (2, 2, 1, 0.5)


def test_a_row_is_judged_where_its_sentence_was_coded(stance):
    judged = validation.judge_rows(stance, SENTENCES, GOLD)
    assert judged[["holder", "coded"]].values.tolist() == [["author", "favor"], ["author", "none"], ["US", "none"]]
    counts = validation.confuse(judged)
    assert counts.loc["favor", "favor"] == 1 and counts.loc["none", "against"] == 1
    assert counts.loc["none", "abstains"] == 1 and counts.to_numpy().sum() == 3


def test_risk_counts_the_wrong_among_the_surest(stance):
    risk = validation.measure_risk(validation.judge_rows(stance, SENTENCES, GOLD))
    assert risk.coverage.round(2).tolist() == [0.33, 0.67, 1.0] and risk.risk.round(2).tolist() == [0.0, 0.5, 0.67]


def test_reliability_bins_by_confidence(stance):
    table = validation.measure_reliability(validation.judge_rows(stance, SENTENCES, GOLD))
    assert table.n.sum() == 3 and table.loc[7, "right"] == 0.5


def test_a_threshold_never_sees_its_own_page(stance):
    two = pd.concat([stance, stance.assign(doc_id="b")])
    sentences = pd.concat([SENTENCES, SENTENCES.assign(doc_id="b")])
    only_a = coded(("a", 0, 100, "author", "China", 1), ("b", 0, 100, "author", "Vietnam", 1))
    table = validation.measure_left_out(two, sentences, only_a)
    assert table.doc_id.tolist()[:2] == ["a", "b"] and pd.isna(table.doc_id.iloc[2])
    assert table.threshold[1] > 0.5  # for b, the best threshold of a, which hides the wrong row of the US there


def test_the_model_beats_the_baseline_on_the_coded_pages(analysis):
    gold = measures.read_gold("gold/stance.csv", analysis.documents)
    compared = validation.compare_instruments(analysis, gold)
    model, baseline = (validation.measure_triples(compared[name])["f1"] for name in ("model", "baseline"))
    assert model > 1.5 * baseline
    wrong = diagnostics.list_errors(compared["model"], analysis.documents, analysis.sentences, analysis.actors.labels)
    found = compared["model"]
    assert len(wrong) == (found.scored != found.coded).sum() and wrong.text.str.len().min() > 0


def test_each_step_of_the_package_is_measured(analysis):
    gold = measures.read_gold("gold/stance.csv", analysis.documents)
    steps = validation.ablate(analysis, gold)
    assert len(steps) == 5 and steps.n_coded.nunique() == 1
    assert steps.f1.iloc[-1] > steps.f1.iloc[0]


def test_benchmarks_come_from_the_file_that_training_wrote():
    from helpers.network import load_network

    table = diagnostics.list_benchmarks(load_network().figures)
    assert len(table) == 7 and table.model.str.match(r"0\.\d{3}").all()


def test_left_out_pages_have_their_names(analysis):
    gold = measures.read_gold("gold/stance.csv", analysis.documents)
    table = validation.measure_left_out(analysis.stance, analysis.sentences, gold)
    shown = diagnostics.list_left_out(table, label_documents(analysis.documents))
    assert shown.page.iloc[-1] == "all together" and shown.page.nunique() == len(shown)
