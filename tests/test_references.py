"""Who is meant where nobody is named."""

import pandas as pd
import pytest

from helpers.actors import find_mentions
from helpers.actorsfile import load_actors
from helpers.references import find_references
from helpers.tables import as_table


def refer(*texts):
    """(sentence, words, actor) of every reference in sentences that follow each other on a page."""
    starts = [sum(len(text) + 1 for text in texts[:i]) for i in range(len(texts))]
    sentences = as_table(
        "sentences",
        pd.DataFrame(
            {
                "doc_id": "a",
                "sentence_id": range(len(texts)),
                "role": "body",
                "start": starts,
                "end": [start + len(text) for start, text in zip(starts, texts, strict=True)],
                "text": texts,
            }
        ),
    )
    actors = load_actors()
    found = find_references(sentences, find_mentions(sentences, actors), actors)
    page = " ".join(texts)
    assert all(page[row.start : row.end] == row.expression for row in found.itertuples())
    return [(row.sentence_id, row.expression, row.actor) for row in found.itertuples()]


@pytest.mark.parametrize(
    "texts, expected",
    [
        (["Hun Sen flew to Hanoi.", "He came to take orders."], [(1, "He", "Cambodia_gov")]),
        (["Kem Sokha was arrested because he had met diplomats."], [(0, "he", "Cambodia_opposition")]),
        (["Hun Sen flew home.", "It rained.", "Then he slept."], [(2, "he", "Cambodia_gov")]),
        # the first man of the sentence before is mostly the subject of both
        (["Hun Sen attacked Sam Rainsy.", "He said so on Monday."], [(1, "He", "Cambodia_gov")]),
        (["Hun Sen attacked Sam Rainsy and his party."], []),  # whose?
        (["Hun Sen met Shinzo Abe and took his hand."], []),  # a man who belongs to no actor could be meant
        (["The analyst Meas Nee told reporters about Hun Sen.", "He laughed."], []),
        (["Hun Sen spoke: “Obama told me that he would come.”"], []),  # inside a quotation nobody is resolved
        (["On March 13, Hun Sen spoke to Sam Rainsy.", "“I wait,” he said."], [(1, "he", "Cambodia_gov")]),
        (["The premier left for Beijing."], [(0, "The premier", "Cambodia_gov")]),
        (
            ["Interior Ministry spokesman Khieu Sopheak denied it.", "Later Khieu Sopheak resigned."],
            [(0, "Khieu Sopheak", "Cambodia_gov"), (1, "Khieu Sopheak", "Cambodia_gov")],
        ),
        (
            ["Tea Banh, a minister in the Cambodian government, agreed.", "But Banh went home."],
            [(0, "Tea Banh", "Cambodia_gov"), (1, "Banh", "Cambodia_gov")],
        ),
        (["Nguyen Manh Cam stayed away.", "Mr. Cam wrote a letter."], [(1, "Cam", "Vietnam")]),
        # "he" goes on meaning the subject, after whom others were named
        (
            ["Hun Sen flew home.", "He met Obama.", "He praised China."],
            [(1, "He", "Cambodia_gov"), (2, "He", "Cambodia_gov")],
        ),
        (["Hun Sen attacked Mu Sochua.", "She praised Vietnam."], []),  # names do not tell a woman from a man
        (["Hun Sen met Prime Minister Shinzo Abe and took his hand."], []),
        (
            ["Former US President Barack Obama met villagers.", "He laughed."],
            [(0, "villagers", "Cambodian_public"), (1, "He", "US")],
        ),
        (
            ["Rainsy met Hun Sen. “It is late.", "He has sold us.", "China laughs,” Rainsy said."],
            [],
        ),  # a long quotation
        (["China thanked French president Emmanuel Macron.", "Macron smiled."], []),
        (["The people of Vietnam thanked the prime minister of Japan."], []),
        (
            ["Sam Rainsy flew to Paris.", "The premier stayed.", "He praised Vietnam."],
            [(1, "The premier", "Cambodia_gov"), (2, "He", "Cambodia_gov")],
        ),
        (["Thai premier Thaksin Shinawatra became an adviser to Hun Sen."], []),
    ],
)
def test_references(texts, expected):
    assert refer(*texts) == expected


def test_a_pronoun_does_not_reach_far():
    filler = ["Rain fell on the delta."] * 4
    assert refer("Hun Sen flew home.", *filler, "He slept.") == []
