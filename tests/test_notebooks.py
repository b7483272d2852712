"""Notebooks are stored clean and argue: prose, a few short lines of code, no logic of their own."""

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
FORBIDDEN = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.Lambda,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.Try,
    ast.With,
)


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_all_notebooks_are_here():
    names = {"overview", "corpus", "sentiment", "stance", "comments", "validation", "explore"}
    assert {path.stem for path in NOTEBOOKS} == names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_is_stored_without_outputs(self, path):
        assert not any(cell.outputs or cell.execution_count for cell in cells(path, "code"))

    def test_has_at_least_as_much_prose_as_code(self, path):
        prose, code = (sum(len(cell.source) for cell in cells(path, kind)) for kind in ("markdown", "code"))
        assert prose >= code

    def test_has_short_cells_without_logic(self, path):
        for cell in cells(path, "code"):
            assert len(cell.source.splitlines()) <= 10
            tree = ast.parse(cell.source)
            assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]
            if "parameters" not in cell.metadata.get("tags", []):
                texts = [
                    node.value
                    for node in ast.walk(tree)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                ]
                assert not [text for text in texts if "../" in text or text.endswith((".csv", ".txt", ".parquet"))]

    def test_has_one_parameters_cell_of_typed_commented_literals(self, path):
        tagged = [cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", [])]
        assert len(tagged) == 1
        for line, node in zip(tagged[0].source.splitlines(), ast.parse(tagged[0].source).body, strict=True):
            assert isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant) and "  # " in line

    def test_opens_with_a_question_and_closes_with_limits(self, path):
        prose = cells(path, "markdown")
        assert prose[0].source.startswith("# ") and prose[-1].source.startswith(("## Limits", "## Before you cite"))
