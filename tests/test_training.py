"""What the model is trained on: written sentences are filled and renamed without losing a span."""

import doctest
import random
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent / "training"
sys.path.insert(0, str(TRAINING))

import fill  # noqa: E402
import vary  # noqa: E402
from example import Example  # noqa: E402

WRITTEN = sorted((TRAINING / "written").glob("*.tsv"))


def test_the_examples_of_filling_hold():
    assert doctest.testmod(fill).failed == 0


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_every_written_sentence_can_be_filled(path):
    rows = fill.read_written(path)
    assert len(rows) > 200
    for template, codes, _ in rows:
        example = vary.refill(template, codes, random.Random(1), "written")
        assert "{" not in example.text and "the the " not in example.text.lower()
        assert all(0 <= ts < te <= len(example.text) for *_, ts, te, _ in example.pairs)
        coded = [key for key, pair in zip(example.keys, example.pairs, strict=True) if pair[-1] != 1]
        named = {(h, t) for h, t in codes if h not in "QS"}
        assert named <= set(coded), template  # no coded attitude is lost


def test_a_bad_code_is_told_with_its_line(tmp_path):
    (tmp_path / "x.tsv").write_text("{A} bows.\t0\n{A} hits {B}.\tA->B\n")
    with pytest.raises(ValueError, match=r"x.tsv:2: cannot read the code 'A->B'"):
        fill.read_written(tmp_path / "x.tsv")


@pytest.mark.parametrize("seed", range(8))
def test_renamed_sentences_keep_their_spans(seed):
    text = "The United States thanked Japanese diplomats, Tokyo said, after Xi left the Philippines."
    words = ["United States", "Japanese", "Tokyo", "Xi", "Philippines"]
    pairs = [("author", 0, 0, text.index(word), text.index(word) + len(word), 1) for word in words]
    changed = vary.rename(Example(text, pairs), random.Random(seed))
    new = [changed.text[ts:te] for *_, ts, te, _ in changed.pairs]
    assert all(word and word == word.strip() for word in new) and "the the " not in changed.text.lower()
    capital = {row["adjective"]: row["capital"] for row in fill.NAMES}
    assert capital[new[1]] == new[2]  # one country stays one country
