"""The whole of it, in parts: what is found in a page depends on that page alone."""

from pathlib import Path

import pandas as pd

import helpers
from helpers import pipeline

SEEDS = Path(__file__).parent.parent / "seeds"


def test_a_corpus_in_parts_gives_the_tables_of_the_whole(analysis, monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK", 2)
    seen = []
    parts = pipeline.analyze(helpers.load(SEEDS), watch=lambda chunks: (seen.append(c) or c for c in chunks))
    assert [len(part.documents) for part in seen] == [2, 2, 1]
    for name, frame in parts.tables().items():
        pd.testing.assert_frame_equal(frame, getattr(analysis, name), check_exact=True)


def test_a_page_alone_says_what_it_says_among_others(analysis, tmp_path):
    file = next(SEEDS.glob("003*"))
    (tmp_path / file.name).write_bytes(file.read_bytes())
    alone = helpers.analyze(helpers.load(tmp_path))
    for name, frame in alone.tables().items():
        among = getattr(analysis, name)
        among = among[among.doc_id == file.stem].reset_index(drop=True)
        pd.testing.assert_frame_equal(frame[frame.doc_id.notna()].reset_index(drop=True), among, check_exact=True)


def test_an_open_quotation_at_the_end_of_a_page_does_not_reach_the_next(tmp_path):
    (tmp_path / "a.txt").write_text("Harbour\n\nThe mayor said the port was “open to all, and will stay open.\n")
    (tmp_path / "b.txt").write_text("Visit\n\nHun Sen flew to Hanoi. In reality, he was there to take orders.\n")
    stance = helpers.analyze(helpers.load(tmp_path)).stance
    assert "Cambodia_gov" in set(stance.holder[stance.doc_id == "b"])


def test_documents_without_sentences_go_through_in_parts(tmp_path):
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(
        "Ferry late\n\nThe ferry to Hanoi was late again on Monday, said the harbour office."
    )
    tables = helpers.analyze(helpers.load(tmp_path))
    assert tables.documents.doc_id.tolist() == ["a", "b"] and set(tables.sentences.doc_id) == {"b"}
