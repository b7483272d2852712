"""Archive: a corpus of any size analyzed chunk by chunk into a folder of tables; what was done once is kept.

Beside the tables lies a folder of chunks, each whole or absent. A chunk whose pages, actors, models and code are as
they were is taken as it is; of one that changed, only the new pages are read. The same chunk function runs in this
process, in several, or on a Dask cluster, and what it finds in a page depends on that page alone: the tables are equal.
"""

import hashlib
import json
import platform
import shutil
import sys
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import yaml

from .actorsfile import Actors, read_actors
from .corpus import read_pages
from .files import clean
from .inputs import Raw, fingerprint
from .network import FIGURES, FOLDER, ModelError, limit_threads
from .pipeline import CHUNK, TABLES, analyze_part, sort_rows
from .tables import RunError, as_table, made_beside
from .workers import Workers, run_ahead

LARGEST = 20_000_000  # bytes of the pages of a chunk, which bounds memory
PACKAGES = ["pandas", "numpy", "nltk", "vaderSentiment", "textblob", "onnxruntime", "tokenizers", "trafilatura", "lxml",
            "py3langid", "charset-normalizer", "htmldate", "courlan", "justext", "pyahocorasick"]  # fmt: skip
KEPT = [*TABLES, "sketches", "scores"]
MANIFEST = "chunk.json"


def hash_file(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def fingerprint_settings(source: str) -> str:
    """SHA-256 of everything but the pages that the tables depend on: code, word lists, models, actors, libraries."""
    here = Path(__file__).parent
    code = sorted([*here.glob("*.py"), *here.glob("data/*"), *(FOLDER / name for name in FIGURES.values())])
    words = [source, sys.version, *map(hash_file, code), *(f"{name} {version(name)}" for name in PACKAGES)]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def cut_chunks(raws: Iterable[Raw]) -> Iterator[list[Raw]]:
    """Pages in chunks of about fifty. A chunk ends after a page whose name says so, wherever it stands: a page more or
    less changes one chunk, not all that follow."""
    chunk, size = [], 0
    for raw in raws:
        chunk.append(raw)
        size += len(raw.content if isinstance(raw.content, bytes) else str(raw.content))
        if zlib.crc32(raw.doc_id.encode()) % CHUNK == 0 or len(chunk) == 4 * CHUNK or size > LARGEST:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@lru_cache(1)
def actors_of(source: str) -> Actors:
    """The actors of a file that was read before."""
    return read_actors(yaml.safe_load(source), "", source)


def analyze_chunk(raws: list[Raw], source: str, settings: str, threads: int | None = None) -> dict[str, pd.DataFrame]:
    """Every table of a few pages, by the actors file `source` is the text of; none of no pages.

    A page on which the analysis fails is one that cannot be read, with a warning. Raises RunError where this
    process is not of the `settings` (another version of the package on a worker, say).
    """
    if fingerprint_settings(source) != settings:
        raise RunError(f"the worker {platform.node()} has another version of this package or what it needs")
    limit_threads(threads)
    if not raws:
        return {}
    actors = actors_of(source)
    try:
        return analyze_part(read_pages(raws), actors)
    except ModelError:
        raise
    except Exception as error:
        if len(raws) > 1:   # which of them was it?
            alone = [analyze_chunk([raw], source, settings, threads) for raw in raws]
            return {name: pd.concat([tables[name] for tables in alone], ignore_index=True) for name in KEPT}
        if raws[0].content is None:
            raise
        why = f"unreadable: {type(error).__name__}: {clean(str(error), [])[:120]}"
        return analyze_part(read_pages([raws[0]._replace(content=None, warnings=[why])]), actors)


def read_chunk(folder: Path, table: str) -> pd.DataFrame:
    """A table of a chunk that was kept."""
    frame = pd.read_parquet(folder / f"{table}.parquet")
    return as_table(table, frame) if table in TABLES else frame


def keep_chunk(folder: Path, tables: dict[str, pd.DataFrame], pages: dict[str, str], settings: str) -> None:
    """Write a chunk to its folder, which is there when it is whole."""
    with made_beside(folder) as work:
        for name in KEPT:
            tables[name].to_parquet(work / f"{name}.parquet", index=False)
        sums = {file.name: hash_file(file) for file in work.iterdir()}
        (work / MANIFEST).write_text(json.dumps({"settings": settings, "pages": pages, "sums": sums}), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)   # damaged
        work.replace(folder)


def find_kept(kept: Path, settings: str) -> dict[str, Path]:
    """The chunk folder of each page that is done, by the page's fingerprint; chunks that are damaged, unfinished or of
    other settings count for nothing."""
    found = {}
    for folder in kept.glob("*/"):
        try:
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            if manifest["settings"] == settings and all(
                    hash_file(folder / name) == expected for name, expected in manifest["sums"].items()):
                found |= dict.fromkeys(manifest["pages"], folder)
        except (OSError, ValueError, KeyError):
            continue
    return found


def join_chunk(pages: dict[str, str], found: dict[str, Path], new: dict[str, pd.DataFrame]) -> dict:
    """The tables of a chunk from what was found now and what kept chunks have of its pages, in the order of `pages`."""
    old: dict[Path, list[str]] = {}
    for key, doc_id in pages.items():
        if key in found:
            old.setdefault(found[key], []).append(doc_id)
    tables = {}
    for name in KEPT:
        kept = ((read_chunk(folder, name), doc_ids) for folder, doc_ids in old.items())
        frames = [frame[frame.doc_id.isin(doc_ids)] for frame, doc_ids in kept]
        tables[name] = sort_rows(pd.concat([new[name], *frames] if new else frames), pages.values())
    return tables


def update_chunks(raws: Iterable[Raw], kept: Path, actors: Actors, workers: Workers) -> list[Path]:
    """Bring the chunks of a corpus in the folder `kept` up to date; returned are theirs, in order.

    Chunks the corpus has no more are removed when all is done, so that a run that was stopped goes on where it was.
    """
    kept.mkdir(parents=True, exist_ok=True)
    settings = fingerprint_settings(actors.source)
    found, plan, waiting = find_kept(kept, settings), [], deque()

    def list_new() -> Iterator[list[Raw]]:
        for chunk in cut_chunks(raws):
            keys = [fingerprint(raw) for raw in chunk]
            name = hashlib.sha256("\0".join([settings, *keys]).encode()).hexdigest()[:32]
            plan.append(kept / name)
            if any(found.get(key) != kept / name for key in keys):
                waiting.append((kept / name, dict(zip(keys, (raw.doc_id for raw in chunk), strict=True))))
                yield [raw for raw, key in zip(chunk, keys, strict=True) if key not in found]

    work = partial(analyze_chunk, source=actors.source, settings=settings, threads=workers.threads)
    for tables in run_ahead(workers, work, list_new()):
        folder, pages = waiting.popleft()
        keep_chunk(folder, join_chunk(pages, found, tables), pages, settings)
    for folder in set(kept.glob("*/")) - set(plan):
        shutil.rmtree(folder, ignore_errors=True)
    return plan
