"""The stance network: small int8 weights (helpers/model), run by onnxruntime; a sentence is encoded once."""
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers

FOLDER = Path(__file__).with_name("model")
FIGURES = {"stance": "figures.json", "offence": "offence.json"}   # what training measured of each network
VOICES = {"span": 0, "text": 1, "author": 2, "speaker": 3}   # in the order of training/model.py
LONGEST = 192   # tokens the network reads at once, as in training; of a longer text a window round the pair
STEP = 32       # windows start at multiples of it, so that neighbours share one
THREADS = 0     # of a network; 0 for all cores
MOST = 32       # pairs of one sentence read at once, which bounds memory


class ModelError(Exception):
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
    def fail(path: Path, why: str) -> None:
        raise ModelError(f"{path}: {why}; get it back with: git checkout -- helpers/model")

    try:
        figures = json.loads((folder / FIGURES[name]).read_text("utf-8"))
        expected = figures["sha256"]
    except (OSError, ValueError, KeyError) as error:
        fail(folder / FIGURES[name], "missing" if isinstance(error, OSError) else "damaged")
    for file in (f"{name}.onnx", "tokenizer.json"):
        if not (folder / file).exists():
            fail(folder / file, "missing")
        if hashlib.sha256((folder / file).read_bytes()).hexdigest() != expected.get(file):
            fail(folder / file, "damaged (its checksum differs)")
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
    """Where each pair's window of a long text begins: round the target and, where both fit, the holder."""
    left, right = target[:, 0], target[:, 1]
    both = named & (np.maximum(right, holder[:, 1]) - np.minimum(left, holder[:, 0]) <= room - STEP)
    left = np.where(both, np.minimum(left, holder[:, 0]), left)
    right = np.where(both, np.maximum(right, holder[:, 1]), right)
    start = np.clip((left + right - room) // 2, 0, max(0, length - room))
    return np.minimum(-(-start // STEP) * STEP, left)


def cut_windows(encoding: tokenizers.Encoding, pairs: list[tuple], limit: int) -> dict[int, tuple[list[int], list]]:
    """The windows of one text that its pairs need: token ids, and (row, voice, holder, target) tokens of each pair.

    A pair whose target, or named holder, has no token in its window is left out.
    """
    offsets = np.array(encoding.offsets[1:-1], dtype=int).reshape(-1, 2)
    starts, ends = offsets.T
    numbers = np.array([pair[:2] for pair in pairs])
    spans = np.array([pair[2:] for pair in pairs])
    holder, target = find_tokens(starts, ends, spans[:, :2]), find_tokens(starts, ends, spans[:, 2:])
    named = numbers[:, 1] == VOICES["span"]
    room = limit - 2
    begin = np.zeros(len(pairs), dtype=int)
    if len(offsets) > room:
        begin = choose_windows(holder, target, named, len(offsets), room)
    windows: dict[int, tuple[list[int], list]] = {}
    for at, (row, voice), h, t, is_named in zip(begin.tolist(), numbers.tolist(), holder - begin[:, None] + 1,
                                                target - begin[:, None] + 1, named, strict=True):
        if is_named and not 1 <= h[0] < h[1] <= room + 1:
            continue
        if not 1 <= t[0] < t[1] <= room + 1:
            continue
        ids = encoding.ids
        window = windows.setdefault(at, ([ids[0], *ids[1 + at:1 + at + room][:len(offsets) - at], ids[-1]], []))
        window[1].append((row, voice, h if is_named else (0, 0), t))
    return windows


def run_window(network: Network, ids: list[int], pairs: list) -> tuple[list[int], np.ndarray]:
    """Rows and logits (against, none, favor) of the pairs of one window.

    A sentence is read alone: int8 arithmetic scales by what is read together, so that only then the same sentence
    gets the same answer in every corpus; and nothing is padded, which makes up for the smaller batch.
    """
    count, length = len(pairs), len(ids)
    holder, target = np.zeros((count, length), "float32"), np.zeros((count, length), "float32")
    for at, (_, _, (holder_start, holder_end), (target_start, target_end)) in enumerate(pairs):
        holder[at, holder_start:holder_end], target[at, target_start:target_end] = 1, 1
    inputs = {"tokens": np.array([ids], "int64"), "mask": np.ones((1, length), "float32"),
              "sentence": np.zeros(count, "int64"), "holder": holder, "target": target,
              "voice": np.array([voice for _, voice, *_ in pairs], "int64")}
    return [row for row, *_ in pairs], network.session.run(None, inputs)[0]


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
            if len(encoding.ids) > LONGEST:
                capped[[pair[0] for pair in of_text[text]]] = True
            if len(encoding.ids) > 2:
                for ids, rows in cut_windows(encoding, of_text[text], LONGEST).values():
                    for few in (rows[at:at + MOST] for at in range(0, len(rows), MOST)):
                        numbers, answers = run_window(network, ids, few)
                        scores[numbers] = answers
    logits = scores / network.figures["temperature"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True), capped
