"""Corpus: read a folder of pages into four tables that point into their text by character offsets."""
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from .facts import find_facts
from .inputs import Raw, list_pages, open_page
from .layout import find_spans
from .pages import Page
from .sentences import ROLES, split_sentences
from .tables import as_table
from .threads import find_thread

load_identifier = cache(LanguageIdentifier.from_model_file)


@dataclass(frozen=True)
class Corpus:
    """The tables `documents`, `spans`, `comments` and `sentences` (columns in data/tables.yaml)."""
    documents: pd.DataFrame
    spans: pd.DataFrame
    comments: pd.DataFrame
    sentences: pd.DataFrame


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of a text's language; null below 40 letters or 80 % certainty (py3langid)."""
    text = text[:4000]
    if sum(map(str.isalpha, text)) < 40:
        return None
    language, certainty = load_identifier(MODEL_FILE, norm_probs=True).classify(" ".join(text.split()))
    return str(language) if certainty >= 0.8 else None


def find_foreign(documents: pd.DataFrame) -> set[str]:
    """The doc_ids of documents known not to be English: they get no scores."""
    return set(documents.doc_id[documents.language.fillna("en") != "en"])


def read_page(doc_id: str, page: Page) -> tuple[dict, list[dict], list[dict], list[dict]]:
    """One page taken apart: what is known of it, its spans, comments and sentences as rows.

    What the file itself says of the page (front matter, a table's columns, HTML metadata) counts before what is read
    from its text.
    """
    text, tiles, comments, declared, title = page.text, page.spans, page.comments, page.declared, None
    if comments is None:
        comments, found, declared, title = find_thread(text)
        given = [(start, end, role) for start, end, role in tiles
                 if not any(start < e and s < end for s, e, _ in found)]
        tiles = find_spans(text, sorted(found + given), title)
    facts = find_facts(text, tiles, title) | page.facts
    if "published" in page.facts:
        facts["published_source"] = "metadata"
        facts["warnings"] = [line for line in facts["warnings"] if "date" not in line]
    if declared is not None and declared != len(comments):
        said = "1 comment" if declared == 1 else f"{declared} comments"
        facts["warnings"].append(f"the page declares {said}, {len(comments) or 'none'} found")
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
    document = {**facts, "language": detect_language(body or text), "n_comments": len(comments),
                "declared_comments": declared, "metadata": rest}
    return document, spans, [{"doc_id": doc_id, **comment} for comment in comments], sentences


def read_pages(raws: Iterable[Raw]) -> Corpus:
    """Pages taken apart into the four tables; what depends on other pages (`duplicate_of`) is not yet known."""
    tables = {field.name: [] for field in fields(Corpus)}
    for raw in raws:
        page, sha256, warnings = open_page(raw)
        text = page.text if page else None
        row = {"doc_id": raw.doc_id, "path": raw.path, "sha256": sha256, "text": text, "n_chars": len(text or ""),
               "n_words": len((text or "").split()), "n_sentences": 0, "n_comments": 0}
        if row["n_words"]:
            facts, spans, comments, sentences = read_page(raw.doc_id, page)
            warnings = warnings + facts.pop("warnings")
            row |= facts | {"n_sentences": len(sentences)}
            for name, rows in (("spans", spans), ("comments", comments), ("sentences", sentences)):
                tables[name] += rows
            if row["language"] not in (None, "en"):
                warnings.append(f"language is {row['language']}, not English: no scores")
        tables["documents"].append(row | {"warnings": "; ".join(warnings) or None})
    return Corpus(**{name: as_table(name, rows) for name, rows in tables.items()})


def hash_texts(documents: pd.DataFrame) -> pd.Series:
    """A hash of each document's text without the blanks around it; null where it has no words."""
    texts = documents.text.where(documents.n_words > 0).str.strip()
    return texts.map(lambda text: hashlib.sha256(text.encode()).hexdigest(), na_action="ignore").astype("string")


def find_equal(doc_ids: pd.Series, hashes: pd.Series) -> dict[str, str]:
    """The documents whose text an earlier one has, each with the first that has it."""
    first = doc_ids.groupby(hashes).transform("first")
    again = first.notna() & (first != doc_ids)
    return dict(zip(doc_ids[again], first[again], strict=True))


def mark_equal(documents: pd.DataFrame, equal: dict[str, str]) -> pd.DataFrame:
    """The documents with `duplicate_of`, and a warning on each that has one."""
    first = documents.doc_id.map(equal).astype("string")
    said = "same text as " + first
    both = (documents.warnings + "; " + said).fillna(said).fillna(documents.warnings)
    return documents.assign(duplicate_of=first, warnings=both)


def load(path: str | Path = "seeds", text_column: str | None = None) -> Corpus:
    """Read a corpus into documents, spans, comments and sentences.

    `path` is a folder (with what lies below it), a file, or a pattern with *: .txt, .md, .html, .htm, and tables with
    a text column (`text_column`, or one called text, content, body or the like): .jsonl, .csv, .tsv, .parquet; each
    also .gz. The text is never altered: `text[start:end]` is always the evidence. Spans tile each page. A file that is
    empty or cannot be read keeps its row in documents, with a warning.

    Raises CorpusError, in one line that names the path, if there is nothing to read.

    >>> corpus = load("seeds")
    >>> corpus.documents.published.tolist()
    ['1997-08', '2018-03', '2017-09', '2014-02-04', '2018-07-27']
    """
    corpus = read_pages(list_pages(path, text_column))
    equal = find_equal(corpus.documents.doc_id, hash_texts(corpus.documents))
    return replace(corpus, documents=mark_equal(corpus.documents, equal))
