import pandas as pd
import pytest

import helpers


@pytest.fixture()
def read(tmp_path):
    def quotes(text, kind="direct"):
        (tmp_path / "a.txt").write_text("Storm over the delta\n\n" + text)
        analysis = helpers.analyze(helpers.load(tmp_path))
        page = analysis.documents.text[0]
        return [
            (page[q.start : q.end], q.speaker if pd.notna(q.speaker) else None, q.cue)
            for q in analysis.quotes.itertuples()
            if q.kind == kind
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
        # nobody rather than the wrong mouth: who is told, who is accused, who only describes another
        (
            "“You will have to leave Vietnam,” an aide told Hun Sen after the long meeting in the delta.",
            [("“You will have to leave Vietnam,”", None, "told")],
        ),
        (
            "Critics accused Hun Sen of “selling the country to its neighbour” after the meeting in the delta.",
            [("“selling the country to its neighbour”", None, "accused")],
        ),
        (
            "Hun Sen was told “the delta is tired of your rule” after the long meeting with the farmers.",
            [("“the delta is tired of your rule”", None, "told")],
        ),
        (
            "“We will settle this among old friends,” said Vietnam expert Carl Thayer after the meeting in the delta.",
            [("“We will settle this among old friends,”", None, "said")],
        ),
        (
            "China experts said “we will settle this among old friends” after the long meeting in the delta.",
            [("“we will settle this among old friends”", None, "said")],
        ),
        (  # a verb inside a name is no cue
            "Hun Sen said the United States “has no right to judge us” after the meeting in the delta.",
            [("“has no right to judge us”", "Cambodia_gov", "said")],
        ),
        (  # somebody disagrees in between
            "Hun Sen spoke up. “We trust them as ourselves,” he said. A farmer disagreed. “They took all our land.”",
            [("“We trust them as ourselves,”", "Cambodia_gov", "said")],
        ),
        (  # a title, and an apposition with another name in it
            "“Papers of six thousand families were revoked,” Lieutenant General Keo Vanthan, a spokesman for the "
            "Interior Ministry, told local media.",
            [("“Papers of six thousand families were revoked,”", "Cambodia_gov", "told")],
        ),
        (
            "“We will not look away from a brother,” said President Xi Jinping at the end of the long visit.",
            [("“We will not look away from a brother,”", "China", "said")],
        ),
        (  # somebody's leader, in apposition, before the one who speaks
            "In answer to Kem Sokha, the premier, Hun Sen threatened “we will close the whole party” on Monday.",
            [("“we will close the whole party”", "Cambodia_gov", "threatened")],
        ),
        (
            "Hun Sen spoke to the students of the delta on Monday. “We will never be anyone's colony,” he said.",
            [("“We will never be anyone's colony,”", "Cambodia_gov", "said")],
        ),
        (
            "Hun Sen spoke up. “We trust them as we trust ourselves,” he said. “They never broke their word to us.”",
            [
                ("“We trust them as we trust ourselves,”", "Cambodia_gov", "said"),
                ("“They never broke their word to us.”", "Cambodia_gov", "said"),
            ],
        ),
        (
            "Hun Sen: “The sea belongs to all of its neighbours, and to nobody alone among the nations.”",
            [
                (
                    "“The sea belongs to all of its neighbours, and to nobody alone among the nations.”",
                    "Cambodia_gov",
                    ":",
                )
            ],
        ),
        (
            "According to Hun Sen, “the sea belongs to all of its neighbours” and to nobody alone among the nations.",
            [("“the sea belongs to all of its neighbours”", "Cambodia_gov", "According to")],
        ),
        ("The “irregular” papers of Vietnamese families were taken, the ministry in the capital said on Friday.", []),
        ("He never closed the “quotation that he had begun in Hanoi, and the reporters wrote it down as it was.", []),
    ],
)
def test_quotes(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Rainsy claimed that Vietnam was encroaching on the land of the farmers near the border in the east.",
            [
                (
                    "that Vietnam was encroaching on the land of the farmers near the border in the east.",
                    "Cambodia_opposition",
                    "claimed",
                )
            ],
        ),
        ("Somebody claimed that Vietnam was encroaching on the land of the farmers near the border in the east.", []),
    ],
)
def test_indirect_speech_needs_an_actor(read, text, expected):
    assert read(text, "indirect") == expected


@pytest.mark.parametrize(
    "text", ['"" said Hun Sen”', "“ “ “ Hun Sen said", "Hun Sen: ”", '"""Hun Sen" said "x', "«»„“"]
)
def test_odd_marks_never_raise(read, text):
    assert isinstance(read(text + " while the rest of the page only fills its lines up."), list)
