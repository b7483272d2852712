"""Inputs: every kind of file, and the table of bad ones with what each gets."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import helpers
from helpers import files
from helpers.actors import as_yaml, suggest_names
from helpers.privacy import hide_commenters

ROOT = Path(__file__).parent.parent
STORY = "The rain came in June and nobody had expected it before the harvest was in. " * 4
ROWS = [
    {"headline": "Rain", "date": "2019-06-03", "author": "Ann Lee", "source": "Delta News", "text": STORY, "page": 3},
    {
        "headline": "Sun",
        "date": "4 July 2019",
        "author": "Bo",
        "source": "Delta News",
        "text": STORY + "Then sun.",
        "page": 4,
    },
]


def write(folder, kind):
    table, path = pd.DataFrame(ROWS), folder / f"news.{kind}"
    if kind == "parquet":
        table.to_parquet(path)
    elif kind == "jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_csv(path, index=False, sep="\t" if kind == "tsv" else ",")
    return path


@pytest.mark.parametrize("kind", ["jsonl", "csv", "tsv", "parquet"])
@pytest.mark.parametrize("packed", [False, True])
def test_each_row_of_a_table_file_is_a_document(tmp_path, kind, packed):
    path = write(tmp_path, kind)
    if packed:
        (tmp_path / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    documents = helpers.load(tmp_path).documents
    assert documents.doc_id.tolist() == ["news-1", "news-2"]
    assert documents.title.tolist() == ["Rain", "Sun"] and documents.byline.tolist() == ["Ann Lee", "Bo"]
    assert documents.published.tolist() == ["2019-06-03", "2019-07-04"]
    assert set(documents.published_source) == {"metadata"} and set(documents.outlet) == {"Delta News"}
    assert documents.text[1] == STORY + "Then sun." and json.loads(documents.metadata[0])["page"] in (3, "3")


def test_the_text_column_can_be_named_and_is_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text(f"id,words\n1,{STORY}\n")
    assert helpers.load(tmp_path, "words").documents.text[0].startswith("The rain")
    assert "name one with --text-column; it has id, words" in helpers.load(tmp_path).documents.warnings[0]
    assert "no column 'Words2'" in helpers.load(tmp_path, "Words2").documents.warnings[0]


def test_markdown_front_matter_is_metadata_and_offsets_are_those_of_the_file(tmp_path):
    text = f"---\ntitle: Rain at last\nauthors: [Ann Lee, Bo]\ndate: 2019-06-03\ntags: x\n---\n\n{STORY}\n"
    (tmp_path / "a.md").write_text(text)
    corpus = helpers.load(tmp_path)
    document = corpus.documents.iloc[0]
    assert document.text == text and document.title == "Rain at last" and document.byline == "Ann Lee, Bo"
    assert document.published == "2019-06-03" and json.loads(document.metadata) == {"tags": "x"}
    assert corpus.sentences.text.str.startswith("The rain").all()


def test_a_pattern_a_file_and_nested_folders(tmp_path):
    for name in ("b/one.txt", "a/two.html", "a/deep/three.TXT", "a/image.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(STORY + name)
    assert helpers.load(tmp_path).documents.path.tolist() == ["a/deep/three.TXT", "a/two.html", "b/one.txt"]
    assert helpers.load(f"{tmp_path}/*/*.txt").documents.path.tolist() == ["b/one.txt"]
    assert helpers.load(f"{tmp_path}/*/deep/*.TXT").documents.path.tolist() == ["a/deep/three.TXT"]
    assert helpers.load(tmp_path / "b" / "one.txt").documents.doc_id.tolist() == ["one"]
    with pytest.raises(helpers.CorpusError, match="image.png: not one of"):
        helpers.load(tmp_path / "a" / "image.png")
    with pytest.raises(helpers.CorpusError, match="match this pattern"):
        helpers.load(f"{tmp_path}/*.xyz")


BAD = {  # file: (bytes, what its row says; None where it is read after all)
    "empty.txt": (b"", "empty file"),
    "nul.txt": (STORY.encode() + b"\x00\x00", "2 characters that are no text"),
    "mojibake.txt": (("It’s raining, “he said”. ".encode().decode("cp1252", "ignore") * 9).encode(), "mojibake"),
    "broken.gz.txt": (b"\x1f\x8b\x08broken", "not UTF-8"),
    "broken.txt.gz": (b"\x1f\x8b\x08broken", "unreadable"),
    "plain.txt.gz": (b"not packed at all", "unreadable"),
    "bomb.txt.gz": (gzip.compress(b"a" * (files.LARGEST + 1)), "more than 50 MB when unpacked"),
    "broken.parquet": (b"PAR1", "unreadable"),
    "broken.jsonl": (b'{"text": "x"\n[1]\n', "not JSON"),
    "surrogate.jsonl": (json.dumps({"text": STORY + "\ud800"}).encode(), "1 characters that are no text"),
    "deep.jsonl": (b"[" * 100_000, "not JSON"),
    "front.md": (f"---\n[: broken\n---\n{STORY}".encode(), None),
    "date.md": (f"---\ndate: 2019-02-31\n---\n{STORY}".encode(), None),
    "yaml.md": (f"---\n!!python/object/apply:os.system ['touch hacked']\n---\n{STORY}".encode(), None),
    "no_columns.csv": (b"", "empty"),
    "deep.html": (b"<div>" * 100_000 + b"x", None),
    "script.html": (b"<script>alert(1)</script>", "empty file"),
}  # fmt: skip


def test_a_date_there_is_not_costs_the_date_alone(tmp_path):
    (tmp_path / "a.md").write_text(f"---\ntitle: The river\ndate: 2019-02-31\n---\n{STORY}")
    document = helpers.load(tmp_path).documents.iloc[0]
    assert document.title == "The river" and document.published_source != "dateline"


def test_a_file_that_is_only_an_ending_is_passed_over(tmp_path):
    (tmp_path / "..gz").write_bytes(b"")
    (tmp_path / "good.txt").write_text(STORY)
    assert helpers.load(tmp_path).documents.path.tolist() == ["good.txt"]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_line_and_the_rest_is_read(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data, warning = BAD[name]
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / name).write_bytes(data)
    documents = helpers.load(tmp_path).documents.set_index("path")
    assert documents.text["good.txt"] == STORY
    rows = documents[documents.index == name]
    assert warning or rows.text.notna().all()
    if name != "no_columns.csv":
        assert len(rows) and (warning is None or warning in rows.warnings.fillna("").str.cat())
    assert not (tmp_path / "hacked").exists()


def test_a_row_without_text_costs_itself_only_and_odd_letters_in_a_title_nothing(tmp_path):
    rows = [{"text": STORY, "title": "cut \ud83d", "x": {"y": ["\ud83d"]}}, {"note": "no text"}, {"text": STORY + "3"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    documents = helpers.analyze(helpers.load(tmp_path)).documents
    assert documents.doc_id.tolist() == ["a-1", "a-2", "a-3"] and documents.title[0] == "cut \ufffd"
    assert documents.warnings[1].startswith("no text column") and documents.text[2] == STORY + "3"


def test_a_date_without_its_year_does_not_date_a_page(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "date": "March 22"}))
    assert helpers.load(tmp_path).documents.published.isna().all()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "corpus" / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert helpers.load(tmp_path / "corpus").documents.warnings[0] == "unreadable: a link out of the folder"


def test_one_long_line_is_read_in_linear_time(tmp_path):
    (tmp_path / "a.txt").write_text("word " * 200_000)
    assert helpers.load(tmp_path).documents.n_words[0] == 200_000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".jsonl", ".csv", ".txt.gz", ".parquet"]))
def test_any_bytes_load_as_a_row_or_a_warning(tmp_path, data, kind):
    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / f"a{kind}").write_bytes(data)
    corpus = helpers.load(tmp_path)
    text = dict(zip(corpus.documents.doc_id, corpus.documents.text, strict=True))
    assert all(text[row.doc_id][row.start : row.end] == row.text for row in corpus.sentences.itertuples())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_survives_as_it_is(tmp_path, text):
    (tmp_path / "a.txt").write_bytes(("x" + text).encode("utf-8", "replace"))
    assert helpers.load(tmp_path).documents.text[0] == ("x" + text).encode("utf-8", "replace").decode().replace(
        "\0", "�"
    )


def test_commenters_get_pseudonyms_and_offsets_stay(analysis):
    hidden = hide_commenters(analysis)
    names = analysis.comments.author[~analysis.comments.anonymous].dropna().unique()
    for frame in hidden.tables().values():
        for column in frame.select_dtypes("string"):
            assert not any(frame[column].str.contains(name, regex=False, na=False).any() for name in names), column
    text = dict(zip(hidden.documents.doc_id, hidden.documents.text, strict=True))
    assert all(text[row.doc_id][row.start : row.end] == row.text for row in hidden.comments.itertuples())
    assert sorted(hidden.comments.author[~hidden.comments.anonymous].unique()) == ["Reader 1", "Reader 2"]


def test_names_no_actor_covers_are_suggested(analysis):
    found = {name: n for name, n, _ in suggest_names(analysis, analysis.actors)}
    assert found["Ly Diep"] >= 5 and "Hun Sen" not in found and "March" not in found
    assert "Ly Diep" in as_yaml([("Ly Diep", 7, 1)])


def test_the_second_example_runs_with_its_own_actors():
    example = ROOT / "examples" / "harbour"
    tables = helpers.analyze(helpers.load(example / "pages"), helpers.load_actors(example / "actors.yaml"))
    assert tables.documents.doc_id.tolist() == ["company", "opinion", "report", "wire-1", "wire-2"]
    assert tables.comments.groupby("doc_id").size().to_dict() == {"opinion": 2, "report": 2}
    whom = tables.addressees.set_index(["doc_id", "comment_id", "whom"])[["name", "expression", "label"]]
    assert whom.loc["report", "c2", "comment"].tolist() == ["c1", "You", "against"]   # "You are wrong, Grete."
    assert set(tables.stance.target) == {"Port", "Council"}
    assert tables.contested.name.tolist() == ["Fishers"]


def test_a_row_and_a_file_of_the_same_name_keep_their_own_ids(tmp_path):
    (tmp_path / "news.csv").write_text("text\nOne page of the news.\nAnother page of it.\n")
    (tmp_path / "news-1.txt").write_text("A third page.")
    ids = helpers.load(tmp_path).documents.doc_id
    assert ids.is_unique and set(ids) == {"news-1", "news-2", "news-1-2"}
    assert len(helpers.analyze(helpers.load(tmp_path)).documents) == 3


def test_a_table_without_rows_has_a_row_that_says_so(tmp_path):
    (tmp_path / "none.csv").write_text("text,title\n")
    assert helpers.load(tmp_path).documents[["doc_id", "warnings"]].values.tolist() == [["none", "no rows in it"]]
