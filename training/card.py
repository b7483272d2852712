"""Write the model's card from its figures: python training/card.py helpers/model"""

import json
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CARD = """# The stance model

What it does: given a sentence, a target in it and a holder, it says how likely the holder is against the target, takes
no side, or is in favor of it. The holder is a span of the sentence, or one of three voices without a name: `author`
(the text's own voice; what it only reports is not its own), `text` (the sentence as a whole, whoever holds it), and
`speaker` (someone quoted who is not named in the sentence).

How it is built: all-MiniLM-L6-v2 (22 M parameters, Apache 2.0). Its first {shared} layers read the sentence once; the
others run once for each pair of holder and target, whose tokens carry a learned mark. int8 weights, {size:.1f} MB.
Trained {date}; temperature {temperature}, a side is named from a probability of {side}, “none” from {none}.

## Data

{data}

The official test splits were neither trained nor looked at.

## Recipe

{recipe}

{averaged}

## Figures on the dev sets

{dev}

VADER gives every pair of a sentence the sign of the sentence. Published figures are on the test sets, ours on the dev
sets. Expected calibration error on our coded dev sentences: {before:.3f} before the temperature, {after:.3f} after.
When China and Vietnam change places in a written sentence, {same:.1%} of {renamed} answers stay with their roles.

Leaning on the page, chosen on whole written articles kept for it: the author's F1 of attitudes goes from {alone:.3f} to
{leaned:.3f} (of {articles} pairs), each at its best threshold.

## Known failures

- Sarcasm and proverbs are mostly read by their plain words.
- Who is the holder: in a sentence with several actors the side is found more often than the right mouth.
- An author's attitude that shows only from the page as a whole; leaning on the page helps, but makes a page more of
  one mind than it is.
- The dev sentences of `written` were made by the same writers as its training sentences; the figures there flatter.
- English only.

## Again

    python -m venv train && train/bin/pip install -r requirements.txt -r training/requirements.txt
{commands}
"""
SETS = {
    "newsmtsc": "NewsMTSC, train (Hamborg & Donnay, EACL 2021; github fhamborg/NewsMTSC, MIT; cite the paper)",
    "dse": "Directed Sentiment Extraction, train (Park, Pan & Joo, ACL Findings 2021; github "
    "bywords/directed_sentiment_analysis; to be used with citation). 394 sentences of its dev set also stand in "
    "train with another pair.",
    "countries": "sentences of the two above that name several countries, coded anew by gold/CODEBOOK.md",
    "cambodia": "Voice of America on Cambodian politics (public domain), coded by gold/CODEBOOK.md",
    "written": "sentences written for this project with places for names, filled afresh in every epoch "
    "(training/written)",
}


def table(rows: list[list], head: list[str]) -> str:
    """Rows as a Markdown table."""
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in [head, ["---"] * len(head), *rows])


def name_averages(recipe: list[dict]) -> str:
    """Which stages were averaged, as sentences."""
    said = [
        f"After stage {number} the weights are the mean of stages {', '.join(map(str, stage['mean_of_stages']))}."
        for number, stage in enumerate(recipe, 1)
        if "mean_of_stages" in stage
    ]
    chosen = "Which to average was chosen on the dev sets, so the figures there flatter a little." if said else ""
    return "\n".join([*said, chosen]).strip()


def main() -> None:
    folder = Path(sys.argv[1])
    figures = json.loads((folder / "figures.json").read_text("utf-8"))
    published = yaml.safe_load((HERE.parent / "helpers/data/published.yaml").read_text("utf-8"))
    dev = [
        [
            published[name]["label"],
            row["n"],
            published[name]["measure"],
            *(f"{row[system]:.3f}" for system in ("model", "vader", "majority")),
            "; ".join(f"{system} {value:.3f}" for system, value in published[name]["records"].items()) or "–",
        ]
        for name, row in figures["dev"].items()
    ]
    stages = [
        [number, *(stage[key] for key in ("mix", "epochs", "rate", "decay", "pairs", "seed"))]
        for number, stage in enumerate(figures["recipe"], 1)
    ]
    lines, start, folders = [], "", {}
    for number, stage in enumerate(figures["recipe"], 1):
        options = " ".join(f"--{key} {value}" for key, value in stage.items() if key not in ("steps", "mean_of_stages"))
        folders[number] = f"runs/{number}"
        lines.append(f"    train/bin/python training/train.py DATA --out {folders[number]}{start} {options}")
        if "mean_of_stages" in stage:
            parts = " ".join(folders[part] for part in stage["mean_of_stages"])
            folders[number] = f"runs/mean{number}"
            lines.append(f"    train/bin/python training/average.py {parts} --out {folders[number]}")
        start = f" --start {folders[number]}/model.pt"
    lines += [
        f"    train/bin/python training/export.py {folders[len(stages)]}/model.pt --out helpers/model",
        "    train/bin/python training/measure.py DATA --model helpers/model",
        "    train/bin/python training/card.py helpers/model",
    ]
    leaning = figures["leaning"]
    (folder / "card.md").write_text(
        CARD.format(
            shared=figures["recipe"][-1]["shared"],
            size=(folder / "stance.onnx").stat().st_size / 1e6,
            date=figures["date"],
            temperature=figures["temperature"],
            **figures["thresholds"],
            data=table(
                [[name, figures["data"][name], text] for name, text in SETS.items()],
                ["set", "sentences", "what, and terms"],
            ),
            recipe="AdamW, label smoothing 0.05, word embeddings frozen, bfloat16, averaged weights, batches of like "
            "length; a sentence counts as the square root of its pairs.\n\n"
            + table(stages, ["stage", "how often each set", "epochs", "rate", "layer decay", "pairs a batch", "seed"]),
            averaged=name_averages(figures["recipe"]),
            dev=table(dev, ["set", "n", "measure", "model", "VADER", "majority", "published (test sets)"]),
            before=figures["calibration_error"]["before"],
            after=figures["calibration_error"]["after"],
            same=figures["renamed"]["same"],
            renamed=figures["renamed"]["n"],
            alone=leaning["alone"]["f1"],
            leaned=leaning["leaned"]["f1"],
            articles=leaning["n"],
            commands="\n".join(lines),
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main()
