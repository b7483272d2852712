"""Places: where a word, a pattern or an actor stands, with the words around it (a concordance).

NLTK's Text.concordance counts tokens and forgets where in the file they stood, and its dispersion plot knows words of
one text only. Here each line keeps its offsets, so that it can be cited and opened, and an actor is found under all
his names.
"""

import re

import pandas as pd

from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import gather
from ..tables import SENTENCE, texts_of

PLACE = ["doc_id", "sentence_id", "comment_id", "role", "start", "end"]
WORDS = re.compile(r"[\w\s’'*|.,&$-]+")  # what is typed to find words; anything else is a regular expression


def compile_words(what: str) -> re.Pattern:
    """A pattern from what was typed: whole words, * for any ending, | for "or"; or a regular expression.

    A regular expression is what has a sign of one: any of \\ ( ) [ ] { } + ? ^. Upper and lower case are one. Raises
    ValueError where there is nothing to look for, or a broken expression.

    >>> bool(compile_words("mend* fences").search("They Mended\\nfences.")), bool(compile_words("fenc").search("fence"))
    (True, False)
    >>> compile_words("war|U.S.").findall("Toward war the u.s. went")
    ['war', 'u.s.']
    """
    if not what.strip(" |*"):
        raise ValueError("nothing to look for: give a word, a pattern or an actor")
    if WORDS.fullmatch(what):
        what = "|".join(whole_words(words) for words in what.replace("’", "'").split("|") if words.strip(" *"))
    try:
        return re.compile(what, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"not a pattern: {what} ({error})") from None


def whole_words(typed: str) -> str:
    """The pattern of words in a row, none of them a part of a longer one."""
    words = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in typed.split()]
    first, last = typed.strip()[0], typed.strip()[-1]
    before, after = r"(?<!\w)" * (first.isalnum() or first == "_"), r"(?!\w)" * (last.isalnum() or last == "_")
    return before + r"\s+".join(words) + after


def find_places(part: Analysis, what: str) -> pd.DataFrame:
    """Every place of an actor (by key or label), or in a sentence that a pattern fits."""
    labels = part.actors.labels
    names = {name.casefold(): actor for actor, label in labels.items() for name in (label, actor)}
    if actor := names.get(what.strip().casefold()):
        about = part.sentences[["doc_id", "sentence_id", "comment_id", "role"]]
        found = part.mentions[part.mentions.actor == actor].merge(about, on=SENTENCE)
        return found[PLACE]
    pattern = compile_words(what)
    rows = [
        (*row[:4], row[4] + match.start(), row[4] + match.end())
        for row in part.sentences[[*PLACE[:5], "text"]].itertuples(index=False, name=None)
        for match in pattern.finditer(row[5])
        if match[0]
    ]
    return pd.DataFrame(rows, columns=PLACE).astype(part.sentences[PLACE].dtypes)


def add_context(rows: pd.DataFrame, analysis: Analysis | Stored, around: int = 400) -> pd.DataFrame:
    """Rows with `before` and `after`: so many characters around each in whole words, none beyond its paragraph."""
    few = analysis.choose(rows.doc_id.drop_duplicates())
    text = texts_of(few.documents)
    spans = few.spans[["doc_id", "start", "end"]].rename(columns={"start": "first", "end": "last"})
    near = pd.merge_asof(
        rows.reset_index(drop=True).reset_index(names="row").sort_values("start"),
        spans.sort_values("first"),
        left_on="start",
        right_on="first",
        by="doc_id",
    ).sort_values("row")
    places = list(near[["doc_id", "first", "start", "end", "last"]].itertuples(index=False, name=None))
    before = [
        text[doc][max(first, start - around) : start]
        if start - around <= first
        else re.sub(r"^\S*\s*", "", text[doc][start - around : start])
        for doc, first, start, _, _ in places
    ]
    after = [
        text[doc][end:last] if last <= end + around else re.sub(r"\s*\S*$", "", text[doc][end : end + around])
        for doc, _, _, end, last in places
    ]
    return rows.assign(before=before, after=after)


def concordance(analysis: Analysis | Stored, what: str, sort: str | None = None, around: int = 60) -> pd.DataFrame:
    """Every place where something stands, with so many characters around it (key word in context).

    `what` is an actor of the actors file, which counts under all its names; a word or several in a row ("mended
    fences", "invest*"); or a regular expression. Upper and lower case are one; a phrase is not looked for across
    sentences. One row per place: doc_id, sentence_id, comment_id, role, start and end (offsets into the document),
    left, keyword, right (each on one line). In page order, or sorted by the words to the "left" (nearest first) or
    "right".

    Raises ValueError for a broken pattern or an unknown order.

    >>> import helpers
    >>> harbour = helpers.read("examples/harbour/pages", "examples/harbour/actors.yaml")
    >>> concordance(harbour, "harbour", sort="left").iloc[-1][["left", "keyword", "right"]].tolist()
    ['would block the channel before they gave up the old ', 'harbour', '.']
    """
    if sort not in (None, "left", "right"):
        raise ValueError(f"sort is None, 'left' or 'right', not '{sort}'")

    def find(part: Analysis) -> pd.DataFrame:
        places = add_context(find_places(part, what), part, around)
        text = texts_of(part.documents)
        words = [text[doc][start:end] for doc, start, end in places[["doc_id", "start", "end"]].itertuples(index=False)]
        return places.assign(keyword=words)

    lines = gather(analysis, find).rename(columns={"before": "left", "after": "right"})
    lines = lines[[*PLACE, "left", "keyword", "right"]]
    for side in ("left", "keyword", "right"):
        lines[side] = lines[side].astype("string").str.replace(r"\s+", " ", regex=True)
    if sort:
        words = lines[sort].str.lower().str.findall(r"\w+")
        keys = words.str.join(" ") if sort == "right" else words.map(lambda side: " ".join(reversed(side)))
        lines = lines.assign(key=keys).sort_values("key", kind="stable", ignore_index=True).drop(columns="key")
    return lines


def find_concepts(analysis: Analysis | Stored, concepts: dict[str, str] | None = None) -> pd.DataFrame:
    """Every place of several concepts, each a name for whatever `concordance` finds; all actors where none are given.

    One row per place: concept (categorical, with those that stand nowhere), doc_id, sentence_id, comment_id, role,
    start, end.

    >>> import helpers
    >>> harbour = helpers.read("examples/harbour/pages", "examples/harbour/actors.yaml")
    >>> find_concepts(harbour, {"work": "job*", "boats": "boat*"}).concept.value_counts().to_dict()
    {'work': 3, 'boats': 1}
    """
    labels = analysis.actors.labels
    chosen = dict(zip(labels.values(), labels, strict=True)) if concepts is None else concepts
    if not chosen:
        raise ValueError("no concept is given")
    found = [
        gather(analysis, lambda part, what=what: find_places(part, what)).assign(concept=name)
        for name, what in chosen.items()
    ]
    table = pd.concat(found, ignore_index=True)[["concept", *PLACE]]
    return table.assign(concept=pd.Categorical(table.concept, list(chosen)))  # also those that stand nowhere
