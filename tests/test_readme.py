"""The README's data dictionary is the one the tables are made by, and its links lead somewhere."""

import re
from pathlib import Path

import pandas as pd

from helpers.measures import read_measures
from helpers.tables import dictionary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_column_stands_in_the_readme():
    for row in dictionary().itertuples():
        assert f"| `{row.column}` | {row.type} | {row.meaning} |" in README


def test_figures_are_those_that_were_measured():
    unseen = read_measures(ROOT / "gold" / "markup", "unseen")
    total = unseen.sum(numeric_only=True)
    words = " ".join(README.split())
    assert f"On {len(unseen)} pages in the manner of many sites" in words
    assert f"{total.found} of {total.marked} comments are found with all their words and none leaks" in words
    assert f"trafilatura alone finds {total['peer found']} (" in words and total.leaked == 0


def test_benchmarks_are_those_that_were_measured():
    measured = pd.read_csv(ROOT / "benchmarks" / "measured.csv")
    for row in measured[measured.part != "steps"].itertuples():
        figure = f"| {row.part}: {row.what} | {row.figure:g} {row.unit} |"
        beside = "" if pd.isna(row.times) else f" {row.peer}: {row.peer_figure:g} {row.unit} | {row.times:g} × |"
        assert figure + beside in README


def test_links_lead_to_files():
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_every_dependency_is_pinned_and_earns_its_line():
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"]
    assert lines[-1] == "-e ."
    for line in lines[:-1]:
        name, _, version = line.partition("==")
        assert version and name in contributing, line
