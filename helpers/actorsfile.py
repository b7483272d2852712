"""The actors file: what it may say, read and checked (actors.yaml is the one that comes with the package)."""

import re
from dataclasses import dataclass
from pathlib import Path

import ahocorasick
import yaml

from .tables import RunError

KINDS = ("country", "capital", "nationals", "government", "leader", "party", "forces")
KEYS = ("label", "color", "target", "names", "descriptions")  # of an actor
ABOUT = ("words", "actor", "kind", "gloss", "dispute", "source")  # of a contested word
RESERVED = ("author", "commenter", "text", "other")
GREY = "#666666"  # of an actor without a colour
PLAIN = str.maketrans("’‘ʼ", "'''")  # one character for one: offsets stay


class ActorsError(RunError):
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
        return read_actors(yaml.safe_load(source), path.stem, source)
    except (OSError, ValueError) as error:   # not there, not UTF-8, a date there is not
        raise ActorsError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ActorsError(f"{path}:{line}: {getattr(error, 'problem', None) or error}") from None
    except BadEntry as error:
        message, *place = error.args
        lines = find_lines(yaml.compose(source, yaml.SafeLoader))
        while place and tuple(place) not in lines:
            place.pop()
        raise ActorsError(f"{path}:{lines.get(tuple(place), 1)}: {message}") from None


class BadEntry(Exception):
    """Something in an actors file that cannot be meant: the message, and the keys that lead to it."""


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


def need(fact: object, message: str, *place: str | int) -> None:
    """Raise BadEntry unless something is so."""
    if not fact:
        raise BadEntry(message, *place)


def check_keys(entry: dict, known: tuple[str, ...], what: str, *place: str | int) -> None:
    """Raise BadEntry for a key that is not known."""
    for key in entry:
        need(key in known, f"{what}unknown key '{key}'; known are {', '.join(known)}", *place, key)


def check_texts(listed: object, message: str, *place: str | int) -> list[str]:
    """A list of non-empty texts, or BadEntry at the one that is none."""
    need(isinstance(listed, list), message, *place)
    for number, text in enumerate(listed):
        need(isinstance(text, str) and text.strip(), message, *place, number)
    return listed


def read_actors(data: object, name: str, source: str) -> Actors:
    """An actors file from its parsed YAML; raises BadEntry."""
    actors = data.get("actors") if isinstance(data, dict) else None
    need(isinstance(actors, dict) and actors, "an actors file needs a mapping 'actors' with at least one actor")
    check_keys(data, ("title", "actors", "not_names", "contested"), "")
    need(isinstance(data.get("title", ""), str), "'title' must be text", "title")
    names, descriptions = {}, {}
    for actor, entry in actors.items():
        need(isinstance(actor, str), f"'{actor}' cannot name an actor: not text, quote it", "actors", actor)
        need(actor not in RESERVED, f"'{actor}' cannot name an actor: kept for voices", "actors", actor)
        read_actor(actor, entry, names, descriptions)
    contested = read_contested(data.get("contested") or [], actors, names)
    listed = check_texts(data.get("not_names") or [], "'not_names' must be a list of names", "not_names")
    names |= {name.translate(PLAIN): ("", "") for name in listed}
    targets = tuple(actor for actor, entry in actors.items() if entry.get("target"))
    need(targets, "no actor is marked 'target: true'", "actors")
    labels = {actor: entry.get("label") or actor for actor, entry in actors.items()}
    colors = {actor: entry.get("color") or GREY for actor, entry in actors.items()}
    return Actors(data.get("title") or name, targets, labels, colors, descriptions, names, contested,
                  build_matcher(names), source)  # fmt: skip


def read_actor(actor: str, entry: object, names: dict, descriptions: dict) -> None:
    """Add one actor's names and descriptions to those read so far; raises BadEntry."""
    place, what = ("actors", actor), f"actor '{actor}'"
    kinds = entry.get("names") if isinstance(entry, dict) else None
    need(isinstance(kinds, dict), f"{what} needs 'names', each kind with a list", *place)
    check_keys(entry, KEYS, f"{what}: ", *place)
    need(isinstance(entry.get("target", False), bool), f"{what}: 'target' is true or false", *place, "target")
    need(isinstance(entry.get("label", ""), str), f"{what}: 'label' must be text (quote it)", *place, "label")
    color = str(entry.get("color") or GREY)
    need(re.fullmatch("#[0-9a-fA-F]{6}", color), f"{what}: 'color' is like \"#b5382a\", in quotes", *place, "color")
    for kind, listed in kinds.items():
        need(kind in KINDS, f"{what}: '{kind}' is not one of {', '.join(KINDS)}", *place, "names", kind)
        message = f"{what}: '{kind}' must be a list of names, none empty, each read as text (quote it)"
        for number, name in enumerate(check_texts(listed, message, *place, "names", kind)):
            add_name(name, actor, kind, names, *place, "names", kind, number)
    message = f"{what}: 'descriptions' must be a list of words that can mean it"
    listed = check_texts(entry.get("descriptions") or [], message, *place, "descriptions")
    descriptions.update(dict.fromkeys(listed, actor))


def add_name(name: str, actor: str, kind: str, names: dict, *place: str | int) -> None:
    """Add a name; raises BadEntry where another actor owns it."""
    name = name.translate(PLAIN)
    owner = names.get(name, (actor,))[0]
    need(owner == actor, f"'{name}' belongs to both '{owner}' and '{actor}'", *place)
    names[name] = (actor, kind)


def read_contested(listed: object, actors: dict, names: dict) -> dict[str, dict]:
    """The contested words by spelling; those of an actor become names of it. Raises BadEntry."""
    need(isinstance(listed, list), "'contested' must be a list of entries with words and gloss", "contested")
    found: dict[str, dict] = {}
    for number, entry in enumerate(listed):
        place = ("contested", number)
        gloss = entry.get("gloss") if isinstance(entry, dict) else None
        need(isinstance(gloss, str), "a contested word needs 'words' and a 'gloss'", *place)
        check_keys(entry, ABOUT, "a contested word: ", *place)
        message = "'words' of a contested word must be a list of spellings"
        words = check_texts(entry.get("words"), message, *place, "words")
        actor, kind = entry.get("actor"), entry.get("kind", "ethnonym")
        need(actor in (None, *actors), f"'{actor}' is no actor of this file", *place, "actor")
        message = "'kind' of a contested word is ethnonym (which is assumed) or leader"
        need(kind in ("ethnonym", "leader"), message, *place, "kind")
        for word in words:
            if actor:
                add_name(word.lower(), actor, kind, names, *place, "words")
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
