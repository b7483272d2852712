"""The baseline that the model is measured against: the tone of the clause, laid to one holder."""

import pandas as pd
import pytest

import helpers
from helpers.validation import find_clause, score_baseline


@pytest.fixture()
def baseline(tmp_path):
    def rows(text):
        (tmp_path / "a.txt").write_text(
            "Storm over the delta\n\n" + text + " The rest of the page only fills its lines up."
        )
        analysis = helpers.analyze(helpers.load(tmp_path))
        scored = score_baseline(analysis)
        return {(row.holder, row.target): row.label for row in scored[scored.sentence_id == 1].itertuples()}

    return rows


def test_a_clause_ends_at_marks_and_turns():
    text = "Hanoi helped the poor, but Beijing threatened them (and Laos)."
    assert text[slice(*find_clause(text, 27, 34))] == " Beijing threatened them "


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "On Monday Hun Sen praised Vietnam before the whole assembly.",
            {("author", "Vietnam"): "none", ("Cambodia_gov", "Vietnam"): "favor"},
        ),
        ("The terrible crimes of China will not be forgotten in the delta.", {("author", "China"): "against"}),
        (
            "Hun Sen said “our friends in Vietnam are good and honest people” to the reporters.",
            {("author", "Vietnam"): "none", ("Cambodia_gov", "Vietnam"): "favor"},
        ),
        (
            "“The people of Vietnam are good and honest,” said Hun Sen to the reporters in the delta.",
            {("author", "Vietnam"): "none", ("Cambodia_gov", "Vietnam"): "favor"},
        ),
    ],
)
def test_the_tone_of_a_clause_goes_to_one_holder(baseline, text, expected):
    assert baseline(text) == expected


def test_the_last_name_before_the_target_counts_even_if_it_was_named_before(baseline):
    rows = baseline("Hun Sen met China in May, later Hun Sen praised Vietnam before the whole assembly.")
    assert rows["Cambodia_gov", "Vietnam"] == "favor" and rows["China", "Vietnam"] == "none"


def test_it_keeps_the_rows_of_the_model(analysis):
    scored = score_baseline(analysis)
    columns = ["doc_id", "sentence_id", "holder", "target", "target_start"]
    pd.testing.assert_frame_equal(scored[columns], analysis.stance[columns])
