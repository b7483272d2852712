"""Files: their bytes, unpacked and bounded, decoded to text whose offsets stay."""

import codecs
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

LARGEST = 50_000_000  # bytes of a page, packed or not; a larger one is not read
MOJIBAKE = re.compile(r"Ã[\x80-\xbf€™šœž¡-¿]|â€[\x80-\xbf™œ“”¦˜]|Â[\xa0-\xbf]|ï»¿|ðŸ")
LOST = re.compile("[\x00\ud800-\udfff]")  # what no file of ours can hold


class InputError(Exception):
    """Input that cannot be read; the message is one line."""


def ending(path: Path) -> str:
    """A file's ending in lower case, .gz aside: "a.HTML.gz" is .html."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def read_bytes(file: Path) -> bytes:
    """A file's bytes, unpacked; raises InputError for one that cannot be read or is too large."""
    try:
        with gzip.open(file) if file.name.lower().endswith(".gz") else file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, EOFError) as error:
        raise InputError(f"unreadable: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > LARGEST:
        unpacked = " when unpacked" if file.suffix == ".gz" else ""
        raise InputError(f"more than {LARGEST / 1e6:.0f} MB{unpacked}: not read")
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


def read_lines(file: Path, newline: str) -> Iterator[str]:
    """The lines of a file of any length, decoded and cleaned, one at a time; raises InputError where it breaks.

    It is UTF-8, or else what its first megabyte looks like. A line is cut at twice the largest page.
    """
    opened = gzip.open if file.name.lower().endswith(".gz") else open
    try:
        with opened(file, "rb") as stream:
            head, decoder, encoding = stream.read(1_000_000), codecs.getincrementaldecoder("utf-8")(), "utf-8-sig"
            try:
                decoder.decode(head)
                while block := stream.read(1_000_000):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                guess = from_bytes(head).best()
                encoding = guess.encoding if guess else "cp1252"
        with opened(file, "rt", encoding=encoding, errors="replace", newline=newline) as stream:
            while line := stream.readline(2 * LARGEST):
                yield LOST.sub("\ufffd", line)
    except (OSError, EOFError) as error:
        raise InputError(f"unreadable: {getattr(error, 'strerror', None) or error}") from None


def clean(text: str, warnings: list[str]) -> str:
    """The text with NUL and lone surrogates replaced one for one, so that offsets stay; warnings say so."""
    odd = MOJIBAKE.findall(text[:1_000_000])
    if len(odd) > 1:
        warnings.append(f"mojibake: {len(odd)} places like “{odd[0]}”, a wrong encoding before the file was saved")
    text, n = LOST.subn("\ufffd", text)
    if n:
        warnings.append(f"{n} characters that are no text (NUL, lone surrogates) replaced")
    return text
