"""Calibrate and measure an exported model: python training/measure.py DATA --model helpers/model

Runs the int8 model through the package's own code on the dev sets, fits the temperature, chooses the thresholds,
and writes figures.json (which the package and the validation notebook read). card.py then writes the card.
"""

import argparse
import hashlib
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from calibrate import (
    best_threshold,
    choose_lean,
    expected_error,
    heat,
    negative_log,
    none_threshold,
    reliability,
    run,
)
from data import read_all
from example import Example
from fill import NAMES, fill
from metrics import attitude_auc, attitude_f1, five_classes, macro_f1

from helpers.network import Network, load_network
from helpers.sentiment import score_vader

CODED = ("countries", "cambodia", "written")
THREE = np.array([1, 2, 2, 0, 0])  # DSE's five classes without their direction


def vader_class(text: str) -> int:
    """The class VADER's compound score gives a sentence, by its authors' threshold of 0.05."""
    score = score_vader(text)[0]
    return 0 if score <= -0.05 else 2 if score >= 0.05 else 1


def benchmark(network: Network, sets: dict, temperature: float) -> dict[str, dict]:
    """Figures on the published dev sets and the coded ones, beside the majority class and VADER."""
    figures = {}
    for name in ("rw", "mt"):
        p, labels = run(network, sets[name])
        tones = np.array([vader_class(e.text) for e in sets[name] for _ in e.pairs])
        figures[name] = {
            "n": len(labels),
            "model": macro_f1(labels, p.argmax(1)),
            "vader": macro_f1(labels, tones),
            "majority": macro_f1(labels, np.full(len(labels), np.bincount(labels).argmax())),
        }
    p, labels = run(network, sets["dse_dev"])
    truth, five = np.array([int(e.group) for e in sets["dse_dev"]]), five_classes(heat(p, temperature))
    tones = np.array([vader_class(e.text) for e in sets["dse_dev"]])
    figures["dse_five"] = {
        "n": len(truth),
        "model": macro_f1(truth, five, 5),
        "majority": macro_f1(truth, truth * 0, 5),
        "vader": macro_f1(truth, np.array([3, 0, 1])[tones], 5),
    }
    figures["dse_three"] = {
        "n": len(truth),
        "model": macro_f1(THREE[truth], THREE[five]),
        "majority": macro_f1(THREE[truth], truth * 0 + 1),
        "vader": macro_f1(THREE[truth], tones),
    }
    for name in CODED:
        p, labels = run(network, sets[f"{name}_dev"])
        tones = np.array([vader_class(e.text) for e in sets[f"{name}_dev"] for _ in e.pairs])
        figures[name] = {
            "n": len(labels),
            "non_neutral": int((labels != 1).sum()),
            "model": attitude_f1(labels, p.argmax(1)),
            "vader": attitude_f1(labels, tones),
            "majority": 0.0,
            "auc": attitude_auc(labels, p),
        }
    return figures


def rename_check(network: Network, sets: dict) -> dict[str, float]:
    """When China and Vietnam change places: n answers, the share whose label stays, and the mean largest shift."""
    rows = {row["name"]: row for row in NAMES}
    first, second = rows["China"], rows["Vietnam"]
    casts = [{"A": first, "B": second}, {"A": second, "B": first}]
    same, shift, n = 0, 0.0, 0
    for _, template, *_ in sets["templates_dev"]:
        if "{C" in template or not ("{A" in template and "{B" in template):
            continue
        answers = []
        for cast in casts:
            text, spans = fill(template, cast, random.Random(1))
            pairs = [("span", *spans[h][0], *spans[t][0], 1) for h, t in (("A", "B"), ("B", "A"))]
            pairs += [("author", 0, 0, *spans[t][0], 1) for t in "AB"]
            answers.append(run(network, [Example(text, pairs)])[0])
        same += int((answers[0].argmax(1) == answers[1].argmax(1)).sum())
        shift += float(np.abs(answers[0] - answers[1]).max(1).sum())
        n += len(answers[0])
    return {"n": n, "same": round(same / n, 4), "shift": round(shift / n, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    path = args.model / "figures.json"
    figures = json.loads(path.read_text()) if path.exists() else {}
    figures["sha256"] = {
        name: hashlib.sha256((args.model / name).read_bytes()).hexdigest() for name in ("stance.onnx", "tokenizer.json")
    }
    figures |= {"temperature": 1.0, "thresholds": {"side": 0.5, "none": 0.5}}
    path.write_text(json.dumps(figures))
    network = load_network(args.model)
    sets = read_all(args.data)
    coded = [
        replace(e, pairs=[pair for pair in e.pairs if pair[0] != "text"])
        for e in sum((sets[f"{name}_dev"] for name in CODED), [])
    ]
    p, labels = run(network, coded)
    figures["temperature"] = min(
        (round(t, 2) for t in np.arange(0.5, 2.51, 0.05)), key=lambda t: negative_log(heat(p, t), labels)
    )
    warm = heat(p, figures["temperature"])
    figures["thresholds"]["side"] = best_threshold(warm, labels)
    figures["thresholds"]["none"] = none_threshold(warm, labels, figures["thresholds"]["side"])
    figures["reliability"] = reliability(warm, labels)
    figures["calibration_error"] = {
        "before": expected_error(reliability(p, labels)),
        "after": expected_error(figures["reliability"]),
    }
    figures["dev"] = benchmark(network, sets, figures["temperature"])
    figures["page"], figures["leaning"] = choose_lean(network, sets, figures["temperature"])
    figures["renamed"] = rename_check(network, sets)
    figures["data"] = {name: len(sets[name]) for name in ("newsmtsc", "dse", "countries", "cambodia", "written")}
    figures["date"] = date.today().isoformat()
    path.write_text(json.dumps(figures, indent=1))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
