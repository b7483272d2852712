"""The README's data dictionary is the one the tables are made by, and its links lead somewhere."""

import json
import re
from pathlib import Path

import pandas as pd

from helpers import measures, validation
from helpers.tables import dictionary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_column_stands_in_the_readme():
    for row in dictionary().itertuples():
        assert f"| `{row.column}` | {row.type} | {row.meaning} |" in README


def test_figures_are_those_that_were_measured():
    unseen = measures.read_measures(ROOT / "gold" / "markup", "unseen")
    total = unseen.sum(numeric_only=True)
    words = " ".join(README.split())
    assert f"On {len(unseen)} HTML pages in the manner of many sites" in words
    assert f"{total.found} of {total.marked} comments are found with all their words and none leaks" in words
    assert f"trafilatura alone finds {total['peer found']} (" in words and total.leaked == 0


def test_benchmarks_are_those_that_were_measured():
    measured = pd.read_csv(ROOT / "benchmarks" / "measured.csv")
    for row in measured[measured.part != "steps"].itertuples():
        figure = f"| {row.part}: {row.what} | {row.figure:g} {row.unit} |"
        beside = "" if pd.isna(row.times) else f" {row.peer}: {row.peer_figure:g} {row.unit} | {row.times:g} × |"
        assert figure + beside in README


def test_stance_is_as_good_as_the_readme_says(analysis):
    gold = measures.read_gold(ROOT / "gold" / "stance.csv", analysis.documents)
    for name, triples in validation.compare_instruments(analysis, gold).items():
        n = validation.measure_triples(triples)
        figures = f"{n['precision']:.2f} | {n['recall']:.2f} | {n['f1']:.2f} |"
        assert f"| {name} | {n['n_scored']} | {n['n_coded']} | {figures}" in README
    assert "F1 between the coders 0.935" in README and "F1 0.935" in (ROOT / "gold" / "CODEBOOK.md").read_text("utf-8")


def test_stance_on_its_dev_sets_is_as_measured():
    measured = json.loads((ROOT / "helpers" / "model" / "figures.json").read_text())["dev"]
    table = README.split("<!-- dev -->")[1].split("<!-- end -->")[0]
    rows = re.findall(r"\| (\d+) \| (0\.\d\d) \| (0\.\d\d) \|", table)
    known = {(f"{one['n']}", f"{one['model']:.2f}", f"{one['vader']:.2f}") for one in measured.values()}
    assert len(rows) == 5 and set(rows) <= known


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
