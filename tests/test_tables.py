import pandas as pd
import pytest

from helpers.tables import as_table, columns_of, defused, dictionary, replace_all, undefused


def test_tables_come_back_as_they_were_written(analysis, tmp_path, store):
    stored = store(analysis, tmp_path)
    for name, table in analysis.tables().items():
        pd.testing.assert_frame_equal(getattr(stored, name), table)
    whole = pd.read_parquet(tmp_path / "stance.parquet")  # as a file, though it is a folder
    assert whole.shape == analysis.stance.shape


def test_missing_is_null_and_nothing_else(analysis):
    for name, table in analysis.tables().items():
        text = table.select_dtypes("string")
        assert all(dtype.na_value is pd.NA for dtype in text.dtypes), name
        assert not text.drop(columns=["text"], errors="ignore").isin(["", "nan", "None", "unknown"]).any().any(), name


def test_empty_tables_have_their_columns():
    for table in ("documents", "stance"):
        assert as_table(table, []).dtypes.astype(str).to_dict() == columns_of(table)


def test_every_column_is_in_the_dictionary(analysis):
    words = dictionary()
    assert (words.meaning.str.len() > 5).all()
    for name, table in analysis.tables().items():
        assert words.column[words.table == name].tolist() == list(table.columns)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+A1", "@SUM(A1)", " =1", "\t=1"])
def test_formulas_reach_a_spreadsheet_as_text(cell):
    frame = pd.DataFrame({"text": pd.array([cell, "fine", None], dtype="string")})
    assert defused(frame).text.fillna("null").tolist() == ["'" + cell, "fine", "null"]


def test_a_finished_folder_replaces_only_what_it_brings(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    for file, text in ((new / "a", "2"), (old / "a", "1"), (old / "mine", "kept")):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    replace_all(new, old)
    assert (old / "a").read_text() == "2" and (old / "mine").read_text() == "kept"


def test_what_is_not_said_is_not_true():
    assert not as_table("comments", [{"doc_id": "a", "position": 1, "start": 0, "end": 9}]).anonymous.any()


@pytest.mark.parametrize("text", ["=1+1", " @x", "\tx", "plain", "it's", "", "-5"])
def test_what_was_defused_can_be_had_back(text):
    frame = pd.DataFrame({"a": pd.Series([text], dtype="string")})
    assert undefused(defused(frame)).equals(frame)
