"""Models: sentences and pairs a second, beside what others run for each of them."""

from pathlib import Path

import pandas as pd
import torch
from pages import make_pages
from timing import ROOT, best_of, row
from transformers import RobertaConfig, RobertaModel

import helpers
from helpers import network, sentiment
from helpers.corpus import read_pages
from helpers.inputs import list_pages


def measure_sentiment(folder: Path) -> list[dict]:
    """Sentences a second of the instruments on one core, beside a plain loop over NLTK's VADER."""
    make_pages(100, folder / "pages")
    corpus, actors = read_pages(list_pages(folder / "pages")), helpers.load_actors()
    texts, n = [text.translate(sentiment.STRAIGHT) for text in corpus.sentences.text], len(corpus.sentences)
    plain = super(sentiment.FastVader, sentiment.vader()).polarity_scores
    loop = n / best_of(lambda: [plain(text) for text in texts])
    runs = {
        "VADER, with its words": lambda: [sentiment.score_vader(text) for text in texts],
        "Pattern (TextBlob), with its words": lambda: [sentiment.score_textblob(text) for text in texts],
        "all three, as a table": lambda: sentiment.score_sentiment(corpus.sentences, corpus.documents, actors),
    }
    return [row("sentiment", what, n / best_of(run), "sentences/s", "plain loop over NLTK's VADER", loop)
            for what, run in runs.items()]  # fmt: skip


def list_pairs() -> pd.DataFrame:
    """The pairs of the seeds as `score_pairs` takes them."""
    analysis, keys = helpers.analyze(helpers.load(ROOT / "seeds")), ["doc_id", "sentence_id"]
    rows = analysis.stance.merge(analysis.sentences[[*keys, "start", "text"]], on=keys)
    places = ["holder_start", "holder_end", "target_start", "target_end"]
    pairs = rows[["text"]].join(rows[places].sub(rows.start, axis=0))
    return pairs[pairs.holder_start.isna() | (pairs.holder_start.ge(0) & pairs.holder_end.le(pairs.text.str.len()))]


def measure_stance(_: Path) -> list[dict]:
    """Pairs a second beside RoBERTa-base, which known systems run once for each pair (random weights cost the same;
    batches of 16 by length), and how near its multiply-adds come to those of a bare int8 product of matrices."""
    pairs = list_pairs()
    ours = len(pairs) / best_of(lambda: helpers.score_pairs(pairs))
    tokenizer, model, found = network.load_network().tokenizer, RobertaModel(RobertaConfig()).eval(), []
    counted = pairs.text.map(lambda text: len(tokenizer.encode(text).ids))
    lengths = sorted(counted + 4)

    def run(is_half: bool) -> None:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=is_half):
            for at in range(0, len(lengths), 16):
                model(torch.randint(5, 50000, (len(lengths[at : at + 16]), lengths[at : at + 16][-1])))

    for name, is_half in (("float32", False), ("bfloat16", True)):
        theirs = len(pairs) / best_of(lambda is_half=is_half: run(is_half))
        found.append(row("stance", "pairs, our model", ours, "pairs/s", f"RoBERTa-base, {name}", theirs))
    layer = 4 * 384**2 + 2 * 384 * 1536  # multiply-adds of a token in one layer
    tokens = 5 * counted.sum() + counted[~pairs.text.duplicated()].sum()  # the first layer reads a sentence once
    a, b = torch.randint(-9, 9, (512, 384), dtype=torch.int8), torch.randint(-9, 9, (384, 1536), dtype=torch.int8)
    rate = 100 * 512 * 384 * 1536 / best_of(lambda: [torch._int_mm(a, b) for _ in range(100)])
    done = layer * tokens / len(pairs) * ours
    found.append(row("stance", "its multiply-adds", done / 1e9, "10⁹/s", "bare int8 product of matrices", rate / 1e9))
    return found
