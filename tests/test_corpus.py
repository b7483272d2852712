"""Reading files: ids, encodings, and bad input, each with the one line it gets."""

import pytest

import helpers

STORY = "Rain over the delta\n\n" + "The rain came in June and nobody had expected it before the harvest was in. " * 4


def test_ids_are_names_or_paths_where_names_are_equal(tmp_path):
    for name in ("a.txt", "north/story.txt", "south/story.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY + name)
    assert helpers.load(tmp_path).documents.doc_id.tolist() == ["a", "north__story", "south__story"]


def test_ids_stay_unique_and_a_dangling_link_is_named(tmp_path):
    for name in ("x__a.txt", "x/a.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY + name)
    (tmp_path / "gone.TXT").symlink_to(tmp_path / "nothing")
    documents = helpers.load(tmp_path).documents
    assert documents.doc_id.is_unique and len(documents) == 4
    assert "unreadable" in documents.set_index("path").warnings["gone.TXT"]


def test_a_byte_order_mark_and_line_ends_do_not_move_offsets(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode())
    corpus = helpers.load(tmp_path)
    text = corpus.documents.text[0]
    assert text.startswith("Rain over the delta\r\n")
    assert all(text[s:e] == words for s, e, words in corpus.sentences[["start", "end", "text"]].itertuples(index=False))


def test_another_encoding_is_read_and_said(tmp_path):
    (tmp_path / "a.txt").write_bytes(
        ("Le présent traité, signé à Genève, a été ratifié par l’État. " * 6).encode("cp1252")
    )
    document = helpers.load(tmp_path).documents.iloc[0]
    assert "présent traité" in document.text and "not UTF-8" in document.warnings


@pytest.mark.parametrize("content, warning", [(b"", "empty file"), (b" \n\n ", "empty file")])
def test_an_empty_file_keeps_its_row(tmp_path, content, warning):
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "b.txt").write_text(STORY)
    documents = helpers.load(tmp_path).documents
    assert documents.doc_id.tolist() == ["a", "b"] and documents.warnings[0] == warning


def test_an_unreadable_file_keeps_its_row(tmp_path, monkeypatch):
    def deny(_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(STORY)
    monkeypatch.setattr("pathlib.Path.open", lambda *_, **__: deny(_))
    document = helpers.load(tmp_path).documents.iloc[0]
    assert document.warnings == "unreadable: Permission denied" and document.isna().text


def test_the_same_text_twice_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY + "\n\n")
    documents = helpers.load(tmp_path).documents
    assert documents.duplicate_of.fillna("-").tolist() == ["-", "a"]


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_no_corpus_is_one_clear_line(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(helpers.CorpusError, match=f"{name}: no "):
        helpers.load(tmp_path / name)


def test_text_that_is_not_english_has_null_scores_and_a_warning(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Le gouvernement de la Chine a salué hier la décision du Vietnam de retirer ses "
        "troupes de la frontière, et il a promis une aide généreuse aux provinces touchées."
    )
    analysis = helpers.analyze(helpers.load(tmp_path))
    assert "language is fr" in analysis.documents.warnings[0]
    assert (
        len(analysis.sentiment) == 3 and analysis.sentiment.score.isna().all() and analysis.sentiment.label.isna().all()
    )
    assert len(analysis.stance) and analysis.stance.label.isna().all()


def test_a_corpus_of_nothing_but_menus_has_empty_tables_of_the_right_types(tmp_path):
    (tmp_path / "a.txt").write_text("Home | News | Sport")
    analysis = helpers.analyze(helpers.load(tmp_path))
    for name, table in analysis.tables().items():
        assert table.empty or name in ("documents", "spans", "audit")
        assert list(table.columns) == list(helpers.tables.columns_of(name))
