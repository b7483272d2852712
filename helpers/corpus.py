"""Corpus: read a folder of pages into four tables that point into their text by character offsets."""
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .facts import find_facts
from .files import InputError
from .inputs import find_files, read_file
from .layout import find_spans
from .pages import Page
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


def name_documents(files: list[Path], root: Path) -> list[str]:
    """A doc_id for each file: its name without ending, its path below `root` where names are equal, and a number
    where even those are."""
    plain = [file.with_name(file.name[:-3] if file.name.lower().endswith(".gz") else file.name) for file in files]
    stems = pd.Series([file.stem for file in plain])
    paths = pd.Series(["__".join(file.relative_to(root).with_suffix("").parts) for file in plain])
    names = stems.mask(stems.duplicated(keep=False), paths)
    repeats = names.groupby(names).cumcount()
    return list(names.mask(repeats > 0, names + "-" + (repeats + 1).astype(str)))


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


def read_page(doc_id: str, page: Page) -> tuple[dict, list[dict], list[dict], list[dict]]:
    """One page taken apart: what is known of it, its spans, comments and sentences as rows.

    What the file itself says of the page (front matter, a table's columns, HTML metadata) counts before what is read
    from its text.
    """
    text = page.text
    if page.comments is None:
        thread = find_thread(text)
        given = [(start, end, role) for start, end, role in page.spans
                 if not any(start < e and s < end for s, e, _ in thread.spans)]
        tiles = find_spans(text, sorted(thread.spans + given), thread.title)
        comments, declared = thread.comments, thread.declared
        facts = find_facts(text, tiles, thread.title)
    else:
        tiles, comments, declared = page.spans, page.comments, page.declared
        facts = find_facts(text, tiles, None)
    facts |= page.facts
    if "published" in page.facts:
        facts["published_source"] = "metadata"
        facts["warnings"] = [line for line in facts["warnings"] if "date" not in line]
    found = len(comments)
    if declared is not None and declared != found:
        said = "1 comment" if declared == 1 else f"{declared} comments"
        facts["warnings"].append(f"the page declares {said}, {found or 'none'} found")
    spans = [{"doc_id": doc_id, "span_id": i, "start": start, "end": end, "role": role}
             for i, (start, end, role) in enumerate(tiles)]
    in_order, sentences = iter(comments), []
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
    rest = json.dumps(page.rest, ensure_ascii=False, default=str) if page.rest else None
    document = {**facts, "language": detect_language(body or text), "n_comments": found, "declared_comments": declared,
                "metadata": rest}
    return document, spans, [{"doc_id": doc_id, **comment} for comment in comments], sentences


def load(path: str | Path = "seeds", text_column: str | None = None,
         watch: Callable[[list[Path]], Iterable[Path]] = iter) -> Corpus:
    """Read a corpus into documents, spans, comments and sentences.

    `path` is a folder (with what lies below it), a file, or a pattern with *: .txt, .md, .html, .htm, and tables with
    a text column (`text_column`, or one called text, content, body or the like): .jsonl, .csv, .tsv, .parquet; each
    also .gz. The text is never altered: `text[start:end]` is always the evidence. Spans tile each page. A file that is
    empty or cannot be read keeps its row in documents, with a warning. `watch` sees each file go by (rich's `track`).

    Raises CorpusError, in one line that names the path, if there is nothing to read.

    >>> corpus = load("seeds")
    >>> corpus.documents.published.tolist()
    ['1997-08', '2018-03', '2017-09', '2014-02-04', '2018-07-27']
    """
    try:
        files, root = find_files(path)
    except InputError as error:
        raise CorpusError(str(error)) from None
    documents, spans, comments, sentences, seen, taken = [], [], [], [], {}, set()
    for name, file in zip(name_documents(files, root), watch(files), strict=True):
        for source in read_file(file, root, text_column):
            doc_id = name if source.row is None else f"{name}-{source.row}"
            while doc_id in taken:   # a file is called as a row of another is
                doc_id += "-2"
            taken.add(doc_id)
            text, warnings = source.page.text if source.page else None, list(source.warnings)
            row = {"doc_id": doc_id, "path": file.relative_to(root).as_posix(), "sha256": source.sha256, "text": text,
                   "n_chars": len(text or ""), "n_words": len((text or "").split()), "n_comments": 0}
            if row["n_words"]:
                facts, *parts = read_page(doc_id, source.page)
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
