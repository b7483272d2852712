"""Steps: where the time of a page goes, on one core."""

import time
from collections import Counter
from pathlib import Path
from unittest import mock

from pages import make_pages
from timing import row

import helpers
from helpers import network, pipeline
from helpers.corpus import read_pages
from helpers.inputs import list_pages

STEPS = ["find_mentions", "find_references", "find_quotes", "score_stance", "describe_comments", "score_comments",
         "find_addressees", "score_sentiment", "summarize_sentiment", "summarize_stance", "audit_pages",
         "sketch_pages"]  # fmt: skip


def measure_steps(folder: Path) -> list[dict]:
    """Milliseconds a page of each step of the analysis, beside all of them."""
    make_pages(100, folder / "pages")
    network.limit_threads(1)
    network.load_network.cache_clear()
    actors, seconds = helpers.load_actors(), Counter()

    def timed(name: str):
        run = getattr(pipeline, name)

        def step(*given):
            start = time.perf_counter()
            found = run(*given)
            seconds[name] += time.perf_counter() - start
            return found

        return mock.patch.object(pipeline, name, step)

    patches = [timed(name) for name in STEPS]
    raws = list(list_pages(folder / "pages"))
    pipeline.analyze_part(read_pages(raws[:9]), actors)
    for patch in patches:
        patch.start()
    start = time.perf_counter()
    corpus = read_pages(raws)
    seconds["read_pages"] = time.perf_counter() - start
    pipeline.analyze_part(corpus, actors)
    total = time.perf_counter() - start
    for patch in patches:
        patch.stop()
    network.limit_threads(None)
    network.load_network.cache_clear()
    return [row("steps", name, 1000 * spent / len(raws), "ms a page", "all steps", 1000 * total / len(raws))
            for name, spent in seconds.most_common(8)]  # fmt: skip
