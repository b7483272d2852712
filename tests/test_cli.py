"""The command line: exit status, one clear line for bad input, earlier reports untouched."""

import signal
import subprocess
import sys

import pytest

from helpers.tables import held

STORY = (
    "Rain over the delta\n\n"
    + "China and Vietnam met in Hanoi, and the talks were good for both of them this year. " * 4
)


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "helpers", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture()
def pages(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(STORY)
    return tmp_path / "pages"


def test_version_and_help_with_examples():
    assert run("--version").stdout.startswith("pagestance 0")
    assert "Example: python -m helpers report" in run("report", "--help").stdout


def test_analyze_writes_every_table_twice_and_says_so_in_one_line(pages, tmp_path):
    done = run("analyze", pages, "--out", tmp_path / "out")
    assert done.returncode == 0 and done.stdout.startswith("documents: 1, ") and done.stdout.count("\n") == 1
    assert {"stance.parquet", "stance.csv", "actors.yaml", "dictionary.csv"} <= {
        f.name for f in (tmp_path / "out").iterdir()
    }


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["analyze", "{}/nothing", "--out", "{}/out"], "nothing: no such file or folder"),
        (["analyze", "{}", "--out", "{}/out", "--actors", "{}/none.yaml"], "none.yaml: cannot be read"),
        (["analyze", "{}", "--out", "{}/out", "--actors", "{}/bad.yaml"], "bad.yaml:3: "),
        (["report", "{}/pages", "--out", "{}/out", "--targets", "Mars"], "unknown target 'Mars'"),
        (["analyze", "{}/void", "--out", "{}/out"], "void: no .txt"),
        (["analyze", "{}/good", "--out", "{}/good/out"], "lie in one another"),
        (["report", "{}/good/*.txt", "--out", "{}/good"], "lie in one another"),
        (["analyze", "{}/good/a.txt", "--out", "{}"], "lie in one another"),
    ],
)
def test_unusable_arguments_get_one_line_and_status_2(tmp_path, arguments, words):
    (tmp_path / "bad.yaml").write_text("actors:\n  A: [x\n")
    (tmp_path / "void").mkdir()
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.txt").write_text(STORY)
    done = run(*(argument.format(tmp_path) for argument in arguments))
    assert done.returncode == 2 and words in done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr and not (tmp_path / "out").exists()


def test_two_runs_cannot_make_the_same_output(pages, tmp_path):
    with held(tmp_path / "out"):
        done = run("analyze", pages, "--out", tmp_path / "out")
    assert done.returncode == 2 and f"another run is making {tmp_path / 'out'}" in done.stderr
    assert run("analyze", pages, "--out", tmp_path / "out").returncode == 0


@pytest.mark.parametrize("arguments", [["report", "--jobs", "many"], ["analyze"], ["dance"]])
def test_what_the_command_line_cannot_mean_is_status_2(arguments):
    done = run(*arguments)
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_an_empty_file_is_named_the_rest_is_made_and_the_status_is_1(pages, tmp_path):
    (pages / "b.txt").write_text("")
    done = run("analyze", pages, "--out", tmp_path / "out")
    assert done.returncode == 1 and "b.txt: empty file" in done.stderr
    assert "documents: 2," in done.stdout and (tmp_path / "out" / "documents.parquet").exists()


@pytest.mark.slow
def test_ctrl_c_leaves_the_earlier_reports_whole(pages, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("the earlier one")
    command = [sys.executable, "-m", "helpers", "report", str(pages), "--out", str(out), "--jobs", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    process.stderr.readline()  # the first page is rendered
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130 and "stopped; earlier output is as it was" in said and "Traceback" not in said
    assert [file.name for file in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_text() == "the earlier one" and not (tmp_path / ".out.new").exists()


def test_progress_is_shown_on_a_terminal_with_counts_and_time(pages, tmp_path):
    shown = subprocess.run(
        ["script", "-qec", f"{sys.executable} -m helpers analyze {pages} --out {tmp_path / 'out'}", "/dev/null"],
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "analyzing files" in shown and "1/1" in shown and "0:00:0" in shown
    assert run("analyze", pages, "--out", tmp_path / "out").stderr == "", "none where it is no terminal"
