"""Sentiment: the tone of each sentence by several instruments, each with the words that made its score."""
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import nltk
import pandas as pd
import vaderSentiment
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
from textblob.en import Sentiment, sentiment

from .actors import find_names
from .actorsfile import Actors
from .corpus import find_foreign
from .tables import as_table, read_data

# the lexicons know only typewriter marks, and miss a word between two of them; one for one, so offsets stay
STRAIGHT = str.maketrans("“”„\"‘’‚–—", "    '''--")
MARKS = ".!?,;:-'\""   # of VADER's list of punctuation
WORD = re.compile(r"[^\W_]+")
SIGNS = re.compile(r"[!<>=;*♥°]|:\S|8[-)D]|o[._]o|x-?d", re.I)   # what emoticons and emphasis are made of
CAPITALIZED = re.compile(r"(?<=[\w,;:)%'’-] )[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*")


class FastVader(SentimentIntensityAnalyzer):
    """NLTK's VADER with the same answers (tests compare them), several times faster, and with the weight of each word.

    NLTK builds every word with every punctuation mark before it looks a word up, and weighs each word; here marks are
    stripped, and only words of the lexicon are weighed, by NLTK's own rules.
    """

    def score(self, text: str) -> tuple[float, list[tuple[str, float]]]:
        """Compound score, and the words with their weights after negation, emphasis and "but"."""
        words = split_words(text, self.constants)
        capitals = sum(map(str.isupper, words))
        page = SimpleNamespace(words_and_emoticons=words, is_cap_diff=0 < capitals < len(words))
        lower = [word.lower() for word in words]
        found: dict[str, float] = {}   # NLTK weighs a word that stands twice as it stands first
        for i, (word, plain) in enumerate(zip(words, lower, strict=True)):
            if plain in self.lexicon and word not in found and plain not in self.constants.BOOSTER_DICT and not (
                    plain == "kind" and lower[i + 1:i + 2] == ["of"]):
                found[word] = self.sentiment_valence(0, page, word, i, [])[0]
        if not found:
            return 0.0, []
        weights = [found.get(word, 0) for word in words]
        if "but" in lower:
            weights = self._but_check(words, weights)
        return self.score_valence(weights, text)["compound"], list(zip(words, weights, strict=True))


def split_words(text: str, constants: VaderConstants) -> list[str]:
    """A text's words as VADER reads them: of two letters or more, without one mark before or after."""
    words = [word for word in text.split() if len(word) > 1]
    marked = [i for i, word in enumerate(words) if not word.isalnum()]
    plain = set(constants.REGEX_REMOVE_PUNCTUATION.sub("", text).split()) if marked else set()
    for i in marked:
        word = words[i]
        for bare, mark in ((word.rstrip(MARKS), word[len(word.rstrip(MARKS)):]),
                           (word.lstrip(MARKS), word[:-len(word.lstrip(MARKS))])):
            if mark in constants.PUNC_LIST and len(bare) > 1 and bare in plain:
                words[i] = bare
    return words


@cache
def vader() -> FastVader:
    """VADER with the lexicon that the vaderSentiment package ships; nothing is downloaded."""
    folder = str(Path(vaderSentiment.__file__).parent)
    if folder not in nltk.data.path:
        nltk.data.path.append(folder)
    return FastVader(lexicon_file="vader_lexicon.txt")


def score_vader(text: str) -> tuple[float, str | None]:
    """VADER's compound score of a text, -1 to 1, and the words that made it.

    >>> score_vader("The talks were not a success.")
    (-0.4585, 'success −2.0')
    """
    score, weights = vader().score(text.translate(STRAIGHT))
    return score, list_words(weights)


def score_textblob(text: str) -> tuple[float, str | None]:
    """Polarity of a text by Pattern's lexicon, as TextBlob uses it, -1 to 1, and the words that made it.

    >>> score_textblob("A good and lasting peace.")[1]
    'good +0.7'
    """
    text = text.translate(STRAIGHT)
    if pattern_words().isdisjoint(WORD.findall(text.lower())) and not SIGNS.search(text):
        return 0.0, None   # nothing it could weigh
    found = fast_pattern()(text)
    return round(found[0], 4), list_words((" ".join(words), weight) for words, weight, *_ in found.assessments)


class FastPattern(Sentiment):
    """TextBlob's lexicon of Pattern as a plain dict: its own looks whether it is loaded at every word."""
    __contains__, __getitem__, get = dict.__contains__, dict.__getitem__, dict.get


@cache
def fast_pattern() -> FastPattern:
    """TextBlob's own sentiment object, with its lexicon as a plain dict."""
    sentiment.load()
    fast = FastPattern.__new__(FastPattern)
    fast.__dict__.update(vars(sentiment))
    dict.update(fast, sentiment)
    return fast


@cache
def pattern_words() -> frozenset[str]:
    """The words of Pattern's lexicon, each up to its first mark."""
    return frozenset(match[0] for word in fast_pattern() if (match := WORD.search(word)))


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
    foreign, instruments = find_foreign(documents), read_data("instruments.yaml")
    proper = {doc_id: find_proper(texts) for doc_id, texts in sentences.groupby("doc_id").text}
    rows = []
    for doc_id, number, text in sentences[["doc_id", "sentence_id", "text"]].itertuples(index=False):
        answers = {}
        if doc_id not in foreign:
            plain, masked = score_vader(text), mask_names(text, actors, proper[doc_id])
            answers = {"vader": plain, "vader_masked": plain if masked == text else score_vader(masked),
                       "textblob": score_textblob(text)}
        rows += [(doc_id, number, name, *answers.get(name, (None, None))) for name in instruments]
    scored = as_table("sentiment", pd.DataFrame(
        rows, columns=["doc_id", "sentence_id", "instrument", "score", "words"]))
    for instrument, entry in instruments.items():
        chosen = scored.instrument == instrument
        scored.loc[chosen, "label"] = label_tone(scored.score[chosen], entry["neutral"])
    return scored
