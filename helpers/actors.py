"""Actors: who is looked for (actors.yaml), and every place where a sentence names one."""
from dataclasses import dataclass
from pathlib import Path

import ahocorasick
import pandas as pd
import yaml

from .tables import as_table

KINDS = ("country", "capital", "nationals", "government", "leader", "party", "forces", "ethnonym")
KEYS = ("label", "color", "target", "names", "descriptions")   # of an actor
RESERVED = ("author", "commenter", "text", "other")
PLAIN = str.maketrans("’‘ʼ", "'''")   # one character for one: offsets stay


class ActorsError(Exception):
    """The actors file cannot be used; the message is one line that names the file and the line."""


@dataclass(frozen=True)
class Actors:
    """An actors file as read: `title`, `targets`, `labels` and `colors` by actor, and its `source` text."""
    title: str
    targets: tuple[str, ...]
    labels: dict[str, str]
    colors: dict[str, str]
    descriptions: dict[str, str]        # words that can mean an actor's leader or party: actor
    names: dict[str, tuple[str, str]]   # name: (actor, kind); actor "" for what must not count
    matcher: ahocorasick.Automaton
    source: str


def load_actors(path: str | Path | None = None) -> Actors:
    """Read an actors file, or the one that comes with the package.

    Raises ActorsError, in one line with the file and line number, for what cannot be meant: broken YAML,
    an unknown key or kind, an empty name, a name that two actors own, no target.

    >>> load_actors().targets
    ('China', 'Vietnam', 'US')
    """
    path = Path(path) if path else Path(__file__).with_name("actors.yaml")
    try:
        source = path.read_text("utf-8-sig")
        data = yaml.safe_load(source)
    except (OSError, UnicodeDecodeError) as error:
        raise ActorsError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ActorsError(f"{path}:{line}: {getattr(error, 'problem', None) or error}") from None

    def fail(message: str, near: str = "") -> None:
        line = next((i for i, text in enumerate(source.splitlines(), 1) if near and near in text.split(" #")[0]), 1)
        raise ActorsError(f"{path}:{line}: {message}")

    if not isinstance(data, dict) or not isinstance(data.get("actors"), dict) or not data["actors"]:
        fail("an actors file needs a mapping 'actors' with at least one actor")
    for key in set(data) - {"title", "actors", "not_names"}:
        fail(f"unknown key '{key}'; known are title, actors, not_names", f"{key}:")
    if not isinstance(data.get("title", ""), str):
        fail("'title' must be text", "title:")
    if not isinstance(data.get("not_names") or [], list):
        fail("'not_names' must be a list of names", "not_names:")
    names: dict[str, tuple[str, str]] = {}
    for actor, entry in data["actors"].items():
        if not isinstance(actor, str) or actor in RESERVED:
            fail(f"'{actor}' cannot name an actor: {'kept for voices' if actor in RESERVED else 'not text, quote it'}")
        if not isinstance(entry, dict) or not isinstance(entry.get("names"), dict):
            fail(f"actor '{actor}' needs 'names', each kind with a list", f"{actor}:")
        for key in set(entry) - set(KEYS):
            fail(f"actor '{actor}': unknown key '{key}'; known are {', '.join(KEYS)}", f"{key}:")
        if not isinstance(entry.get("target", False), bool):
            fail(f"actor '{actor}': 'target' is true or false", "target:")
        for kind, listed in entry["names"].items():
            if kind not in KINDS or not isinstance(listed, list):
                fail(f"actor '{actor}': '{kind}' must be one of {', '.join(KINDS)}, with a list of names", f"{kind}:")
            for name in listed:
                if not isinstance(name, str) or not name.strip():
                    fail(f"actor '{actor}': a name is empty, or not read as text (quote it)", f"{kind}:")
                if names.get(name.translate(PLAIN), (actor,))[0] != actor:
                    fail(f"'{name}' belongs to both '{names[name.translate(PLAIN)][0]}' and '{actor}'", name)
                names[name.translate(PLAIN)] = (actor, kind)
        listed = entry.get("descriptions") or []
        if not isinstance(listed, list) or not all(isinstance(text, str) and text.strip() for text in listed):
            fail(f"actor '{actor}': 'descriptions' must be a list of words that can mean it", "descriptions:")
    names |= {str(name).translate(PLAIN): ("", "") for name in data.get("not_names") or []}
    targets = tuple(actor for actor, entry in data["actors"].items() if entry.get("target"))
    if not targets:
        fail("no actor is marked 'target: true'")
    return Actors(data.get("title") or path.stem, targets,
                  {actor: entry.get("label") or actor for actor, entry in data["actors"].items()},
                  {actor: entry.get("color") or "#666666" for actor, entry in data["actors"].items()},
                  {text: actor for actor, entry in data["actors"].items() for text in entry.get("descriptions") or []},
                  names, build_matcher(names), source)


def build_matcher(names: dict[str, tuple[str, str]]) -> ahocorasick.Automaton:
    """One automaton for all names, as written and in capitals; ethnonyms in any case."""
    automaton = ahocorasick.Automaton()
    for name, (actor, kind) in names.items():
        forms = {name, name.upper()} if len(name) > 3 else {name}
        for form in forms | ({name.lower(), name.capitalize()} if kind == "ethnonym" else set()):
            automaton.add_word(form, (len(form), actor, kind))
    automaton.make_automaton()
    return automaton


def find_names(text: str, actors: Actors) -> list[tuple[int, int, str, str]]:
    """Every name in a text as (start, end, actor, kind), longest first where they overlap; actor "" not to count.

    An acronym of up to three capitals does not count in a sentence all in capitals ("LET US GO").

    >>> [text[s:e] for text in ["US$5 bn from the US, Vietnam War; it told us"] for s, e, a, k
    ...  in find_names(text, load_actors()) if a]
    ['US']
    """
    plain, found = text.translate(PLAIN), []
    shouting = text.isupper()
    for last, (length, actor, kind) in actors.matcher.iter(plain):
        start, end = last + 1 - length, last + 1
        inside = (start and (plain[start - 1].isalnum() and plain[start].isalnum())) or (
            end < len(plain) and plain[end].isalnum() and plain[end - 1].isalnum())
        if not inside and not (shouting and length <= 3):
            found.append((start, end, actor, kind))
    found.sort(key=lambda name: (name[0], -name[1]))
    kept, free = [], 0
    for name in found:
        if name[0] >= free:
            kept.append(name)
            free = name[1]
    return kept


def find_mentions(sentences: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Find every place a sentence names an actor.

    One row per mention in reading order, with `start` and `end` as offsets into the document. Words inside
    another name ("South China Sea") are not mentions. Pronouns are not resolved, so counts are a lower bound.
    """
    columns = sentences[["doc_id", "sentence_id", "start", "text"]]
    rows = [{"doc_id": doc_id, "sentence_id": sentence_id, "actor": actor, "expression": text[s:e], "kind": kind,
             "start": start + s, "end": start + e}
            for doc_id, sentence_id, start, text in columns.itertuples(index=False)
            for s, e, actor, kind in find_names(text, actors) if actor]
    return as_table("mentions", rows)
