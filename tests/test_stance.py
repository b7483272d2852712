import pandas as pd
import pytest

import helpers
from helpers.stance import find_clause, score_pairs

KEYS = ["doc_id", "sentence_id"]


def pair(text, target):
    start = text.index(target)
    return {
        "text": text,
        "target_start": start,
        "target_end": start + len(target),
        "holder_start": None,
        "holder_end": None,
    }


@pytest.mark.parametrize(
    "text, target, label",
    [
        ("Hun Sen praised Vietnam.", "Vietnam", "favor"),
        ("He threatened China, but thanked Hanoi.", "China", "against"),
        ("He threatened China, but thanked Hanoi.", "Hanoi", "favor"),
        ("Trade with China grew in 2016.", "China", "none"),
        pytest.param(
            "China invaded North Vietnam.",
            "Vietnam",
            "against",
            marks=pytest.mark.xfail(reason="“invaded” is in no sentiment lexicon", strict=True),
        ),
    ],
)
def test_the_baseline_reads_the_clause_round_the_target(text, target, label):
    assert score_pairs(pd.DataFrame([pair(text, target)])).label.tolist() == [label]


def test_rows_keep_their_order_and_probabilities_sum_to_one():
    pairs = pd.DataFrame([pair("Hun Sen praised Vietnam.", "Vietnam"), pair("He hates China.", "China")], index=[7, 3])
    scored = score_pairs(pairs)
    assert scored.index.tolist() == [7, 3] and scored.text.tolist() == pairs.text.tolist()
    assert (scored.p_against + scored.p_none + scored.p_favor).round(9).eq(1).all()
    assert score_pairs(pairs.head(0)).columns.tolist()[-1] == "label"


@pytest.mark.parametrize(
    "change, message",
    [
        ({"text": None}, "row 0: text is null"),
        ({"target_end": 99}, "row 0: target 16:99"),
        ({"target_start": -1}, "row 0: target -1"),
        ({"target_start": None}, "row 0: target"),
    ],
)
def test_a_wrong_call_is_told(change, message):
    with pytest.raises(ValueError, match=message):
        score_pairs(pd.DataFrame([pair("Hun Sen praised Vietnam.", "Vietnam") | change]))


def test_a_clause_ends_at_marks_and_turns():
    text = "Hanoi helped the poor, but Beijing threatened them (and Laos)."
    assert text[slice(*find_clause(text, 27, 34))] == " Beijing threatened them "


@pytest.fixture()
def stance(tmp_path):
    def rows(text):
        (tmp_path / "a.txt").write_text(
            "Storm over the delta\n\n" + text + " The rest of the page only fills its lines up."
        )
        analysis = helpers.analyze(helpers.load(tmp_path))
        first = analysis.stance[analysis.stance.sentence_id == 1]
        return {(row.holder, row.target): row.label if pd.notna(row.label) else None for row in first.itertuples()}

    return rows


def test_the_nearest_named_holder_before_the_target_holds_it(stance):
    assert stance("On Monday Hun Sen praised Vietnam before the whole assembly.") == {
        ("author", "Vietnam"): "none",
        ("Cambodia_gov", "Vietnam"): "favor",
    }


def test_without_another_name_the_author_holds_it(stance):
    assert stance("The terrible crimes of China will not be forgotten in the delta.") == {
        ("author", "China"): "against"
    }


def test_a_quotation_is_its_speakers_never_the_authors(stance):
    assert stance("Hun Sen said “our friends in Vietnam are good and honest people” to the reporters.") == {
        ("author", "Vietnam"): "none",
        ("Cambodia_gov", "Vietnam"): "favor",
    }


def test_a_speaker_named_after_his_words_holds_them_too(stance):
    assert stance("“The people of Vietnam are good and honest,” said Hun Sen to the reporters in the delta.") == {
        ("author", "Vietnam"): "none",
        ("Cambodia_gov", "Vietnam"): "favor",
    }


def test_an_unknown_speaker_is_nobody_and_the_author_abstains(stance):
    assert stance("An insider said “the people of Vietnam are good and honest” to the reporters.") == {
        ("author", "Vietnam"): None
    }


def test_rows_stand_on_their_sentences_and_nobody_holds_toward_himself(analysis):
    rows = analysis.stance.merge(analysis.sentences[[*KEYS, "start", "end", "role"]], on=KEYS)
    assert (rows.start <= rows.target_start).all() and (rows.target_end <= rows.end).all()
    assert set(rows.role) <= {"body", "heading", "caption", "standfirst", "comment"}
    assert (rows.holder != rows.target).all() and not rows.duplicated([*KEYS, "holder", "target"]).any()
    assert rows.holder[rows.role == "comment"].ne("author").all()
    known = rows.dropna(subset="label")
    assert (known.p_against + known.p_none + known.p_favor).round(9).eq(1).all()


def test_the_last_name_before_the_target_counts_even_if_it_was_named_before(stance):
    rows = stance("Hun Sen met China in May, later Hun Sen praised Vietnam before the whole assembly.")
    assert rows["Cambodia_gov", "Vietnam"] == "favor" and rows["China", "Vietnam"] == "none"


def test_abstaining_keeps_the_probabilities(analysis):
    unsure = analysis.stance[analysis.stance.label.isna()]
    assert len(unsure) and unsure.p_none.notna().all() and unsure.score.abs().max() > 0


def test_spans_are_widened_to_whole_words_and_names_are_masked():
    cut = pair("He praised Vietnam.", "etna")
    assert score_pairs(pd.DataFrame([cut])).label.tolist() == ["favor"]
    assert score_pairs(pd.DataFrame([pair("The Cambodian People's Party met China.", "China")])).label.tolist() == [
        "none"
    ]
