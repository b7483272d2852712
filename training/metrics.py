"""Measures: what classes and probabilities are worth."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows of probabilities."""
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def macro_f1(labels: np.ndarray, predicted: np.ndarray, classes: int = 3) -> float:
    """Unweighted mean of the classes' F1."""
    scores = []
    for c in range(classes):
        both, either = ((labels == c) & (predicted == c)).sum(), (labels == c).sum() + (predicted == c).sum()
        scores.append(2 * both / either if either else 0.0)
    return float(np.mean(scores))


def attitude_f1(labels: np.ndarray, predicted: np.ndarray) -> float:
    """F1 of finding the non-neutral pairs with their sign."""
    both = ((labels == predicted) & (labels != 1)).sum()
    either = (labels != 1).sum() + (predicted != 1).sum()
    return float(2 * both / either) if either else 0.0


def attitude_auc(labels: np.ndarray, probability: np.ndarray) -> float:
    """How often a non-neutral pair gets more attitude than a neutral one."""
    score = 1 - probability[:, 1]
    ranks = np.empty(len(score))
    ranks[np.argsort(score)] = np.arange(1, len(score) + 1)
    positive = labels != 1
    n, m = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def five_classes(probability: np.ndarray) -> np.ndarray:
    """DSE's class of each pair of rows (p to q, q to p): 0 none, 1 p→q +, 2 q→p +, 3 p→q −, 4 q→p −."""
    forth, back = probability[0::2], probability[1::2]
    scores = np.stack(
        [
            forth[:, 1] * back[:, 1],
            forth[:, 2] * back[:, 1],
            forth[:, 1] * back[:, 2],
            forth[:, 0] * back[:, 1],
            forth[:, 1] * back[:, 0],
        ],
        axis=1,
    )
    return scores.argmax(1)
