"""The five sets as one kind of example: a sentence and its pairs (voice, holder span, target span, class).

Where readers get the published sets: NewsMTSC from github fhamborg/NewsMTSC, Directed Sentiment Extraction (dse)
from github bywords/directed_sentiment_analysis. `countries` and `cambodia` were coded for this project by the rules
of gold/CODEBOOK.md; `written` stands beside this file.
"""

import json
import random
import re
import zlib
from pathlib import Path

from example import Example
from fill import read_written
from vary import fill_articles, refill

from helpers.stance import widen

HERE = Path(__file__).parent


def read_newsmtsc(path: Path) -> list[Example]:
    """One example a sentence; its targets are pairs of the voice `text`."""
    found = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        example = found.setdefault(row["sentence"], Example(row["sentence"], source="newsmtsc"))
        example.pairs.append(("text", 0, 0, *widen(row["sentence"], row["from"], row["to"]), row["polarity"] + 1))
    return list(found.values())


def read_dse(path: Path) -> list[Example]:
    """One example a row, both directions as pairs of the voice `span`; the first is p to q."""
    examples = []
    for line in path.open(encoding="utf-8"):
        marked, p, q, label = line.rstrip("\n").split("\t")
        parts = re.split(r"[\[\]]", marked)
        if len(parts) != 5:
            continue
        text = "".join(parts)
        at = [widen(text, len("".join(parts[:i])), len("".join(parts[: i + 1]))) for i in (1, 3)]
        if parts[1] != p and parts[3] == p:
            at.reverse()
        forth, back = {"1": 2, "3": 0}.get(label, 1), {"2": 2, "4": 0}.get(label, 1)
        examples.append(Example(text, [("span", *at[0], *at[1], forth), ("span", *at[1], *at[0], back)], "dse", label))
    return examples


def add_text_pairs(example: Example) -> Example:
    """Add what the sentence as a whole says of each target, where all who take sides agree (NewsMTSC's sense)."""
    sides = {}
    for *_, ts, te, y in example.pairs:
        sides.setdefault((ts, te), set()).add(y)
    for (ts, te), ys in sides.items():
        if len(ys - {1}) < 2:
            example.pairs.append(("text", 0, 0, ts, te, (ys - {1}).pop() if ys - {1} else 1))
    return example


def read_coded(path: Path, source: str) -> list[Example]:
    """Sentences coded with all their pairs; a quoted speaker who is silent on a target stands neutral to it."""
    examples = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        example = Example(row["text"], source=source, group=row.get("doc", row["text"]))
        for pair in row["pairs"]:
            voice = {"mention": "span"}.get(pair["holder"], pair["holder"])
            spans = (pair["holder_start"] or 0, pair["holder_end"] or 0, pair["target_start"], pair["target_end"])
            example.pairs.append((voice, *spans, pair["polarity"] + 1))
        targets = {pair[3:5] for pair in example.pairs}
        spoken = {pair[3:5] for pair in example.pairs if pair[0] == "speaker"}
        if spoken:
            example.pairs += [("speaker", 0, 0, *target, 1) for target in sorted(targets - spoken)]
        examples.append(add_text_pairs(example))
    return examples


def is_dev(group: str, share: float = 0.1) -> bool:
    """Whether a document or sentence is kept for choosing: by its name, so that it stays so in every run."""
    return zlib.crc32(group.encode()) % 1000 < share * 1000


def read_all(folder: Path) -> dict[str, list]:
    """Training and dev examples by set; `written` as templates, to be filled."""
    coded = {name: read_coded(folder / name / "coded.jsonl", name) for name in ("countries", "cambodia")}
    templates = [(path.stem, *row) for path in sorted((HERE / "written").glob("*.tsv")) for row in read_written(path)]
    whole = ("articles-", "essays", "hedging", "spats", "publics")  # files written article by article
    kept = [row for row in templates if row[0].startswith("dev-")]  # whole articles, only for choosing
    templates = [row for row in templates if not row[0].startswith("dev-")]
    sets = {
        "newsmtsc": read_newsmtsc(folder / "newsmtsc/train.jsonl"),
        "dse": read_dse(folder / "dse/train.txt"),
        "rw": read_newsmtsc(folder / "newsmtsc/dev-rw.jsonl"),
        "mt": read_newsmtsc(folder / "newsmtsc/dev-mt.jsonl"),
        "dse_dev": read_dse(folder / "dse/valid.txt"),
    }
    for name, examples in coded.items():
        sets[name] = [example for example in examples if not is_dev(example.group)]
        sets[f"{name}_dev"] = [example for example in examples if is_dev(example.group)]
    sets["written"] = [row for row in templates if not is_dev(row[1])]
    fixed = random.Random(1)
    sets["templates_dev"] = [row for row in templates if is_dev(row[1])]
    sets["written_dev"] = [refill(row[1], row[2], fixed, "written") for row in sets["templates_dev"]]
    sets["articles"] = [row for row in templates if row[0].startswith(whole)]
    sets["articles_dev"] = fill_articles(kept, fixed)
    return sets
