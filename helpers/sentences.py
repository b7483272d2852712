"""Sentences: NLTK's Punkt with an abbreviation list, over the spans of a page, offsets kept."""
import re
from functools import cache

from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

from .patterns import pattern
from .tables import read_data

# roles whose words are language; a date line, a byline or a menu has no sentences
ROLES = ("title", "standfirst", "caption", "heading", "body", "bio", "comment")


class QuoteAware(PunktLanguageVars):
    """Punkt's rules, with typographic quotation marks as closing marks of a sentence."""
    sent_end_chars = (".", "?", "!", "…")
    re_boundary_realignment = re.compile(r"[\"'”’»)\]}]+?(?:\s+|(?=--)|$)", re.MULTILINE)
    _re_non_word_chars = r"(?:[)\";}\]\*:@'\({\[!\?”“’‘»«])"


@cache
def splitter() -> PunktSentenceTokenizer:
    """Punkt with the abbreviations and sentence starters of data/abbreviations.yaml."""
    words = read_data("abbreviations.yaml")
    parameters = PunktParameters()
    parameters.abbrev_types = set(words["abbreviations"].split())
    parameters.sent_starters = set(words["starters"].split())
    return PunktSentenceTokenizer(parameters, lang_vars=QuoteAware())


def split_sentences(text: str, start: int = 0, end: int | None = None, role: str = "body") -> list[tuple[int, int]]:
    """Offsets of the sentences in text[start:end]; a blank line always ends one, a caption's credit is none.

    >>> text = "“We met Lt. Gen. Chan in the U.S. It went well.” He left."
    >>> [text[s:e] for s, e in split_sentences(text)]
    ['“We met Lt. Gen. Chan in the U.S.', 'It went well.”', 'He left.']
    """
    found = []
    for block in re.finditer(r"\S(?:.*?\S)??(?=\s*(?:\r?\n[^\S\n]*\r?\n|\r[^\S\r]*\r|\Z))", text[start:end], re.S):
        words, kept = block.group(), []
        for s, e in splitter().span_tokenize(words):
            if kept and words[s].islower() and re.search(r"[?!…][\"”’')]$", words[kept[-1][0]:kept[-1][1]]):
                s = kept.pop()[0]   # “Is it true?” he asked.
            kept.append((s, e))
        found += [(start + block.start() + s, start + block.start() + e) for s, e in kept]
    if role == "caption":
        found = [(s, e) for s, e in found if not pattern("layout.yaml", "credit").fullmatch(text[s:e])]
    return found
