"""The stance network: loading, spans to tokens, long and odd text."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.network import FOLDER, LONGEST, VOICES, ModelError, choose_windows, find_tokens, load_network, score_spans


@pytest.fixture()
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "model")


@pytest.mark.parametrize("name", ["stance.onnx", "tokenizer.json", "figures.json"])
def test_a_missing_file_is_named_with_the_way_to_get_it_back(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: missing; get it back with: git checkout -- helpers/model"):
        load_network(copy)


@pytest.mark.parametrize("name", ["stance.onnx", "tokenizer.json", "figures.json"])
def test_a_damaged_file_is_named(copy, name):
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match=f"{name}: damaged"):
        load_network(copy)


def test_the_model_is_small_and_its_figures_are_whole():
    assert (FOLDER / "stance.onnx").stat().st_size < 25e6
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 50e6
    figures = json.loads((FOLDER / "figures.json").read_text())
    assert {"temperature", "thresholds", "page", "dev", "reliability", "renamed", "date"} <= set(figures)


def score(text, *pairs):
    return score_spans([text], [(0, *pair) for pair in pairs], load_network())


def test_probabilities_sum_to_one_and_the_voice_matters():
    text = "The paper reports that Hanoi hates Beijing."
    p, capped = score(
        text, (VOICES["span"], 23, 28, 35, 42), (VOICES["author"], 0, 0, 35, 42), (VOICES["text"], 0, 0, 35, 42)
    )
    assert np.allclose(p.sum(axis=1), 1) and not capped.any()
    assert p[0, 0] > 0.6 > p[1, 0]  # Hanoi is against Beijing, the author is not


def test_a_long_text_is_read_round_the_pair_and_flagged():
    text = "It rained on the delta. " * 2100 + "Hanoi hates Beijing. " + "It rained on the delta. " * 10
    at = text.index("Hanoi")
    p, capped = score(text, (VOICES["span"], at, at + 5, at + 12, at + 19), (VOICES["span"], 0, 2, at + 12, at + 19))
    assert len(text) > 50_000 and capped.all() and p[0].argmax() == 0
    assert np.isnan(p[1]).all()  # the holder is too far away to be read with the target


def test_ten_thousand_pairs_in_one_text():
    text = "Hanoi hates Beijing. " * 1000
    pairs = [(VOICES["span"], at, at + 5, at + 12, at + 19) for at in range(0, 21 * 1000, 21)]
    p, capped = score(text, *pairs)
    assert capped.all() and (p[:, 0] > 0.3).mean() > 0.9


@pytest.mark.parametrize(
    "text", ["ព្រះរាជាណាចក្រកម្ពុជា ចិន", "הממשלה תקפה את סין", "🇨🇳🔥🔥 down with 🇻🇳", "\u200b\u200b", "\ufe0f", "  "]
)
def test_odd_text_is_answered_or_left_open(text):
    p, _ = score(text, (VOICES["text"], 0, 0, 0, len(text)))
    assert np.isnan(p).all() or np.isclose(p.sum(), 1)


def test_an_answer_hardly_depends_on_its_neighbours():
    text = "Hanoi hates Beijing."
    alone, _ = score(text, (VOICES["span"], 0, 5, 12, 19))
    crowd = [text, "word " * 100, "A friend of China praised the new bridge over the river."]
    pairs = [(0, VOICES["span"], 0, 5, 12, 19), (1, VOICES["text"], 0, 0, 0, 4), (2, VOICES["author"], 0, 0, 12, 17)]
    together, _ = score_spans(crowd, pairs, load_network())
    assert np.abs(alone[0] - together[0]).max() < 0.05


@given(st.integers(2, 400), st.data())
@settings(max_examples=200, deadline=None)
def test_a_window_always_holds_its_target(length, data):
    room = LONGEST - 2
    left = data.draw(st.integers(0, length - 1))
    target = np.array([[left, data.draw(st.integers(left + 1, min(length, left + 20)))]])
    first = data.draw(st.integers(0, length - 1))
    holder = np.array([[first, first + 1]])
    start = choose_windows(holder, target, np.array([True]), length, room)
    assert (start >= 0).all() and (start <= target[:, 0]).all() and (target[:, 1] <= start + room).all()


def test_spans_find_their_tokens():
    starts, ends = np.array([0, 4, 9]), np.array([3, 9, 10])
    assert find_tokens(starts, ends, np.array([[5, 6], [3, 4], [0, 10]])).tolist() == [[1, 2], [1, 1], [0, 3]]
