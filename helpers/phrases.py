"""Phrases: how a comment speaks to someone, and by which words it thanks, agrees or objects (data/replies.yaml)."""

import re
from functools import cache

from .tables import read_data


@cache
def patterns() -> dict[str, re.Pattern]:
    """The compiled word lists of data/replies.yaml."""
    words = read_data("replies.yaml")
    each = {kind: "|".join(words[kind].split()) for kind in ("article", "author", "comment", "this")}
    above, later = "|".join(words["above"]), "|".join(words["not_article"])
    plain = rf"\b(?:{each['this']})\s+(?:(?!is|was|are)\w+\s+){{0,2}}?"
    return {
        "article": re.compile(rf"{plain}(?P<it>(?:{each['article']})s?)\b(?![’']s\b)(?!\s+(?:{later})\b)", re.I),
        "author": re.compile(rf"\b(?:the|this|dear|mr\.?|our)\s+(?:{each['author']})\b", re.I),
        "comment": re.compile(
            rf"\b(?:the|this|that|your|his|her)\s+(?:(?:{above})\s+)?(?:{each['comment']})s?"
            rf"(?:\s+(?:{above}))?\b",
            re.I,
        ),
        "above": re.compile(rf"\b(?:{above})\b", re.I),
        "you": re.compile(r"(?<![\w’'])(?:" + "|".join(words["you"]) + r")(?![\w’'])", re.I),
        "not_you": re.compile(r"\b(?:" + "|".join(words["not_you"]) + r")\b", re.I),
        "thanks": re.compile(words["thanks"], re.I),
        "numbered": re.compile(words["numbered"]),
        "at": re.compile(words["at_name"]),
    }


def find_phrase(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The set phrase that says where a commenter stands toward text[start:end], as (side, phrase); null without one.

    >>> find_phrase("I totally agree with the comment.", 21, 32)
    ('favor', 'agree with the comment')
    """
    for side in ("favor", "against"):
        for phrase in read_data("replies.yaml")[side]:
            for m in re.finditer(phrase.replace("{it}", re.escape(text[start:end])), text, re.I):
                if m.start() <= start and end <= m.end():
                    return side, m[0]
    return None
