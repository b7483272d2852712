"""Sentiment: the tone of each sentence by three instruments, each with the words that made its score."""
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import nltk
import pandas as pd
import vaderSentiment
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from textblob.en.sentiments import PatternAnalyzer

from .actors import find_names
from .actorsfile import Actors
from .corpus import find_foreign
from .tables import as_table, read_data

# the lexicons know only typewriter marks, and miss a word between two of them; one for one, so offsets stay
STRAIGHT = str.maketrans("“”„\"‘’‚–—", "    '''--")
INSTRUMENTS = ("vader", "vader_masked", "textblob")
CAPITALIZED = re.compile(r"(?<=[\w,;:)%'’-] )[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*")


class TracingVader(SentimentIntensityAnalyzer):
    """NLTK's VADER that remembers the weight it gave each word, after negation, emphasis and "but"."""

    def _but_check(self, words: list[str], weights: list[float]) -> list[float]:
        weights = super()._but_check(words, weights)
        self.weights = list(zip(words, weights, strict=True))
        return weights


@cache
def vader() -> TracingVader:
    """VADER with the lexicon that the vaderSentiment package ships; nothing is downloaded."""
    folder = str(Path(vaderSentiment.__file__).parent)
    if folder not in nltk.data.path:
        nltk.data.path.append(folder)
    return TracingVader(lexicon_file="vader_lexicon.txt")


def score_vader(text: str) -> tuple[float, str | None]:
    """VADER's compound score of a text, -1 to 1, and the words that made it.

    >>> score_vader("The talks were not a success.")
    (-0.4585, 'success −2.0')
    """
    score = vader().polarity_scores(text.translate(STRAIGHT))["compound"]
    return score, list_words(vader().weights)


def score_textblob(text: str) -> tuple[float, str | None]:
    """Polarity of a text by Pattern's lexicon, as TextBlob uses it, -1 to 1, and the words that made it.

    >>> score_textblob("A good and lasting peace.")[1]
    'good +0.7'
    """
    found = analyzer().analyze(text.translate(STRAIGHT), keep_assessments=True)
    return round(found.polarity, 4), list_words((" ".join(words), weight) for words, weight, *_ in found.assessments)


@cache
def analyzer() -> PatternAnalyzer:
    return PatternAnalyzer()


def list_words(weights: Iterable[tuple[str, float]]) -> str | None:
    """Words with their weights in one cell, those without weight left out."""
    return " · ".join(f"{word} {'+' if weight > 0 else '−'}{abs(weight):.1f}"
                      for word, weight in weights if abs(weight) >= 0.05) or None


def find_proper(texts: Iterable[str]) -> set[str]:
    """Words that a document capitalises inside its sentences and never writes in lower case: proper names."""
    text = " ".join(texts)
    inside = {word for match in CAPITALIZED.finditer(text) for word in re.findall(r"\w+", match.group())}
    return inside - {word.capitalize() for word in re.findall(r"\b[a-z]\w*", text)}


def mask_names(text: str, actors: Actors, proper: Iterable[str] = ()) -> str:
    """Hide names from a lexicon: actors' names, and words capitalised inside a sentence, become x's.

    To VADER "party" is +1.7 and "united" +1.8, so that every "United States" makes a sentence brighter. A first
    word goes if it is among `proper`. Text in which most words are capitalised (a headline) loses only the
    actors' names.

    >>> from helpers.actorsfile import load_actors
    >>> mask_names("Then the United States met the Green Party.", load_actors())
    'Then the xxxxxx xxxxxx met the xxxxx xxxxx.'
    """
    names = [(start, end) for start, end, _, _ in find_names(text, actors)]
    capitals = [match.span() for match in CAPITALIZED.finditer(text)]
    first = re.match(r"\W*(\w+)", text)
    if len(capitals) <= len(text.split()) / 2:
        names += capitals + ([first.span(1)] if first and first[1] in proper else [])
    letters = list(text)
    for start, end in names:
        letters[start:end] = re.sub(r"\w", "x", text[start:end])
    return "".join(letters)


def label_tone(scores: pd.Series, neutral: float) -> pd.Series:
    """negative, neutral or positive for scores; null stays null."""
    labels = pd.Series("neutral", index=scores.index, dtype="string")
    return labels.mask(scores >= neutral, "positive").mask(scores <= -neutral, "negative").mask(scores.isna())


def score_sentiment(sentences: pd.DataFrame, documents: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Score the tone of every sentence by each instrument.

    One row per sentence and instrument, sentences in order: `score` from -1 to 1, its `label`, and `words`, the
    words that made it with their weights. The thresholds stand in data/instruments.yaml. Missed: irony, and
    whatever the lexicons do not list. Sentences of documents that are not English have null scores.
    """
    foreign = find_foreign(documents)
    proper = {doc_id: find_proper(texts) for doc_id, texts in sentences.groupby("doc_id").text}
    rows = []
    for doc_id, sentence_id, text in sentences[["doc_id", "sentence_id", "text"]].itertuples(index=False):
        readers = {"vader": (score_vader, text), "textblob": (score_textblob, text),
                   "vader_masked": (score_vader, mask_names(text, actors, proper[doc_id]))}
        for instrument in INSTRUMENTS:
            read, words_read = readers[instrument]
            score, words = (None, None) if doc_id in foreign else read(words_read)
            rows.append({"doc_id": doc_id, "sentence_id": sentence_id, "instrument": instrument,
                         "score": score, "words": words})
    scored = as_table("sentiment", rows)
    for instrument, entry in read_data("instruments.yaml").items():
        chosen = scored.instrument == instrument
        scored.loc[chosen, "label"] = label_tone(scored.score[chosen], entry["neutral"])
    return scored
