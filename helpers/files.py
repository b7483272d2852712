"""Files: their bytes, unpacked and bounded, decoded to text whose offsets stay, or read as rows of a table."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow.parquet as pq
from charset_normalizer import from_bytes

from .tables import RunError

LARGEST = 50_000_000  # bytes of a page, packed or not; a larger one is not read
MOJIBAKE = re.compile(r"Ã[\x80-\xbf€™šœž¡-¿]|â€[\x80-\xbf™œ“”¦˜]|Â[\xa0-\xbf]|ï»¿|ðŸ")
LOST = re.compile("[\x00\ud800-\udfff]")  # what no file of ours can hold


class CorpusError(RunError):
    """A corpus, or a file of it, cannot be read; the message is one line that says why."""


def unpacked(file: Path) -> Path:
    """A file's path without .gz."""
    return Path(str(file)[:-3]) if file.suffix.lower() == ".gz" else file


def ending(file: Path) -> str:
    """A file's ending in lower case, .gz aside: "a.HTML.gz" is .html."""
    return unpacked(file).suffix.lower()


@contextmanager
def opened(file: Path, mode: str = "rb", **how: str) -> Iterator[IO]:
    """A file to read from, unpacked; raises CorpusError where it breaks."""
    try:
        with file.open(mode, **how) if unpacked(file) == file else gzip.open(file, mode, **how) as stream:
            yield stream
    except (OSError, EOFError) as error:
        raise CorpusError(f"unreadable: {getattr(error, 'strerror', None) or error}") from None


def read_bytes(file: Path) -> bytes:
    """A file's bytes, unpacked; raises CorpusError for one that cannot be read or is too large."""
    with opened(file) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise CorpusError(f"more than {LARGEST / 1e6:.0f} MB{' when unpacked' * (unpacked(file) != file)}: not read")
    return data


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text without BOM, and warnings: another encoding than UTF-8, mojibake, characters that had to go."""
    warnings = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(data).best()
        text = str(guess).removeprefix("\ufeff") if guess else data.decode("cp1252", errors="replace")
        warnings.append(f"not UTF-8: read as {guess.encoding if guess else 'cp1252, with losses'}")
    return clean(text, warnings), warnings


def clean(text: str, warnings: list[str]) -> str:
    """The text with NUL and lone surrogates replaced one for one, so that offsets stay; warnings say so."""
    odd = MOJIBAKE.findall(text[:1_000_000])
    if len(odd) > 1:
        warnings.append(f"mojibake: {len(odd)} places like “{odd[0]}”, a wrong encoding before the file was saved")
    text, n = LOST.subn("\ufffd", text)
    if n:
        warnings.append(f"{n} characters that are no text (NUL, lone surrogates) replaced")
    return text


def read_lines(file: Path, newline: str) -> Iterator[str]:
    """The lines of a file of any length, decoded and cleaned, one at a time; raises CorpusError where it breaks.

    It is UTF-8, or else what its first megabyte looks like. A line is cut at twice the largest page.
    """
    encoding = "utf-8-sig"
    try:
        with opened(file, "rt", encoding="utf-8", newline=newline) as stream:
            while stream.read(1_000_000):
                pass
    except UnicodeDecodeError:
        with opened(file) as stream:
            guess = from_bytes(stream.read(1_000_000)).best()
        encoding = guess.encoding if guess else "cp1252"
    with opened(file, "rt", encoding=encoding, errors="replace", newline=newline) as stream:
        while line := stream.readline(2 * LARGEST):
            yield LOST.sub("\ufffd", line)


def read_rows(file: Path) -> Iterator[dict | str]:
    """The rows of a table file as dicts; a line that cannot be read is a string that says why."""
    kind = ending(file)
    if kind == ".parquet":
        stream = file if unpacked(file) == file else io.BytesIO(read_bytes(file))
        for batch in pq.ParquetFile(stream).iter_batches(1000):
            yield from batch.to_pylist()
    elif kind == ".jsonl":
        for line in read_lines(file, "\n"):
            try:
                row = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError) as error:
                yield f"not JSON: {str(error)[:80]}"
                continue
            if row is not None:
                yield row if isinstance(row, dict) else "not a JSON object"
    else:
        csv.field_size_limit(LARGEST)
        for row in csv.DictReader(read_lines(file, ""), delimiter="\t" if kind == ".tsv" else ","):
            yield {name: value for name, value in row.items() if name is not None}  # cells beyond the header go
