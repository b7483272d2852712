import pytest
from hypothesis import given
from hypothesis import strategies as st

import helpers
from helpers.actors import find_names

ACTORS = helpers.load_actors()


def named(text):
    return [(text[s:e], actor) for s, e, actor, _ in find_names(text, ACTORS) if actor]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The US told us.", [("US", "US")]),
        ("He told us so.", []),
        ("LET US GO HOME", []),
        ("It cost US$5 billion.", []),
        ("the U.S.-backed NGO", [("U.S.", "US")]),
        ("ships in the South China Sea", []),
        ("after the Vietnam War", []),
        ("the “one-China policy”", [("China", "China")]),
        ("Indochina and Chinatown", []),
        ("the Cambodian People’s Party (CPP)", [("Cambodian People’s Party", "Cambodia_gov"), ("CPP", "Cambodia_gov")]),
        ("Hanoi’s men", [("Hanoi", "Vietnam")]),
        ("HANOI MUST GO", [("HANOI", "Vietnam")]),
        ("he is Yuon", [("Yuon", "Vietnam")]),
        ("anti-Vietnamese words", [("Vietnamese", "Vietnam")]),
        ("Kem Sokha", [("Kem Sokha", "Cambodia_opposition")]),
    ],
)
def test_names(text, expected):
    assert named(text) == expected


@given(st.lists(st.sampled_from([*ACTORS.names, "the", "of", ",", "-", "’"]), max_size=12).map(" ".join))
def test_names_do_not_overlap_and_are_slices(text):
    names = find_names(text, ACTORS)
    assert all(a[1] <= b[0] for a, b in zip(names, names[1:], strict=False))
    assert all(text[s:e].upper().replace("’", "'") in {name.upper() for name in ACTORS.names} for s, e, _, _ in names)


ALBA = "actors:\n  A:\n    target: true\n    names: {country: [Alba]}\n"
BROKEN = {
    ALBA + "not_names: South Sea\n": ":5: 'not_names' must be a list",
    ALBA + "title: [1]\n": ":5: 'title' must be text",
    "actors:\n  author:\n    target: true\n    names: {}\n": "kept for voices",
    "actors:\n  NO:\n    target: true\n    names: {}\n": "not text, quote it",
    "actors: [": ":1: ",
    "title: 2019-02-31\n": ": cannot be read: day is out of range",
    "actors:\n  A:\n    target: true\n    nmaes: {}\n": ":2: actor 'A' needs 'names'",
    ALBA + "    label: 2024\n": ":5: actor 'A': 'label' must be text",
    ALBA + "    color: '</style><b>'\n": ":5: actor 'A': 'color' is like",
    ALBA + "    colour: red\n": ":5: actor 'A': unknown key 'colour'",
    ALBA + "  B:\n    names: {country: [Alba]}\n": "belongs to both 'A' and 'B'",
    "actors:\n  A:\n    target: true\n    names:\n      country: ['']\n": ":5: actor 'A': 'country' must be",
    "actors:\n  A:\n    names: {country: [Alba]}\n": "no actor is marked",
    "actors:\n  A:\n    target: true\n    names: {country: [no]}\n": ":4: actor 'A': 'country' must be a list",
    "acters: {}\n": "needs a mapping 'actors'",
}


@pytest.mark.parametrize("source", BROKEN)
def test_a_broken_actors_file_gets_one_line_with_file_and_line(tmp_path, source):
    (tmp_path / "my.yaml").write_text(source)
    with pytest.raises(helpers.ActorsError) as error:
        helpers.load_actors(tmp_path / "my.yaml")
    message = str(error.value)
    assert message.startswith(f"{tmp_path}/my.yaml:") and BROKEN[source] in message and "\n" not in message


@pytest.mark.parametrize(
    "entry, message",
    [
        ("words: [alban]", ":6: a contested word needs 'words' and a 'gloss'"),
        ("{words: [alban], gloss: x, actor: Z}", ":6: 'Z' is no actor of this file"),
        ("{words: [alban], gloss: x, actor: [A]}", ":6: '['A']' is no actor of this file"),
        ("{words: [''], gloss: x}", ":6: 'words' of a contested word must be a list"),
        ("{words: [a], gloss: x, note: y}", ":6: a contested word: unknown key 'note'"),
        ("{words: [a], gloss: x, actor: A, kind: dog}", ":6: 'kind' of a contested word"),
    ],
)
def test_contested_words_are_checked(tmp_path, entry, message):
    (tmp_path / "my.yaml").write_text(ALBA + f"contested:\n  - {entry}\n")
    with pytest.raises(helpers.ActorsError) as error:
        helpers.load_actors(tmp_path / "my.yaml")
    assert message in str(error.value)


def test_lower_case_counts_in_comments_only():
    assert find_names("what america and the cpp do to us", ACTORS) == []
    found = find_names("what america and the cpp do to us", ACTORS, loose=True)
    assert [actor for *_, actor, _ in found] == ["US", "Cambodia_gov"]
