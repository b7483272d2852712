"""Corpus: read a folder of pages into four tables that point into their text by character offsets."""
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from charset_normalizer import from_bytes
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .facts import find_facts
from .layout import find_spans
from .sentences import ROLES, split_sentences
from .tables import as_table
from .threads import find_thread


class CorpusError(Exception):
    """The corpus cannot be read at all; the message is one line that names the path."""


@dataclass(frozen=True)
class Corpus:
    """The tables `documents`, `spans`, `comments` and `sentences` (columns in data/tables.yaml)."""
    documents: pd.DataFrame
    spans: pd.DataFrame
    comments: pd.DataFrame
    sentences: pd.DataFrame


def find_files(path: str | Path) -> list[Path]:
    """The text files of a corpus in order: one file, or all .txt files below a folder."""
    path = Path(path)
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder")
    files = [path] if path.is_file() else sorted(
        file for file in path.rglob("*") if file.suffix.lower() == ".txt" and not file.is_dir())
    if not files:
        raise CorpusError(f"{path}: no .txt files in this folder")
    return files


def name_documents(files: list[Path], root: Path) -> list[str]:
    """A doc_id for each file: its name without ending, its path below `root` where names are equal, and a number
    where even those are."""
    stems = pd.Series([file.stem for file in files])
    paths = pd.Series(["__".join(file.relative_to(root).with_suffix("").parts) for file in files])
    names = stems.mask(stems.duplicated(keep=False), paths)
    repeats = names.groupby(names).cumcount()
    return list(names.mask(repeats > 0, names + "-" + (repeats + 1).astype(str)))


def read_text(file: Path) -> tuple[str | None, str | None, list[str]]:
    """A file's text without BOM, its SHA-256, and warnings; the text is null if it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        return None, None, [f"unreadable: {error.strerror or error}"]
    sha256, warnings = hashlib.sha256(data).hexdigest(), []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(data).best()
        text = str(guess) if guess else data.decode("cp1252", errors="replace")
        warnings.append(f"not UTF-8: read as {guess.encoding if guess else 'cp1252, with losses'}")
    if not text.strip():
        warnings.append("empty file")
    return text, sha256, warnings


@cache
def language_identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of a text's language; null below 40 letters or 80 % certainty (py3langid)."""
    text = text[:4000]
    if sum(map(str.isalpha, text)) < 40:
        return None
    language, certainty = language_identifier().classify(" ".join(text.split()))
    return str(language) if certainty >= 0.8 else None


def find_foreign(documents: pd.DataFrame) -> set[str]:
    """The doc_ids of documents known not to be English: they get no scores."""
    return set(documents.doc_id[documents.language.fillna("en") != "en"])


def read_page(doc_id: str, text: str) -> tuple[dict, list[dict], list[dict], list[dict]]:
    """One page taken apart: what is known of it, its spans, comments and sentences as rows."""
    thread = find_thread(text)
    tiles = find_spans(text, thread.spans, thread.title)
    facts = find_facts(text, tiles, thread.title)
    found, declared = len(thread.comments), thread.declared
    if declared is not None and declared != found:
        said = "1 comment" if declared == 1 else f"{declared} comments"
        facts["warnings"].append(f"the page declares {said}, {found or 'none'} found")
    spans = [{"doc_id": doc_id, "span_id": i, "start": start, "end": end, "role": role}
             for i, (start, end, role) in enumerate(tiles)]
    in_order, sentences = iter(thread.comments), []
    for start, end, role in tiles:
        comment_id = None
        if role == "comment":
            comment = next(in_order)
            start, end, comment_id = comment["start"], comment["end"], comment["comment_id"]
        if role in ROLES:
            sentences += [{"doc_id": doc_id, "sentence_id": len(sentences) + i, "comment_id": comment_id,
                           "role": role, "start": s, "end": e, "text": text[s:e]}
                          for i, (s, e) in enumerate(split_sentences(text, start, end, role))]
    body = " ".join(text[start:end] for start, end, role in tiles if role in ("body", "standfirst"))
    document = {**facts, "language": detect_language(body or text), "n_comments": found, "declared_comments": declared}
    comments = [{"doc_id": doc_id, **comment} for comment in thread.comments]
    return document, spans, comments, sentences


def load(path: str | Path = "seeds") -> Corpus:
    """Read a folder of text files, or one file, into documents, spans, comments and sentences.

    The text is never altered: `text[start:end]` is always the evidence. Spans tile each page. A file that is
    empty or cannot be read keeps its row in documents, with a warning.

    Raises CorpusError, in one line that names the path, if there is nothing to read.

    >>> corpus = load("seeds")
    >>> corpus.documents.published.tolist()
    ['1997-08', '2018-03', '2017-09', '2014-02-04', '2018-07-27']
    """
    files, root = find_files(path), Path(path)
    root = root if root.is_dir() else root.parent
    documents, spans, comments, sentences, seen = [], [], [], [], {}
    for doc_id, file in zip(name_documents(files, root), files, strict=True):
        text, sha256, warnings = read_text(file)
        row = {"doc_id": doc_id, "path": file.relative_to(root).as_posix(), "sha256": sha256, "text": text,
               "n_chars": len(text or ""), "n_words": len((text or "").split()), "n_comments": 0}
        if row["n_words"]:
            facts, *parts = read_page(doc_id, text)
            warnings += facts.pop("warnings")
            row |= facts
            for table, rows in zip((spans, comments, sentences), parts, strict=True):
                table += rows
            if row["language"] not in (None, "en"):
                warnings.append(f"language is {row['language']}, not English: no scores")
            row["duplicate_of"] = seen.setdefault(text.strip(), doc_id)
            if row["duplicate_of"] == doc_id:
                row["duplicate_of"] = None
            else:
                warnings.append(f"same text as {row['duplicate_of']}")
        documents.append(row | {"warnings": "; ".join(warnings) or None})
    return Corpus(as_table("documents", documents), as_table("spans", spans),
                  as_table("comments", comments), as_table("sentences", sentences))
