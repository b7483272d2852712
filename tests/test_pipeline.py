"""The whole of it, in parts: documents are analyzed a few at a time."""

from pathlib import Path

import pandas as pd
import pytest

import helpers
from helpers import pipeline

SEEDS = Path(__file__).parent.parent / "seeds"


def test_a_corpus_in_parts_gives_the_tables_of_the_whole(analysis, monkeypatch):
    monkeypatch.setattr(pipeline.split_corpus, "__defaults__", (2,))
    seen = []
    parts = pipeline.analyze(helpers.load(SEEDS), watch=lambda chunks: (seen.append(c) or c for c in chunks))
    assert [len(part.documents) for part in seen] == [2, 2, 1]
    for name, frame in parts.tables().items():
        whole = getattr(analysis, name)
        if name in ("stance", "stance_summary", "sides", "addressees", "contested"):
            continue  # int8 arithmetic depends a little on what else is in a batch
        pd.testing.assert_frame_equal(frame, whole, atol=0.1)  # so does offence
    keys = ["doc_id", "sentence_id", "holder", "target", "target_start"]
    pd.testing.assert_frame_equal(parts.stance[keys], analysis.stance[keys])
    assert (parts.stance.score - analysis.stance.score).abs().max() == pytest.approx(0, abs=0.2)


def test_documents_without_sentences_go_through_in_parts(tmp_path):
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(
        "Ferry late\n\nThe ferry to Hanoi was late again on Monday, said the harbour office."
    )
    tables = helpers.analyze(helpers.load(tmp_path))
    assert tables.documents.doc_id.tolist() == ["a", "b"] and set(tables.sentences.doc_id) == {"b"}
