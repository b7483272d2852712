"""The actors file: what it may say, read and checked (actors.yaml is the one that comes with the package)."""

import re
from dataclasses import dataclass
from pathlib import Path

import ahocorasick
import yaml

KINDS = ("country", "capital", "nationals", "government", "leader", "party", "forces")
KEYS = ("label", "color", "target", "names", "descriptions")  # of an actor
ABOUT = ("words", "actor", "kind", "gloss", "dispute", "source")  # of a contested word
RESERVED = ("author", "commenter", "text", "other")
PLAIN = str.maketrans("’‘ʼ", "'''")  # one character for one: offsets stay


class ActorsError(Exception):
    """The actors file cannot be used; the message is one line that names the file and the line."""


@dataclass(frozen=True)
class Actors:
    """An actors file as read: `title`, `targets`, `labels` and `colors` by actor, and its `source` text."""

    title: str
    targets: tuple[str, ...]
    labels: dict[str, str]
    colors: dict[str, str]
    descriptions: dict[str, str]  # words that can mean an actor's leader or party: actor
    names: dict[str, tuple[str, str]]  # name: (actor, kind); actor "" for what must not count
    contested: dict[str, dict]  # spelling in lower case: word, actor, gloss, dispute, source
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
        data, lines = yaml.safe_load(source), find_lines(yaml.compose(source, yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as error:
        raise ActorsError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ActorsError(f"{path}:{line}: {getattr(error, 'problem', None) or error}") from None
    try:
        return read_actors(data, path.stem, source)
    except BadEntry as error:
        near = next((lines[error.place[:n]] for n in range(len(error.place), -1, -1) if error.place[:n] in lines), 1)
        raise ActorsError(f"{path}:{near}: {error}") from None


class BadEntry(Exception):
    """Something in an actors file that cannot be meant, and the keys that lead to it."""

    def __init__(self, message: str, *place: str | int):
        super().__init__(message)
        self.place = place


def find_lines(node: yaml.Node | None, place: tuple = ()) -> dict[tuple, int]:
    """The line of every entry of a YAML file, by the keys that lead to it."""
    if node is None:
        return {}
    lines = {place: node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = (*place, key.value)
            lines |= find_lines(value, at) | {at: key.start_mark.line + 1}
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines |= find_lines(value, (*place, number))
    return lines


def check_keys(entry: dict, known: tuple[str, ...], what: str, *place: str | int) -> None:
    """Raise BadEntry for a key that is not known."""
    for key in set(entry) - set(known):
        raise BadEntry(f"{what}unknown key '{key}'; known are {', '.join(known)}", *place, key)


def check_texts(listed: object, message: str, *place: str | int) -> list[str]:
    """A list of non-empty texts, or BadEntry at the one that is none."""
    if not isinstance(listed, list):
        raise BadEntry(message, *place)
    for number, text in enumerate(listed):
        if not isinstance(text, str) or not text.strip():
            raise BadEntry(message, *place, number)
    return listed


def read_actors(data: object, name: str, source: str) -> Actors:
    """An actors file from its parsed YAML; raises BadEntry."""
    if not isinstance(data, dict) or not isinstance(data.get("actors"), dict) or not data["actors"]:
        raise BadEntry("an actors file needs a mapping 'actors' with at least one actor")
    check_keys(data, ("title", "actors", "not_names", "contested"), "")
    if not isinstance(data.get("title", ""), str):
        raise BadEntry("'title' must be text", "title")
    names: dict[str, tuple[str, str]] = {}
    descriptions: dict[str, str] = {}
    for actor, entry in data["actors"].items():
        if not isinstance(actor, str) or actor in RESERVED:
            why = "kept for voices" if actor in RESERVED else "not text, quote it"
            raise BadEntry(f"'{actor}' cannot name an actor: {why}", "actors", actor)
        read_actor(actor, entry, names, descriptions)
    contested = read_contested(data.get("contested") or [], data["actors"], names)
    listed = check_texts(data.get("not_names") or [], "'not_names' must be a list of names", "not_names")
    names |= {name.translate(PLAIN): ("", "") for name in listed}
    targets = tuple(actor for actor, entry in data["actors"].items() if entry.get("target"))
    if not targets:
        raise BadEntry("no actor is marked 'target: true'", "actors")
    entries = data["actors"].items()
    return Actors(
        data.get("title") or name,
        targets,
        {actor: entry.get("label") or actor for actor, entry in entries},
        {actor: entry.get("color") or "#666666" for actor, entry in entries},
        descriptions,
        names,
        contested,
        build_matcher(names),
        source,
    )


def read_actor(actor: str, entry: object, names: dict, descriptions: dict) -> None:
    """Add one actor's names and descriptions to those read so far; raises BadEntry."""
    place = ("actors", actor)
    if not isinstance(entry, dict) or not isinstance(entry.get("names"), dict):
        raise BadEntry(f"actor '{actor}' needs 'names', each kind with a list", *place)
    check_keys(entry, KEYS, f"actor '{actor}': ", *place)
    if not isinstance(entry.get("target", False), bool):
        raise BadEntry(f"actor '{actor}': 'target' is true or false", *place, "target")
    if not isinstance(entry.get("label", ""), str):
        raise BadEntry(f"actor '{actor}': 'label' must be text (quote it)", *place, "label")
    if not re.fullmatch("#[0-9a-fA-F]{6}", str(entry.get("color") or "#666666")):
        raise BadEntry(f"actor '{actor}': 'color' is like \"#b5382a\", in quotes", *place, "color")
    for kind, listed in entry["names"].items():
        if kind not in KINDS:
            raise BadEntry(f"actor '{actor}': '{kind}' is not one of {', '.join(KINDS)}", *place, "names", kind)
        message = f"actor '{actor}': '{kind}' must be a list of names, none empty, each read as text (quote it)"
        for number, name in enumerate(check_texts(listed, message, *place, "names", kind)):
            add_name(name, actor, kind, names, *place, "names", kind, number)
    message = f"actor '{actor}': 'descriptions' must be a list of words that can mean it"
    for text in check_texts(entry.get("descriptions") or [], message, *place, "descriptions"):
        descriptions[text] = actor


def add_name(name: str, actor: str, kind: str, names: dict, *place: str | int) -> None:
    """Add a name; raises BadEntry where another actor owns it."""
    name = name.translate(PLAIN)
    if names.get(name, (actor,))[0] != actor:
        raise BadEntry(f"'{name}' belongs to both '{names[name][0]}' and '{actor}'", *place)
    names[name] = (actor, kind)


def read_contested(listed: object, actors: dict, names: dict) -> dict[str, dict]:
    """The contested words by spelling; those of an actor become names of it. Raises BadEntry."""
    if not isinstance(listed, list):
        raise BadEntry("'contested' must be a list of entries with words and gloss", "contested")
    found: dict[str, dict] = {}
    for number, entry in enumerate(listed):
        place = ("contested", number)
        if not isinstance(entry, dict) or not isinstance(entry.get("gloss"), str):
            raise BadEntry("a contested word needs 'words' and a 'gloss'", *place)
        check_keys(entry, ABOUT, "a contested word: ", *place)
        words = check_texts(
            entry.get("words"), "'words' of a contested word must be a list of spellings", *place, "words"
        )
        actor = entry.get("actor")
        if actor is not None and actor not in actors:
            raise BadEntry(f"'{actor}' is no actor of this file", *place, "actor")
        if entry.get("kind", "ethnonym") not in ("ethnonym", "leader"):
            raise BadEntry("'kind' of a contested word is ethnonym (which is assumed) or leader", *place, "kind")
        for word in words:
            if actor:
                add_name(word.lower(), actor, entry.get("kind", "ethnonym"), names, *place, "words")
            found[word.lower().translate(PLAIN)] = {key: entry.get(key) for key in ABOUT[1:]} | {"word": words[0]}
    return found


def build_matcher(names: dict[str, tuple[str, str]]) -> ahocorasick.Automaton:
    """One automaton for all names: as written, in capitals, and, to be heeded in comments only, in lower case."""
    automaton = ahocorasick.Automaton()
    for name, (actor, kind) in names.items():
        loose = {name.lower()} if len(name) > 2 and "." not in name else set()
        any_case = {name.lower(), name.capitalize(), name.upper()} if kind == "ethnonym" else set()
        for form in loose | any_case | {name} | ({name.upper()} if len(name) > 3 else set()):
            automaton.add_word(form, (len(form), actor, kind, form in loose - any_case - {name}))
    automaton.make_automaton()
    return automaton
