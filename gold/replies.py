"""Replies: whom comments attack, which words they use and whether they side, beside comments coded by hand here."""

from pathlib import Path

import pandas as pd
import yaml

from helpers.corpus import Corpus
from helpers.pipeline import analyze
from helpers.sentences import split_sentences
from helpers.tables import as_table

SIDES = ["favor", "against"]


def read_coded(path: Path) -> tuple[Corpus, list[dict]]:
    """A file of gold/replies as a corpus, and each comment's codes (doc_id, comment_id, about, insults, sides)."""
    documents, comments, sentences, codes = [], [], [], []
    for number, thread in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
        doc_id, text = f"t{number:02}", thread["article"]
        parts = [(0, len(text), "body", None)]
        for position, comment in enumerate(thread["comments"], 1):
            text += "\n\n" + comment["text"]
            key = {"doc_id": doc_id, "comment_id": f"c{position}", "start": len(text) - len(comment["text"])}
            row = {"position": position, "anonymous": comment["author"] == "Anonymous", "end": len(text)}
            comments.append(comment | key | row | {"reply_to": comment["reply"], "confidence": 1.0})
            codes.append(comment | key)
            parts.append((key["start"], len(text), "comment", key["comment_id"]))
        counts = {"n_chars": len(text), "n_words": len(text.split()), "n_sentences": 0, "n_comments": len(parts) - 1}
        documents.append({"doc_id": doc_id, "text": text, "byline": thread["author"], "language": "en"} | counts)
        for start, end, role, comment_id in parts:
            for s, e in split_sentences(text, start, end, role):
                key = {"doc_id": doc_id, "sentence_id": len(sentences), "comment_id": comment_id}
                sentences.append(key | {"role": role, "start": s, "end": e, "text": text[s:e]})
    tables = {"documents": documents, "spans": [], "comments": comments, "sentences": sentences}
    return Corpus(**{name: as_table(name, rows) for name, rows in tables.items()}), codes


def coded_whom(whom: str) -> tuple[str, str | None]:
    """A code of the gold set as (whom, name)."""
    if whom in ("article", "author", "person", "you"):
        return whom, None
    return ("comment" if whom[0] == "c" and whom[1:].isdigit() else "actor"), whom


def measure_replies(path: Path) -> pd.DataFrame:
    """How well comments are read on a coded set: one row per task, with coded, found, right.

    Tasks: `addressees` (comment, whom, side taken; a person by kind alone), `words` (contested words), their `use` and
    whom they are used `against` (both of the words found), and `sides` (sides or opposes, of the coded targets).
    """
    corpus, codes = read_coded(path)
    analysis = analyze(corpus)
    taken = analysis.addressees[analysis.addressees.label.isin(SIDES)]
    name = taken.name.mask(taken.whom == "person").astype(object)   # which person is not asked
    taken = taken.assign(name=name.where(name.notna(), None))
    found = set(taken[["doc_id", "comment_id", "whom", "name", "label"]].itertuples(index=False, name=None))
    coded = {
        (code["doc_id"], code["comment_id"], *coded_whom(entry["whom"]), entry["stance"])
        for code in codes
        for entry in code["about"]
        if entry["stance"] in SIDES
    }
    contested = analysis.contested.astype({"against": object, "name": object}).replace({pd.NA: None})
    words = {(row.doc_id, row.start): row for row in contested.itertuples()}
    insults = [
        (entry, words.get((code["doc_id"], code["start"] + code["text"].index(entry["words"]))))
        for code in codes
        for entry in code["insults"]
    ]
    both = [
        (entry, word, word.name if word.against == "comment" and word.name else word.against)
        for entry, word in insults
        if word
    ]
    told = {(row.doc_id, row.comment_id, row.target): row.side for row in analysis.sides.itertuples()}
    sides = {
        (code["doc_id"], code["comment_id"], target): side for code in codes for target, side in code["sides"].items()
    }
    firm = {key for key, side in sides.items() if side != "unclear"}
    claimed = {key for key in sides if told[key] in ("sides", "opposes")}
    tasks = [
        ("addressees", len(coded), len(found), len(coded & found)),
        ("words", len(insults), len(words), len(both)),
        ("use", len(both), len(both), sum(entry["use"] == word.use for entry, word, _ in both)),
        ("against", len(both), len(both), sum(entry["against"] == against for entry, _, against in both)),
        ("sides", len(firm), len(claimed), sum(told[key] == sides[key] for key in claimed & firm)),
    ]
    return pd.DataFrame(tasks, columns=["task", "coded", "found", "right"])
