"""The seeds, read and analyzed once for all tests."""

from pathlib import Path

import pytest

import helpers

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def analysis():
    return helpers.analyze(helpers.load(ROOT / "seeds"))


@pytest.fixture(scope="session")
def page(analysis):
    """One seed as rows of a table: page("003", "comments")."""

    def rows(number: str, table: str):
        frame = getattr(analysis, table)
        return frame[frame.doc_id.str.startswith(number)].reset_index(drop=True)

    return rows
