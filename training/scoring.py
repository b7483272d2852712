"""Batches of encoded sentences and their pairs, and what the dev sets say of a model."""

import random

import numpy as np
import torch
from example import Example
from metrics import attitude_auc, attitude_f1, five_classes, macro_f1, softmax

from helpers.network import LONGEST, VOICES


def encode(tokenizer, example: Example) -> tuple:
    """(token ids, [(voice, holder tokens, target tokens, class)]) with token ranges for the spans; None outside."""
    coded = tokenizer.encode(example.text)
    starts, ends = np.array(coded.offsets).T

    def tokens_of(start: int, end: int) -> tuple[int, int]:
        inside = np.flatnonzero((starts < end) & (ends > start) & (ends > starts))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)

    cut = min(len(coded.ids), LONGEST)
    pairs = []
    for voice, hs, he, ts, te, label in example.pairs:
        holder, target = tokens_of(hs, he) if voice == "span" else (0, 0), tokens_of(ts, te)
        if target[1] and max(target[1], holder[1]) <= cut and (voice != "span" or holder[1]):
            pairs.append((VOICES[voice], holder, target, label))
    return coded.ids[:cut], pairs


def make_batches(encoded: list, pairs: int, random_: random.Random | None) -> list:
    """Batches of sentences of like length holding about `pairs` pairs, in random order."""
    rows = [row for row in encoded if row[1]]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]) + (random_.random() * 3 if random_ else 0))
    batches, batch, count = [], [], 0
    for i in order:
        batch.append(rows[i])
        count += len(rows[i][1])
        if count >= pairs:
            batches.append(batch)
            batch, count = [], 0
    if batch:
        batches.append(batch)
    if random_:
        random_.shuffle(batches)
    return batches


def to_tensors(batch: list) -> tuple[tuple, torch.Tensor, torch.Tensor]:
    """The six inputs of the model, the classes, and weights: a sentence counts as the square root of its pairs."""
    length, count = max(len(ids) for ids, _ in batch), sum(len(pairs) for _, pairs in batch)
    tokens, mask = torch.zeros(len(batch), length, dtype=torch.long), torch.zeros(len(batch), length)
    holder, target = torch.zeros(count, length), torch.zeros(count, length)
    sentence, voice, labels = (torch.zeros(count, dtype=torch.long) for _ in range(3))
    weights = torch.cat([torch.full((len(pairs),), len(pairs) ** -0.5) for _, pairs in batch])
    at = 0
    for row, (ids, pairs) in enumerate(batch):
        tokens[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = 1
        for kind, (hs, he), (ts, te), label in pairs:
            sentence[at], voice[at], labels[at] = row, kind, label
            holder[at, hs:he], target[at, ts:te] = 1, 1
            at += 1
    return (tokens, mask, sentence, holder, target, voice), labels, weights


def predict(model, tokenizer, examples: list[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Logits and classes of every pair, in the examples' order."""
    encoded = []
    for number, example in enumerate(examples):
        ids, pairs = encode(tokenizer, example)
        encoded.append((ids, pairs, number))
    model.eval()
    logits, labels, numbers = [], [], []
    rows = sorted((row for row in encoded if row[1]), key=lambda row: len(row[0]))
    with torch.no_grad():
        for start in range(0, len(rows), 16):
            part = rows[start : start + 16]
            inputs, classes, _ = to_tensors([row[:2] for row in part])
            logits.append(model(*inputs).float().numpy())
            labels.append(classes.numpy())
            numbers += [row[2] for row in part for _ in row[1]]
    order = np.argsort(numbers, kind="stable")
    return np.concatenate(logits)[order], np.concatenate(labels)[order]


def dev_figures(model, tokenizer, sets: dict) -> dict[str, float]:
    """Macro F1 on the published dev sets; F1 of attitudes and their AUC on the coded ones."""
    figures = {}
    for name in ("rw", "mt"):
        logits, labels = predict(model, tokenizer, sets[name])
        figures[name] = macro_f1(labels, logits.argmax(1))
    whole = [e for e in sets["dse_dev"] if len(encode(tokenizer, e)[1]) == 2]
    logits, labels = predict(model, tokenizer, whole)
    truth = np.array([int(e.group) for e in whole])
    five = five_classes(softmax(logits))
    figures["dse5"] = macro_f1(truth, five, 5)
    figures["dse3"] = macro_f1(np.array([1, 2, 2, 0, 0])[truth], np.array([1, 2, 2, 0, 0])[five])
    for name in ("countries_dev", "cambodia_dev", "written_dev"):
        logits, labels = predict(model, tokenizer, sets[name])
        probability = softmax(logits)
        figures[name] = attitude_f1(labels, logits.argmax(1))
        figures[f"{name}_auc"] = attitude_auc(labels, probability)
    return {name: round(value, 4) for name, value in figures.items()}
