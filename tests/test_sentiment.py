import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer
from textblob._text import EMOTICONS
from textblob.en.sentiments import PatternAnalyzer

from helpers.actorsfile import load_actors
from helpers.sentiment import (
    SIGNS,
    STRAIGHT,
    find_proper,
    label_tone,
    mask_names,
    score_textblob,
    score_vader,
    vader,
)

ACTORS = load_actors()


@pytest.mark.parametrize(
    "text, sign, word",
    [
        ("China gave generous help.", 1, "help +1.7"),
        ("The talks were not a success.", -1, "success −2.0"),
        ("The invasion was a disaster.", -1, "disaster −3.1"),
        ("The delegation arrived on Monday.", 0, None),
        ("They called it a “success”.", 1, "success +2.7"),
    ],
)
def test_vader_keeps_the_words_that_made_its_score(text, sign, word):
    score, words = score_vader(text)
    assert (score > 0) - (score < 0) == sign and (words or "").find(word or "") >= 0
    assert (words is None) == (word is None)


def test_textblob_keeps_its_words():
    score, words = score_textblob("A terrible mistake.")
    assert score == -1 and words == "terrible −1.0"


@pytest.mark.parametrize(
    "text, masked",
    [
        ("the Cambodian People’s Party won", "the xxxxxxxxx xxxxxx’x xxxxx won"),
        ("the party won", "the party won"),
        ("he met the United Nations envoy", "he met the xxxxxx xxxxxxx envoy"),
        ("Rescue came late.", "Rescue came late."),
        ("A GREAT DAY", "A GREAT DAY"),
        ("Peace And Trust In The Free World", "Peace And Trust In The Free World"),
        ("They fought for the US.", "They fought for the xx."),
    ],
)
def test_names_are_hidden_and_words_are_not(text, masked):
    assert mask_names(text, ACTORS) == masked


def test_a_first_word_is_a_name_if_the_text_always_writes_it_large():
    texts = ["Ly Diep wrote.", "We read Ly often.", "Free trade won.", "It was Free once.", "They are free."]
    assert find_proper(texts) == {"Ly", "Diep"}
    assert mask_names("Ly Diep wrote.", ACTORS, find_proper(texts)) == "xx xxxx wrote."


def test_hiding_names_only_darkens_party_and_united(analysis):
    means = analysis.sentiment.groupby("instrument").score.mean()
    assert means.vader_masked < means.vader


PIECES = """The the NOT not isn't wasn't good GOOD great, terrible! bad-looking "success" 'but' but, kind of sort never
so this least at very the shit bomb :) :-( <3 8-) (!) !!! ?? ?!? -- ... U.S. Mr. 3.5 don't ever. cut the mustard hand
to mouth xxxx Party united, “peace” 'tis o.O *hope* self-made, wasn’t un- -un .good good.. ,bad, Ärger"""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join) | st.text(max_size=60))
def test_the_fast_instruments_answer_as_nltk_and_textblob_do(text):
    straight = text.translate(STRAIGHT)
    assert score_vader(text)[0] == SentimentIntensityAnalyzer.polarity_scores(vader(), straight)["compound"]
    assert score_textblob(text)[0] == round(PatternAnalyzer().analyze(straight).polarity, 4)


def test_no_emoticon_is_passed_over():
    assert all(SIGNS.search(sign) for signs in EMOTICONS.values() for sign in signs)


def test_every_sentence_is_scored_once_by_each_instrument(analysis):
    counts = analysis.sentiment.groupby(["doc_id", "sentence_id"]).instrument.nunique()
    assert len(counts) == len(analysis.sentences) and counts.eq(3).all()
    assert analysis.sentiment.score.between(-1, 1).all()


def test_labels_follow_the_neutral_band():
    assert label_tone(pd.Series([0.05, 0.04, -0.05, None]), 0.05).fillna("null").tolist() == [
        "positive",
        "neutral",
        "negative",
        "null",
    ]
