"""Reply check: whom comments attack, which words they use and whether they side, beside comments coded by hand."""

from pathlib import Path

import pandas as pd
import yaml

from .corpus import Corpus
from .pipeline import analyze
from .sentences import split_sentences
from .tables import as_table

SIDES = ["favor", "against"]


def read_coded(path: Path) -> tuple[Corpus, list[dict]]:
    """A file of gold/replies as a corpus, and each comment's codes (doc_id, comment_id, about, insults, sides)."""
    documents, comments, sentences, codes = [], [], [], []
    for number, thread in enumerate(yaml.safe_load(path.read_text("utf-8"))):
        doc_id = f"t{number + 1:02}"
        text, parts = thread["article"], [(0, len(thread["article"]), "body", None)]
        for position, comment in enumerate(thread["comments"], 1):
            text += "\n\n" + comment["text"]
            start, comment_id = len(text) - len(comment["text"]), f"c{position}"
            parts.append((start, len(text), "comment", comment_id))
            author = comment["author"]
            comments.append(
                {
                    "doc_id": doc_id,
                    "comment_id": comment_id,
                    "position": position,
                    "author": author,
                    "anonymous": author == "Anonymous",
                    "start": start,
                    "end": len(text),
                    "text": comment["text"],
                    "reply_to": comment["reply"],
                }
            )
            codes.append(comment | {"doc_id": doc_id, "comment_id": comment_id, "start": start})
        documents.append(
            {
                "doc_id": doc_id,
                "text": text,
                "byline": thread["author"],
                "language": "en",
                "n_chars": len(text),
                "n_words": len(text.split()),
                "n_sentences": 0,
                "n_comments": len(thread["comments"]),
            }
        )
        for start, end, role, comment_id in parts:
            sentences += [
                {"doc_id": doc_id, "comment_id": comment_id, "role": role, "start": s, "end": e, "text": text[s:e]}
                for s, e in split_sentences(text, start, end, role)
            ]
    numbered = [row | {"sentence_id": number} for number, row in enumerate(sentences)]
    comments = as_table("comments", [row | {"confidence": 1.0} for row in comments])
    return Corpus(
        as_table("documents", documents), as_table("spans", []), comments, as_table("sentences", numbered)
    ), codes


def coded_whom(whom: str) -> tuple[str, str | None]:
    """A code of the gold set as (whom, name)."""
    if whom in ("article", "author", "person", "you"):
        return whom, None
    return ("comment" if whom[0] == "c" and whom[1:].isdigit() else "actor"), whom


def measure_replies(path: str | Path) -> pd.DataFrame:
    """How well comments are read on a coded set: one row per task, with coded, found, right, precision, recall, f1.

    Tasks: `addressees` (comment, whom, side taken; a person by kind alone), `words` (contested words), their `use` and
    whom they are used `against` (both of the words found), and `sides` (sides or opposes, of the coded targets).
    """
    corpus, codes = read_coded(Path(path))
    analysis = analyze(corpus)
    addressees, contested, sides = analysis.addressees, analysis.contested, analysis.sides
    taken = addressees[addressees.label.isin(SIDES)]
    taken = taken.assign(name=taken.name.mask(taken.whom == "person").astype(object).where(taken.name.notna(), None))
    found = set(taken[["doc_id", "comment_id", "whom", "name", "label"]].itertuples(index=False, name=None))
    coded = {
        (code["doc_id"], code["comment_id"], *coded_whom(entry["whom"]), entry["stance"])
        for code in codes
        for entry in code["about"]
        if entry["stance"] in SIDES
    }
    rows = [("addressees", len(coded), len(found), len(coded & found))]
    contested = contested.astype({"against": object, "name": object}).replace({pd.NA: None})
    words = {(row.doc_id, row.start): row for row in contested.itertuples()}
    pairs, n_words = [], 0
    for code in codes:
        for entry in code["insults"]:
            n_words += 1
            start = code["start"] + code["text"].index(entry["words"])
            near = words.get((code["doc_id"], start))
            if near:
                pairs.append((entry, near))
    rows.append(("words", n_words, len(words), len(pairs)))
    rows.append(("use", len(pairs), len(pairs), sum(entry["use"] == word.use for entry, word in pairs)))
    right = sum(
        entry["against"] == (word.name if word.against == "comment" and word.name else word.against)
        for entry, word in pairs
    )
    rows.append(("against", len(pairs), len(pairs), right))
    told = {(row.doc_id, row.comment_id, row.target): row.side for row in sides.itertuples()}
    coded_sides = {
        (code["doc_id"], code["comment_id"], target): side for code in codes for target, side in code["sides"].items()
    }
    firm = {key for key, side in coded_sides.items() if side != "unclear"}
    claimed = {key for key in coded_sides if told[key] in ("sides", "opposes")}
    rows.append(("sides", len(firm), len(claimed), sum(told[key] == coded_sides[key] for key in claimed & firm)))
    table = pd.DataFrame(rows, columns=["task", "coded", "found", "right"])
    return table.assign(
        precision=table.right / table.found,
        recall=table.right / table.coded,
        f1=2 * table.right / (table.found + table.coded),
    )
