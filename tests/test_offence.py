import json

import numpy as np
import pytest

from helpers import analyze, load
from helpers.network import FOLDER, ModelError, load_network, score_offence


def test_insults_are_told_from_thanks_and_from_plain_disagreement():
    rude = ["You are a stupid piece of shit.", "Shut up you fucking idiot", "@Bo_99 what a disgusting moron you are"]
    calm = ["Thank you for posting this.", "I do not agree with the minister.", "The meeting is at seven on Monday."]
    assert min(score_offence(rude)) > 0.6 > 0.4 > max(score_offence(calm))


def test_the_worst_part_of_a_long_text_counts_and_no_words_have_no_score():
    long = "The river rose again on Monday. " * 80
    scores = score_offence([long, long + "You fucking idiot. " + long, None, "  ", "👏👏", "<script>alert(1)</script>"])
    assert scores[0] < 0.4 < 0.6 < scores[1]
    assert np.isnan(scores[2:4]).all() and not np.isnan(scores[4:]).any()


def test_answers_do_not_depend_on_the_neighbours():
    texts = ["Ah well.", "What a stupid idea this is, honestly, who pays for it?", "Good. " * 60]
    alone = [score_offence([text])[0] for text in texts]
    assert alone == score_offence(texts).tolist()


def test_comments_of_a_corpus_are_scored():
    comments = analyze(load("seeds/000_bbb2a7ec1afbb3e6.txt")).comments
    assert (
        comments.offence[comments.text != ""].between(0, 1).all() and comments.offence[comments.text == ""].isna().all()
    )


def test_figures_beat_what_they_stand_beside_and_a_missing_file_is_named(tmp_path):
    figures = json.loads((FOLDER / "offence.json").read_text())["macro_f1"]
    assert figures["model"] > 0.77 > figures["vader"] > figures["majority"]
    with pytest.raises(ModelError, match="offence.json: missing"):
        load_network(tmp_path, "offence")
