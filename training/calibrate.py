"""Calibration: the temperature, the thresholds and the leaning of a model, all chosen on dev sets."""

import re

import numpy as np
import pandas as pd
from example import Example
from metrics import attitude_f1

from helpers.network import VOICES, Network, score_spans
from helpers.stance import lean_on_page


def run(network: Network, examples: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities at temperature 1, and classes, of every pair."""
    pairs = [
        (number, VOICES[voice], hs, he, ts, te)
        for number, example in enumerate(examples)
        for voice, hs, he, ts, te, _ in example.pairs
    ]
    p, _ = score_spans([example.text for example in examples], pairs, network)
    labels = np.array([pair[-1] for example in examples for pair in example.pairs])
    return np.where(np.isnan(p), [0.0, 1.0, 0.0], p), labels


def heat(p: np.ndarray, temperature: float) -> np.ndarray:
    """The same answers at another temperature."""
    powers = np.clip(p, 1e-9, 1) ** (1 / temperature)
    return powers / powers.sum(1, keepdims=True)


def negative_log(p: np.ndarray, labels: np.ndarray) -> float:
    """Mean negative log likelihood."""
    return float(-np.log(np.clip(p[np.arange(len(labels)), labels], 1e-9, 1)).mean())


def reliability(p: np.ndarray, labels: np.ndarray, bins: int = 10) -> list[dict]:
    """Per bin of the largest probability: how many answers, their mean confidence, and the share that is right."""
    confidence, right = p.max(1), p.argmax(1) == labels
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "n": int((where == b).sum()),
            "confidence": round(float(confidence[where == b].mean()), 4),
            "right": round(float(right[where == b].mean()), 4),
        }
        for b in range(bins)
        if (where == b).any()
    ]


def expected_error(table: list[dict]) -> float:
    """Expected calibration error of a reliability table (Naeini et al. 2015)."""
    return sum(row["n"] * abs(row["confidence"] - row["right"]) for row in table) / sum(row["n"] for row in table)


def sides(p: np.ndarray, threshold: float) -> np.ndarray:
    """Classes with a side named from a threshold on."""
    return np.where(p[:, [0, 2]].max(1) >= threshold, np.where(p[:, 2] > p[:, 0], 2, 0), 1)


def best_threshold(p: np.ndarray, labels: np.ndarray) -> float:
    """The probability from which a side is named: the lowest whose F1 of attitudes is within 0.01 of the best.

    The curve is flat, and a lower threshold finds more. Below 0.3 the answer would contradict its own probabilities.
    """
    scores = {round(float(t), 2): attitude_f1(labels, sides(p, t)) for t in np.arange(0.3, 0.71, 0.01)}
    return min(t for t, score in scores.items() if score >= max(scores.values()) - 0.01)


def none_threshold(p: np.ndarray, labels: np.ndarray, side: float) -> float:
    """The smallest probability of none at which to say so: where two of three such answers begin to be right."""
    for t in np.arange(0.3, 0.9, 0.01):
        near = (p[:, [0, 2]].max(1) < side) & (p[:, 1] >= t) & (p[:, 1] < t + 0.1)
        if near.sum() >= 10 and (labels[near] == 1).mean() >= 2 / 3:
            return round(float(t), 2)
    return 0.5


def count_courses(articles: list[tuple]) -> tuple[list[float], list[list[float]]]:
    """How common pages against, without and in favor are, and what their sentences say: shares counted on labels.

    `articles` are written sentences (file, template, codes, article). A page is on a course toward a target it names
    in four sentences or more when three in ten of them go that way, and twice as many as the other way.
    """
    pages: dict[tuple, list[int]] = {}
    for name, template, codes, article in articles:
        for target in sorted(set(re.findall(r"\{([ABC])[.=}]", template))):
            pages.setdefault((name, article, target), []).append(codes.get(("V", target), 0) + 1)
    courses, rates = np.zeros(3), np.full((3, 3), 0.5)
    for classes in pages.values():
        n = np.bincount(classes, minlength=3)
        if n.sum() >= 4:
            against, favor = (n[i] >= 0.3 * n.sum() and n[i] > 2 * n[2 - i] for i in (0, 2))
            course = 0 if against else 2 if favor else 1
            courses[course] += 1
            rates[course] += n
    return (courses / courses.sum()).round(4).tolist(), (rates / rates.sum(1, keepdims=True)).round(4).tolist()


def choose_lean(network: Network, sets: dict, temperature: float) -> tuple[dict, dict]:
    """The settings of `stance.lean_on_page`: counted on written articles, tempered for least surprise on kept ones.

    Also returns what was gained there: mean negative log likelihood and best F1 of attitudes, without and with leaning.
    """
    articles = sets["articles_dev"]
    p, labels = run(network, articles)
    keys = [(example.group, *key) for example in articles for key in example.keys]
    own = np.array([key[1] == "V" for key in keys])
    p, labels, keys = heat(p, temperature)[own], labels[own], [key for key in keys if key[1] == "V"]
    sober = np.array(["sober" in key[0] for key in keys])  # pages whose authors take no side
    courses, rates = count_courses(sets["articles"])
    page = {"usual": p[sober].mean(0).round(4).tolist(), "courses": courses, "rates": rates}
    groups = pd.Series(["|".join(key) for key in keys])
    tempers = [round(temper, 1) for temper in np.arange(0, 1.01, 0.1)]
    page["temper"] = min(tempers, key=lambda t: negative_log(lean_on_page(p, groups, page | {"temper": t}), labels))
    gained = {"n": len(labels), "non_neutral": int((labels != 1).sum())}
    for name, q in (("alone", p), ("leaned", lean_on_page(p, groups, page))):
        threshold = best_threshold(q, labels)
        gained[name] = {
            "surprise": negative_log(q, labels),
            "threshold": threshold,
            "f1": attitude_f1(labels, sides(q, threshold)),
        }
    return page, gained
