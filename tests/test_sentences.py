import pytest

from helpers.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Lt. Gen. Keo Vanthan met Mr. Cam in the U.S. Embassy.", "He left at 5 p.m. on Monday."],
        ["It was condemned by the U.S.", "The ambassador said so."],
        ["“We wait.”", "He added: “No.”"],
        ["“Is it true?” he asked.", "It was."],
        ['"It rained."', "They left."],
        ["Trade reached US$4.8 billion in 2016.", "Prices rose 3.5 percent."],
        ["He (the king) left.", "(Nobody knew.)", "Rain fell."],
        ["HUN SEN STEP DOWN!!!!!!", "30 YEARS IS ENOUGH."],
    ],
)
def test_sentences(sentences):
    text = " ".join(sentences)
    assert [text[s:e] for s, e in split_sentences(text)] == sentences


def test_a_blank_line_ends_a_sentence_and_a_wrapped_line_does_not():
    text = "no full stop here\n\nA sentence that runs\nover two lines."
    assert [text[s:e] for s, e in split_sentences(text)] == [
        "no full stop here",
        "A sentence that runs\nover two lines.",
    ]


def test_the_credit_of_a_caption_is_no_sentence():
    text = "Hun Sen arrives in Phnom Penh. Photo: AFP/Tang Chhin Sothy"
    assert [text[s:e] for s, e in split_sentences(text, role="caption")] == ["Hun Sen arrives in Phnom Penh."]
