"""The README's data dictionary is the one the tables are made by, and its links lead somewhere."""

import re
from pathlib import Path

from helpers.tables import dictionary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_column_stands_in_the_readme():
    for row in dictionary().itertuples():
        assert f"| `{row.column}` | {row.type} | {row.meaning} |" in README


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
