import pandas as pd
import pytest

import helpers


@pytest.fixture()
def read(tmp_path):
    def quotes(text):
        (tmp_path / "a.txt").write_text("Storm over the delta\n\n" + text)
        analysis = helpers.analyze(helpers.load(tmp_path))
        page = analysis.documents.text[0]
        return [
            (page[q.start : q.end], q.speaker if pd.notna(q.speaker) else None, q.cue)
            for q in analysis.quotes.itertuples()
        ]

    return quotes


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Hun Sen said “the search is postponed until further notice” on Monday in a long speech to the party.",
            [("“the search is postponed until further notice”", "Cambodia_gov", "said")],
        ),
        (
            "“We will not look away from a brother,” said Xi Jinping at the end of the visit to the old capital.",
            [("“We will not look away from a brother,”", "China", "said")],
        ),
        (
            "“He was told to go by Hanoi,” an insider close to the CPP told reporters who had waited for him.",
            [("“He was told to go by Hanoi,”", None, "told")],
        ),  # nobody rather than the wrong mouth
        (  # two actors beside the cue: nobody
            "“We will settle this among old friends,” China said Vietnam after the long meeting in the delta.",
            [("“We will settle this among old friends,”", None, "said")],
        ),
        ("The “irregular” papers of Vietnamese families were taken, the ministry in the capital said on Friday.", []),
        ("He never closed the “quotation that he had begun in Hanoi, and the reporters wrote it down as it was.", []),
    ],
)
def test_quotes(read, text, expected):
    assert read(text) == expected
