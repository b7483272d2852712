"""Offence: how likely a text is offensive, by a small model trained on OLID's tweets (training/offence.py)."""
import html
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from .corpus import find_foreign
from .network import FOLDER, load_network

LONGEST = 128   # tokens the model reads at once; of a longer text every part is read, and the worst counts


def prepare(text: str) -> str:
    """A text as the tweets of the training data look: users and links without their names.

    >>> prepare("@Ann_Lee see https://a.example/b &amp; weep")
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
    network = load_network(FOLDER, "offence")
    scores = np.full(len(texts), np.nan)
    given = [(i, prepare(text)) for i, text in enumerate(texts) if isinstance(text, str) and text.strip()]
    for (i, _), coded in zip(given, network.tokenizer.encode_batch([text for _, text in given]), strict=True):
        inner = coded.ids[1:-1]
        for at in range(0, len(inner), LONGEST - 2):
            ids = [coded.ids[0], *inner[at:at + LONGEST - 2], coded.ids[-1]]
            inputs = {"tokens": np.array([ids], "int64"), "mask": np.ones((1, len(ids)), "float32")}
            logit = network.session.run(None, inputs)[0][0]
            scores[i] = np.nanmax([scores[i], 1 / (1 + np.exp(-logit))])
    return scores


def score_comments(comments: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The comments with `offence`: the probability that a comment's words are offensive.

    Null where a comment has no words, and on pages that are not English.
    """
    texts = comments.text.mask(comments.doc_id.isin(find_foreign(documents)) | (comments.text == ""))
    return comments.assign(offence=score_offence([None if pd.isna(text) else text for text in texts]).round(4))
