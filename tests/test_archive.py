"""Corpora of any size: chunks that are kept, taken over, mended; the same tables however they were made."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers import archive, pipeline, stored
from helpers.archive import MANIFEST, cut_chunks
from helpers.inputs import Raw, list_pages
from helpers.privacy import cover_names, hide_commenters, name_readers
from helpers.stored import make_tables
from helpers.tables import RunError
from helpers.workers import Workers, open_workers

ACTORS = helpers.load_actors()
COMMENTS = """

2 comments:

Dara Vann said...
Hanoi lies, ask Sok.
3 April 2014 at 14:05

Sok Meng said...
I agree with Dara Vann.
3 April 2014 at 15:05
"""


def story(number):
    return (
        f"Talks in Hanoi, round {number}\n\n3 March 20{10 + number % 10}\n\n"
        f"On day {number} the delegation from Vietnam arrived {number} hours late. "
        f"Hun Sen praised China for {number} new roads, and critics of village {number} blamed him. "
        f"Nobody else spoke that day, except {number} fishermen who wanted their {number * 7} boats back.\n"
    )


@pytest.fixture()
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"page{number:03}.txt").write_text(story(number) + COMMENTS * (number == 7))
    return folder


@dataclass
class Run:
    tables: stored.Stored
    analyzed: int  # pages that were read anew


@pytest.fixture()
def run(pages, tmp_path, monkeypatch):
    """Make the tables of `pages` once more: run() tells how many pages had to be analyzed."""
    counted, times = [], iter(range(100))
    plain = archive.analyze_chunk
    monkeypatch.setattr(
        archive, "analyze_chunk", lambda raws, *rest, **more: counted.append(len(raws)) or plain(raws, *rest, **more)
    )

    def make(hide=False, no_copies=False, actors=ACTORS, workers=None):
        counted.clear()
        folder = tmp_path / f"out{next(times)}"
        folder.mkdir()
        tables = make_tables(
            pages, folder, tmp_path / "kept", actors, None, workers or Workers(), iter, hide, no_copies
        )
        return Run(tables, sum(counted))

    return make


def same(first, second):
    for name in pipeline.TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name), check_exact=True)


def test_on_disk_and_in_memory_are_the_same_tables(pages, run):
    made = run()
    assert made.analyzed == 40 and len(stored.list_parts(made.tables.folder, "stance")) > 1
    same(made.tables, helpers.analyze(helpers.load(pages)))


def test_work_grows_with_what_is_new_not_with_what_is_there(pages, run):
    first = run()
    assert run().analyzed == 0
    (pages / "page0005b.txt").write_text(story(777))
    (pages / "page024.txt").write_text(story(444))
    (pages / "page035.txt").unlink()
    later = run()
    assert later.analyzed == 2, "the new page and the changed one"
    same(later.tables, helpers.analyze(helpers.load(pages)))
    assert first.tables.documents.doc_id.size == later.tables.documents.doc_id.size == 40


def test_other_actors_are_another_analysis(run, tmp_path):
    run()
    (tmp_path / "actors.yaml").write_text(ACTORS.source.replace("label: Vietnam", "label: Viet Nam"))
    assert run(actors=helpers.load_actors(tmp_path / "actors.yaml")).analyzed == 40


@pytest.mark.parametrize("damage", ["cut", "gone", "changed", "no manifest", "half written"])
def test_a_damaged_chunk_is_noticed_and_done_again(run, tmp_path, damage):
    first = run().tables
    before = {name: getattr(first, name) for name in pipeline.TABLES}
    folder = max(
        (tmp_path / "kept").iterdir(), key=lambda chunk: len(json.loads((chunk / MANIFEST).read_text())["pages"])
    )
    size, part = len(json.loads((folder / MANIFEST).read_text())["pages"]), folder / "stance.parquet"
    data = part.read_bytes()
    if damage == "gone":
        part.unlink()
    elif damage == "no manifest":
        (folder / MANIFEST).unlink()
    elif damage == "half written":
        (folder / MANIFEST).unlink()
        folder.rename(folder.with_name("." + folder.name))
    else:
        part.unlink()  # a link to the tables made before, which shall stay
        part.write_bytes(data[:-9] if damage == "cut" else data.replace(data[200:210], b"0123456789"))
    again = run()
    assert again.analyzed == size < 40
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(again.tables, name), frame, check_exact=True)
    assert not [chunk for chunk in (tmp_path / "kept").iterdir() if chunk.name.startswith(".")]


def test_a_full_disk_leaves_no_half_chunk_and_the_next_run_goes_on(run, tmp_path, monkeypatch):
    plain, calls = pd.DataFrame.to_parquet, []

    def full(frame, file, **options):
        calls.append(file)
        if len(calls) > 20:
            raise OSError(28, "No space left on device", str(file))
        return plain(frame, file, **options)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(OSError, match="No space left"):
        run()
    monkeypatch.setattr(pd.DataFrame, "to_parquet", plain)
    whole = [chunk for chunk in (tmp_path / "kept").iterdir() if not chunk.name.startswith(".")]
    done = sum(len(json.loads((chunk / MANIFEST).read_text())["pages"]) for chunk in whole)
    assert len(whole) == 1 and run().analyzed == 40 - done


def test_copies_are_found_across_chunks_and_left_out_on_demand(pages, run):
    (pages / "page039.txt").write_text((pages / "page000.txt").read_text())
    (pages / "page038.txt").write_text(story(1) + story(2) + story(3))
    (pages / "page036.txt").write_text("Another headline\n\n" + story(1) + story(2) + story(3))
    tables = run().tables
    documents, audit = tables.documents.set_index("doc_id"), tables.audit.set_index("doc_id")
    assert documents.duplicate_of["page039"] == "page000" and documents.warnings["page039"] == "same text as page000"
    assert audit.copy_of["page038"] == "page036" and audit.shared["page038"] > 0.9
    less = run(no_copies=True)
    assert less.analyzed == 0 and set(documents.index) - set(less.tables.documents.doc_id) == {"page038", "page039"}
    whole = less.tables.stance_summary
    assert whole.n[whole.doc_id.isna()].sum() == whole.n[whole.doc_id.notna()].sum()


def test_hidden_names_are_in_no_table_and_nothing_is_kept(pages, run, tmp_path):
    made = run(hide=True)
    assert not (tmp_path / "kept").exists()
    same(made.tables, hide_commenters(helpers.analyze(helpers.load(pages))))
    for file in made.tables.folder.rglob("*.csv"):
        assert "Dara Vann" not in file.read_text("utf-8") and "Sok Meng" not in file.read_text("utf-8")


def test_a_name_is_covered_however_it_is_spaced_and_one_that_only_is_answered_too():
    cover = cover_names(["Dara Vann", "Rose"])
    said = "Dara\u00a0 Vann, DARA VANN's and dara\nvann met Rose; a rose for Dara Vannak"
    assert cover(said) == "██████████, █████████'s and █████████ met ████; a rose for Dara Vannak"
    comments = pd.DataFrame({"author": ["Ann", None], "anonymous": [False, True], "reply_to": ["Sok Meng", "c1"]})
    assert name_readers(comments) == {"Ann": "Reader 1", "Sok Meng": "Reader 2"}


def test_a_hidden_run_that_fails_leaves_no_names_behind(run, tmp_path, monkeypatch):
    run()
    monkeypatch.setattr(stored, "publish", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(hide=True)
    assert not (tmp_path / "kept").exists(), "nor those of an earlier run"


def test_one_page_on_which_the_analysis_fails_is_named_and_the_rest_is_made(run, monkeypatch):
    plain = archive.analyze_part

    def fail(corpus, actors):
        if corpus.documents.text.str.contains("village 21 ", na=False).any():
            raise RuntimeError("a bug of ours")
        return plain(corpus, actors)

    monkeypatch.setattr(archive, "analyze_part", fail)
    documents = run().tables.documents.set_index("doc_id")
    assert documents.warnings["page021"] == "unreadable: RuntimeError: a bug of ours"
    assert documents.text.isna().sum() == 1 and documents.index.tolist() == sorted(documents.index)


def test_a_worker_of_another_version_is_refused():
    with pytest.raises(RunError, match="has another version of this package"):
        archive.analyze_chunk([], ACTORS.source, "other settings")


def test_equal_words_below_two_pages_are_read_each_for_itself(tmp_path):
    for name, author in (("a", "Sok Meng"), ("b", "Dara Vann")):
        (tmp_path / name).mkdir()
        said = COMMENTS.replace("Dara Vann", author).replace("Hanoi lies, ask Sok.", "Sok Meng is wrong, Hanoi lies!")
        (tmp_path / name / f"{name}.txt").write_text(story(3) + said)
    both = helpers.analyze(helpers.load(tmp_path))
    for name in ("a", "b"):
        alone = helpers.analyze(helpers.load(tmp_path / name)).addressees
        among = both.addressees[both.addressees.doc_id == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, among, check_exact=True)
        assert len(alone) > 1


def test_where_links_cannot_be_files_are_copied(run, monkeypatch):
    linked = run().tables

    def refuse(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    same(linked, run().tables)


def test_a_table_longer_than_a_spreadsheet_has_no_csv(run, monkeypatch):
    monkeypatch.setattr(stored, "SHEET", 50)
    folder = run().tables.folder
    assert (folder / "documents.csv").exists() and not (folder / "sentences.csv").exists()
    assert len(pd.read_csv(folder / "documents.csv")) == 40
    out = folder.parent / "out"
    out.mkdir()
    for name in ("sentences.csv", "mine.csv"):
        (out / name).write_text("of an earlier run")
    stored.place_tables(helpers.read(folder), out)
    assert (out / "mine.csv").exists() and not (out / "sentences.csv").exists()


def test_a_large_corpus_is_read_in_parts_and_its_texts_on_demand(run, monkeypatch):
    tables = run().tables
    monkeypatch.setattr(stored, "LARGE", 30)
    monkeypatch.setattr(stored, "GROUP", 1)
    large = helpers.read(tables.folder)
    assert large.documents.text.isna().all() and len(large.documents) == 40
    few = large.choose(["page003", "page037"])
    assert few.documents.text.tolist() == [story(3), story(37)] and set(few.stance.doc_id) <= {"page003", "page037"}
    assert {doc_id for part in few.parts() for doc_id in part.documents.doc_id} == {"page003", "page037"}
    parts = list(large.parts())
    assert len(parts) > 1 and sum(len(part.sentences) for part in parts) == len(large.sentences)
    assert pd.concat([part.documents for part in parts]).text.notna().all()
    assert [len(part.documents) for part in parts[0].parts()] == [len(parts[0].documents)]  # a part of a part is itself


ids = st.lists(st.text("abcdefghij0123456789", min_size=1, max_size=6), unique=True, max_size=400)


@settings(deadline=None)
@given(ids, st.integers(0, 399))
def test_chunks_hold_every_page_in_order_and_one_page_more_changes_few_of_them(names, place):
    raws = [Raw(name, name, b"", []) for name in names]
    chunks = list(cut_chunks(raws))
    assert [raw for chunk in chunks for raw in chunk] == raws and all(0 < len(chunk) <= 200 for chunk in chunks)
    place = min(place, len(raws))
    more = list(cut_chunks([*raws[:place], Raw("NEW", "NEW", b"", []), *raws[place:]]))
    changed = [chunk for chunk in more if chunk not in chunks]
    assert sum(map(len, changed)) <= 401 and len(changed) <= 3


def test_a_large_page_closes_its_chunk():
    raws = [Raw(f"p{n}", f"p{n}", b"x" * 9_000_000, []) for n in range(7)]
    assert max(len(chunk) for chunk in cut_chunks(raws)) <= 3


def test_no_page_is_read_before_a_worker_can_take_it(pages):
    seen = []
    raws = (seen.append(raw.doc_id) or raw for raw in list_pages(pages))
    next(cut_chunks(raws))
    assert len(seen) < 40


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_one_line():
    pytest.importorskip("distributed")
    with pytest.raises(RunError, match="tcp://127.0.0.1:9"), open_workers(1, "tcp://127.0.0.1:9"):
        pass


def analyze(pages, out, *more):
    command = [sys.executable, "-m", "helpers", "analyze", str(pages), "--out", str(out), *more]
    return subprocess.run(command, capture_output=True, text=True)


def equal_bytes(first, second):
    files = sorted(file.relative_to(first) for file in first.rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(second) for file in second.rglob("*") if file.is_file())
    assert all((first / file).read_bytes() == (second / file).read_bytes() for file in files)


@pytest.mark.slow
def test_one_process_two_processes_and_a_cluster_make_the_same_bytes(pages, tmp_path):
    distributed = pytest.importorskip("distributed")
    assert analyze(pages, tmp_path / "one").returncode == 0
    assert analyze(pages, tmp_path / "two", "--jobs", "2").returncode == 0
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        done = analyze(pages, tmp_path / "three", "--cluster", cluster.scheduler_address)
        assert done.returncode == 0, done.stderr
    equal_bytes(tmp_path / "one", tmp_path / "two")
    equal_bytes(tmp_path / "one", tmp_path / "three")


@pytest.mark.slow
def test_a_worker_of_the_cluster_dies_and_the_tables_are_the_same(pages, tmp_path):
    distributed = pytest.importorskip("distributed")
    assert analyze(pages, tmp_path / "one").returncode == 0
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        command = [sys.executable, "-m", "helpers", "analyze", str(pages), "--out", str(tmp_path / "two"),
                   "--cluster", cluster.scheduler_address]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        workers = cluster.scheduler.workers
        while not (busy := [worker for worker in workers.values() if worker.processing]):
            assert process.poll() is None
            time.sleep(0.01)
        nanny = next(nanny for nanny in cluster.workers.values() if nanny.worker_address == busy[0].address)
        os.kill(nanny.pid, signal.SIGKILL)
        said = process.communicate(timeout=300)[1]
        assert process.returncode == 0, said
    equal_bytes(tmp_path / "one", tmp_path / "two")


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_where_it_was(pages, tmp_path):
    command = [sys.executable, "-m", "helpers", "analyze", str(pages), "--out", str(tmp_path / "out"), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    kept = tmp_path / ".out.parts"
    while not (kept.exists() and any(not chunk.name.startswith(".") for chunk in kept.iterdir())):
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    before = {
        chunk: (chunk / MANIFEST).stat().st_mtime_ns for chunk in kept.iterdir() if not chunk.name.startswith(".")
    }
    assert before and not (tmp_path / "out").exists()
    assert analyze(pages, tmp_path / "out").returncode == 0
    assert all((chunk / MANIFEST).stat().st_mtime_ns == written for chunk, written in before.items())
    assert analyze(pages, tmp_path / "whole").returncode == 0
    equal_bytes(tmp_path / "out", tmp_path / "whole")
