"""The networks of stance and of offence: small int8 weights (helpers/model), run by onnxruntime.

Offence is how likely a text is offensive, by a model trained on OLID's tweets (training/offence.py).
"""
import hashlib
import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import tokenizers

from .corpus import find_foreign
from .tables import RunError

FOLDER = Path(__file__).with_name("model")
FIGURES = {"stance": "figures.json", "offence": "offence.json"}   # what training measured of each network
VOICES = {"span": 0, "text": 1, "author": 2, "speaker": 3}   # in the order of training/model.py
LONGEST = 192   # tokens the stance network reads at once, as in training; of a longer text a window round the pair
TWEET = 128     # tokens the offence network reads at once; of a longer text every part is read, and the worst counts
STEP = 32       # windows start at multiples of it, so that neighbours share one
THREADS = 0     # of a network; 0 for all cores
MOST = 32       # pairs of one sentence read at once, which bounds memory


class ModelError(RunError):
    """The model cannot be used; the message is one line that names the file and how to get it back."""


@dataclass(frozen=True)
class Network:
    """A loaded model: session, tokenizer and its `figures` (temperature, thresholds, what training measured)."""
    session: onnxruntime.InferenceSession
    tokenizer: tokenizers.Tokenizer
    figures: dict


def limit_threads(threads: int | None) -> None:
    """Let networks that are loaded from now on use so many threads each; null for all cores."""
    global THREADS
    THREADS = threads or 0


@cache
def load_network(folder: Path = FOLDER, name: str = "stance") -> Network:
    """A network in a folder, `stance` or `offence`, once per process.

    Raises ModelError for a file that is missing or whose checksum differs from the one in figures.json.
    """
    file, damaged = folder / FIGURES[name], "damaged"
    try:
        figures = json.loads(file.read_text("utf-8"))
        expected, damaged = figures["sha256"], "damaged (its checksum differs)"
        for file in (folder / f"{name}.onnx", folder / "tokenizer.json"):
            if hashlib.sha256(file.read_bytes()).hexdigest() != expected.get(file.name):
                raise ValueError
    except (OSError, ValueError, KeyError) as error:
        why = "missing" if isinstance(error, OSError) else damaged
        raise ModelError(f"{file}: {why}; get it back with: git checkout -- helpers/model") from None
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, THREADS
    session = onnxruntime.InferenceSession(folder / f"{name}.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Network(session, tokenizer, figures)


def find_tokens(starts: np.ndarray, ends: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """First and last-plus-one token of each character span; equal where a span holds no token.

    >>> find_tokens(np.array([0, 4]), np.array([3, 9]), np.array([[4, 9], [0, 9], [3, 4]])).tolist()
    [[1, 2], [0, 2], [1, 1]]
    """
    return np.stack([ends.searchsorted(spans[:, 0], "right"), starts.searchsorted(spans[:, 1], "left")], axis=1)


def choose_windows(holder: np.ndarray, target: np.ndarray, named: np.ndarray, length: int, room: int) -> np.ndarray:
    """Where each pair's window begins: at 0 in a short text, else round the target and, where both fit, the holder."""
    left, right = target.T
    both = named & (np.maximum(right, holder[:, 1]) - np.minimum(left, holder[:, 0]) <= room - STEP)
    left = np.where(both, np.minimum(left, holder[:, 0]), left)
    right = np.where(both, np.maximum(right, holder[:, 1]), right)
    start = np.clip((left + right - room) // 2, 0, max(0, length - room))
    return np.minimum(-(-start // STEP) * STEP, left)


def run_text(network: Network, encoding: tokenizers.Encoding, pairs: list[tuple],
             ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows and logits (against, none, favor) of the pairs (row, voice, holder span, target span) of one text.

    Only the windows that the pairs need are read. A pair whose target, or named holder, has no token in its window is
    left out. A sentence is read alone: int8 arithmetic scales by what is read together, so that only then the same
    sentence gets the same answer in every corpus; and nothing is padded, which makes up for the smaller batch.
    """
    table, room = np.array(pairs, "int64"), LONGEST - 2
    first, *inner, last = encoding.ids
    starts, ends = np.array(encoding.offsets[1:-1]).T
    holder, target = (find_tokens(starts, ends, table[:, at:at + 2]) for at in (2, 4))
    named = table[:, 1] == VOICES["span"]
    begin = choose_windows(holder, target, named, len(inner), room)
    holder, target = holder - begin[:, None], target - begin[:, None]
    inside = [(span[:, 0] >= 0) & (span[:, 0] < span[:, 1]) & (span[:, 1] <= room) for span in (holder, target)]
    fits = (inside[0] | ~named) & inside[1]
    holder = np.where(named[:, None], holder, 0)
    for at in np.unique(begin[fits]):
        ids = [first, *inner[at:at + room], last]
        chosen, places = np.flatnonzero(fits & (begin == at)), np.arange(len(ids))
        for few in (chosen[n:n + MOST] for n in range(0, len(chosen), MOST)):
            masks = {name: ((span[few, :1] < places) & (places <= span[few, 1:])).astype("float32")   # after `first`
                     for name, span in (("holder", holder), ("target", target))}
            yield table[few, 0], network.session.run(None, masks | {
                "tokens": np.array([ids], "int64"), "mask": np.ones((1, len(ids)), "float32"),
                "sentence": np.zeros(len(few), "int64"), "voice": table[few, 1]})[0]


def score_spans(texts: list[str], pairs: list[tuple[int, int, int, int, int, int]], network: Network,
                ) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (against, none, favor) of each pair, and whether its text was longer than the network reads.

    `pairs` are (text, voice, holder start, holder end, target start, target end): an index into `texts`, one into
    VOICES, character offsets. A pair without readable words in its spans, or with a holder too far from its target
    to be read with it, has null probabilities.
    """
    scores, capped = np.full((len(pairs), 3), np.nan), np.zeros(len(pairs), dtype=bool)
    of_text: dict[int, list[tuple]] = {}
    for row, (text, *rest) in enumerate(pairs):
        of_text.setdefault(text, []).append((row, *rest))
    order = list(of_text)
    for part in (order[at:at + 512] for at in range(0, len(order), 512)):
        for text, encoding in zip(part, network.tokenizer.encode_batch([texts[text] for text in part]), strict=True):
            capped[[pair[0] for pair in of_text[text]]] = len(encoding.ids) > LONGEST
            if len(encoding.ids) > 2:
                for rows, answers in run_text(network, encoding, of_text[text]):
                    scores[rows] = answers
    logits = scores / network.figures["temperature"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True), capped


def as_tweet(text: str) -> str:
    """A text as the tweets of the training data look: users and links without their names.

    >>> as_tweet("@Ann_Lee see https://a.example/b &amp; weep")
    '@user see http & weep'
    """
    return re.sub(r"https?://\S+", "http", re.sub(r"(?<!\w)@\w+", "@user", html.unescape(text)))


def score_offence(texts: Sequence[str | None]) -> np.ndarray:
    """The probability that each text is offensive, 0 to 1; null for one without words.

    Offensive as in OLID (Zampieri et al. 2019): insults, threats, profanity. It reads tone, not harm: a quoted slur and
    a hurled one look alike, and polite contempt passes. English only.

    >>> polite, rude = score_offence(["Thank you for this article.", "You are a stupid piece of shit."])
    >>> bool(polite < 0.3 and rude > 0.7)
    True
    """
    network = load_network(name="offence")
    scores = np.full(len(texts), np.nan)
    given = [(i, as_tweet(text)) for i, text in enumerate(texts) if isinstance(text, str) and text.strip()]
    for (i, _), coded in zip(given, network.tokenizer.encode_batch([text for _, text in given]), strict=True):
        inner = coded.ids[1:-1]
        for at in range(0, len(inner), TWEET - 2):
            ids = [coded.ids[0], *inner[at:at + TWEET - 2], coded.ids[-1]]
            inputs = {"tokens": np.array([ids], "int64"), "mask": np.ones((1, len(ids)), "float32")}
            logit = network.session.run(None, inputs)[0][0]
            scores[i] = np.fmax(scores[i], 1 / (1 + np.exp(-logit)))
    return scores


def score_comments(comments: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The comments with `offence`: the probability that a comment's words are offensive.

    Null where a comment has no words, and on pages that are not English.
    """
    texts = comments.text.mask(comments.doc_id.isin(find_foreign(documents)))
    return comments.assign(offence=score_offence(texts).round(4))
