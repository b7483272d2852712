"""Stance: minimal pairs for the model, and which holders a sentence has."""

import re

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers.network import load_network
from helpers.stance import lean_on_page, name_labels, score_pairs

KEYS = ["doc_id", "sentence_id"]


def pair(marked):
    """A pair from a sentence with its target in [brackets] and its holder, if any, in {braces}."""
    row, text = {"holder_start": None, "holder_end": None}, ""
    for part in re.split(r"(\[.+?\]|\{.+?\})", marked):
        if part[:1] in ("[", "{"):
            name = "target" if part[0] == "[" else "holder"
            row |= {f"{name}_start": len(text), f"{name}_end": len(text) + len(part) - 2}
            part = part[1:-1]
        text += part
    return row | {"text": text}


def likeliest(marked, voice="author"):
    scored = score_pairs(pd.DataFrame([pair(marked) | {"voice": voice}])).iloc[0]
    return max(("against", "none", "favor"), key=lambda label: scored[f"p_{label}"])


def fails(marked, label, reason):
    return pytest.param(marked, label, marks=pytest.mark.xfail(reason=reason, strict=False))


@pytest.mark.parametrize(
    "marked, label",
    [
        # plainly, and with the roles changed
        ("{Hun Sen} praised [Vietnam] for its help.", "favor"),
        ("{Hun Sen} accused [Vietnam] of stealing land.", "against"),
        fails("Hun Sen accused {Vietnam} of stealing land from [China].", "against", "conduct that is only alleged"),
        ("{Vietnam} was accused by [Hun Sen] of stealing land.", "none"),
        ("[Vietnam] was accused by {Hun Sen} of stealing land.", "against"),
        # negation
        ("{Hun Sen} does not trust [Vietnam].", "against"),
        ("{Hun Sen} never failed to thank [China] for its help.", "favor"),
        fails(
            "{Hun Sen} has never criticised [China].", "favor", "“never criticised” is half praise, half blame to it"
        ),
        ("{Hun Sen} never tires of thanking [China].", "favor"),
        # A criticises B for hurting C
        ("{Washington} criticised [Hanoi] for jailing Chinese fishermen.", "against"),
        ("{Hanoi} was criticised by Washington for attacking [Chinese] boats.", "against"),
        fails(
            "Washington criticised {Hanoi} for jailing [Chinese] fishermen.", "against", "who jails whom gets mixed up"
        ),
        # an ally of the target criticises it, and the ally of another
        ("{Hun Sen}, an old ally of Vietnam, condemned [China] on Monday.", "against"),
        ("Sam Rainsy's anti-Vietnamese speeches annoyed {Hanoi}, which thanked [Beijing] for its help.", "favor"),
        # reporting is not sharing
        ("Hun Sen accused [Vietnam] of stealing land.", "none"),
        ("Trade with [China] grew by a tenth in 2016.", "none"),
        ("An earthquake killed forty people in [China] on Friday.", "none"),
        # the author's own voice
        ("[Hanoi] has always treated its neighbours as servants, and its lies fool nobody.", "against"),
        ("It was [Vietnam], and nobody else, that saved us from the murderers.", "favor"),
        ("We thank [China] from the bottom of our hearts for the bridge.", "favor"),
        # a quotation, and one that the author rejects
        ("{Hun Sen} said: “[China] is our best friend, and we will never forget its help.”", "favor"),
        ("Hun Sen called [Vietnam] a gang of thieves, which is nonsense.", "none"),
        fails(
            "The absurd charge that [Vietnam] stole the land has been refuted again and again.",
            "none",
            "the charge is heard louder than its refutation",
        ),
        # conduct
        ("{Washington} imposed sanctions on [China].", "against"),
        ("{Beijing} lent [Vietnam] two billion dollars without asking for anything.", "favor"),
        ("How very kind of [China] to steal only half of our sea.", "against"),
        fails("With friends like [Vietnam], who needs enemies?", "against", "a proverb turned round"),
    ],
)
def test_minimal_pairs(marked, label):
    assert likeliest(marked) == label


def test_the_sentence_as_a_whole_and_its_author_are_two_things():
    assert likeliest("Hun Sen called [Vietnam] a gang of thieves.", "text") == "against"
    assert likeliest("Hun Sen called [Vietnam] a gang of thieves.", "author") == "none"


@pytest.mark.parametrize("first, second", [("China", "Vietnam"), ("Beijing", "Hanoi"), ("Chinese", "Vietnamese")])
def test_names_that_change_places_change_their_answers(first, second):
    one = score_pairs(pd.DataFrame([pair(f"{{The {first} army}} shelled [{second} villages].")]))
    other = score_pairs(pd.DataFrame([pair(f"{{The {second} army}} shelled [{first} villages].")]))
    assert (
        one[["p_against", "p_none", "p_favor"]] - other[["p_against", "p_none", "p_favor"]]
    ).abs().to_numpy().max() < 0.15


def test_rows_keep_their_order_and_probabilities_sum_to_one():
    pairs = pd.DataFrame([pair("{Hun Sen} praised [Vietnam]."), pair("He hates [China].")], index=[7, 3])
    scored = score_pairs(pairs)
    assert scored.index.tolist() == [7, 3] and scored.text.tolist() == pairs.text.tolist()
    assert (scored.p_against + scored.p_none + scored.p_favor).round(5).eq(1).all()
    assert set(score_pairs(pairs.head(0)).columns) >= {"p_against", "p_none", "p_favor", "label"}


def test_spans_are_widened_to_whole_words():
    whole, cut = (
        score_pairs(pd.DataFrame([pair(marked)])) for marked in ("He praised [Vietnam].", "He praised Vi[etna]m.")
    )
    assert whole.p_favor.tolist() == cut.p_favor.tolist()


@pytest.mark.parametrize(
    "change, message",
    [
        ({"text": None}, "row 0: text is null"),
        ({"text": float("nan")}, "row 0: text is null"),
        ({"target_end": 99}, "row 0: target 16:99"),
        ({"target_start": -1}, "row 0: target -1"),
        ({"target_start": None}, "row 0: target"),
        ({"holder_start": 5, "holder_end": 5}, "row 0: holder 5:5"),
        ({"holder_end": None}, "row 0: holder 0:"),
        ({"voice": "everyone"}, "row 0: voice 'everyone' is not one of text, author"),
    ],
)
def test_a_wrong_call_is_told(change, message):
    with pytest.raises(ValueError, match=message):
        score_pairs(pd.DataFrame([pair("{Hun Sen} praised [Vietnam].") | change]))


def test_a_long_text_is_capped_and_flagged():
    text = "Hun Sen praised Vietnam. " * 2000
    row = {"text": text, "target_start": 16, "target_end": 23, "holder_start": 0, "holder_end": 7}
    scored = score_pairs(pd.DataFrame([row, row | {"holder_start": 40000, "holder_end": 40007}]))
    assert scored.capped.all() and scored.label[0] == "favor"
    assert pd.isna(scored.label[1]) and scored.p_favor.isna()[1]


def test_labels_need_their_thresholds():
    p = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [0.1, 0.7, 0.2], [0.3, 0.45, 0.25], [np.nan] * 3])
    assert name_labels(p, {"side": 0.4, "none": 0.6}).tolist() == ["against", "favor", "none", pd.NA, pd.NA]


def test_leaning_draws_a_sentence_toward_its_page():
    settings = {"usual": [0.05, 0.9, 0.05], "courses": [0.2, 0.7, 0.1], "temper": 0.5}
    settings["rates"] = [[0.7, 0.28, 0.02], [0.04, 0.93, 0.03], [0.02, 0.38, 0.6]]
    plain = [0.1, 0.85, 0.05]
    p = np.array([[0.8, 0.15, 0.05]] * 4 + [plain, plain])
    leaned = lean_on_page(p, pd.Series(["a"] * 5 + ["b"]), settings)
    assert leaned[4, 0] > 0.5 > leaned[5, 0] and np.allclose(leaned.sum(axis=1), 1)
    sober = lean_on_page(np.array([plain] + [[0.02, 0.96, 0.02]] * 9), pd.Series(["c"] * 10), settings)
    assert sober[0, 0] < leaned[5, 0]  # a page that takes no side draws the other way


@pytest.fixture()
def holders(tmp_path):
    def rows(text):
        (tmp_path / "a.txt").write_text(
            "Storm over the delta\n\n" + text + " The rest of the page only fills its lines up."
        )
        analysis = helpers.analyze(helpers.load(tmp_path))
        page, found = analysis.documents.text[0], analysis.stance.sort_values("sentence_id", kind="stable")
        return {
            (row.holder, row.target): page[row.holder_start : row.holder_end] if pd.notna(row.holder_start) else None
            for row in found.itertuples()
        }

    return rows


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Trade with China grew by a tenth.", {("author", "China"): None}),
        (
            "The premier of Cambodia flew to Hanoi. He thanked China.",
            {
                ("author", "Vietnam"): None,
                ("Cambodia_gov", "Vietnam"): "Cambodia",
                ("author", "China"): None,
            },
        ),
        (
            "Hun Sen flew to the coast. He thanked China.",
            {("author", "China"): None, ("Cambodia_gov", "China"): "He"},
        ),
        (  # the speaker of the second sentence is not in it
            "Hun Sen spoke up. “We trust them as ourselves,” he said. “China never broke its word to us.”",
            {("author", "China"): None, ("Cambodia_gov", "China"): "he"},
        ),
        (
            "The spokesman of China said: “The Chinese government never meddles with its neighbours.”",
            {("author", "China"): None, ("China", "China"): "China"},
        ),
    ],
)
def test_holders(holders, text, expected):
    found = holders(text)
    assert {key: found.get(key) for key in expected} == expected


def test_what_is_quoted_is_never_the_authors(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Storm over the delta\n\n“The lying thieves of Vietnam stole our land,” an old farmer told reporters."
        " The rest of the page only fills its lines up."
    )
    row = helpers.analyze(helpers.load(tmp_path)).stance.query("holder == 'author'").iloc[0]
    assert row.label == "none" and row.p_none > 0.9


def test_rows_stand_on_their_sentences(analysis):
    rows = analysis.stance.merge(analysis.sentences[[*KEYS, "start", "end", "role"]], on=KEYS)
    assert (rows.start <= rows.target_start).all() and (rows.target_end <= rows.end).all()
    assert set(rows.role) <= {"body", "heading", "caption", "standfirst", "comment"}
    assert not rows.duplicated([*KEYS, "holder", "target"]).any()
    assert rows.holder[rows.role == "comment"].ne("author").all()
    assert (rows.p_against + rows.p_none + rows.p_favor).round(5).eq(1).all()
    assert ((rows.p_favor - rows.p_against) - rows.score).abs().max() < 1e-9


def test_a_holder_points_at_words_of_his_own(analysis):
    text = dict(zip(analysis.documents.doc_id, analysis.documents.text, strict=True))
    named = analysis.stance.dropna(subset="holder_start")
    words = [text[row.doc_id][row.holder_start : row.holder_end] for row in named.itertuples()]
    assert named.holder.isin(analysis.actors.labels).all() and all(word.strip() == word for word in words)


def test_thresholds_come_from_training():
    thresholds = load_network().figures["thresholds"]
    assert 0.2 <= thresholds["side"] <= 0.7 and 0.3 <= thresholds["none"] <= 0.9
