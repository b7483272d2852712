"""What the reports say of threads, HTML and replies is what the code measures on the marked pages, and good enough."""

from pathlib import Path

import pandas as pd
import pytest
from measure import measure

from helpers.measures import read_measures, sum_threads

GOLD = Path(__file__).parent.parent / "gold"


@pytest.mark.parametrize("kind", ["threads", "markup"])
def test_the_measures_on_file_are_those_of_the_code(kind):
    written, now = read_measures(GOLD / kind), measure(kind, GOLD / kind)
    pd.testing.assert_frame_equal(written, now[written.columns], check_dtype=False)


def test_replies_are_read_as_well_as_the_file_says():
    written, now = read_measures(GOLD / "replies"), measure("replies", GOLD / "replies")
    counts = ["coded", "found", "right"]  # the models' int8 arithmetic differs a little between processors
    assert ((written[counts] - now[counts]).abs() <= 3).all().all()
    unseen = now[now["set"] == "unseen"].set_index("task")
    assert (unseen.right <= unseen[["coded", "found"]].min(axis=1)).all()
    assert unseen.precision["addressees"] > 0.65 and unseen.recall["words"] > 0.7


def test_comments_of_html_pages_are_found_and_none_leaks_into_an_article():
    total = read_measures(GOLD / "markup").groupby("set", sort=False).sum(numeric_only=True)
    assert (total.found >= [0.8, 0.95] * total.marked).all() and (total.leaked == 0).all()
    assert (total.kept >= 0.95 * total.sentences).all() and total.lost.sum() <= 4


def test_threads_are_found_in_flat_text():
    known = sum_threads(read_measures(GOLD / "threads", "known")).iloc[-1]
    assert known.f1 > 0.97 and known.ends / known.starts > 0.93 and known.authors / known.starts > 0.95
    unseen = read_measures(GOLD / "threads", "unseen")
    assert sum_threads(unseen).iloc[-1].f1 > 0.8 and not unseen[unseen.family == "none"].found.any()
