"""The house: files one can read in a sitting, imports that run one way, a map that names every room."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HELPERS = sorted((ROOT / "helpers").rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in HELPERS}


def imports(path):
    """The files of the package that a file imports."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1] / (node.module or "").replace(".", "/")
            named = [folder / alias.name for alias in node.names]
            yield from (file for place in [folder, *named] if (file := place.with_suffix(".py")).is_file())


def test_imports_run_one_way():
    order = list(TopologicalSorter({path: set(imports(path)) for path in HELPERS}).static_order())  # CycleError if not
    assert len(order) == len(HELPERS)


@pytest.mark.parametrize("path", HELPERS, ids=lambda path: path.stem)
class TestFile:
    def test_is_read_in_one_sitting(self, path):
        assert len(path.read_text("utf-8").splitlines()) <= 200

    def test_says_first_what_it_is(self, path):
        assert ast.get_docstring(TREES[path])

    def test_says_what_each_public_function_does(self, path):
        for node in TREES[path].body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node) or node.name == "main", node.name  # typer shows the docstring of main


def test_the_map_names_every_file_that_is_there_and_no_other():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.split("| files | what they do |")[1].split("\n## ")[0]
    named = set(re.findall(r"`([\w/]+)`", " ".join(row.split("|")[1] for row in table.splitlines() if "|" in row)))
    there = {path.stem for path in (ROOT / "helpers").glob("*.py")} - {"__init__"} | {"explore/"}
    assert named == there
