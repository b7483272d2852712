"""Addressees: to whom and of whom a comment speaks: the article, its author, another comment, a person, an actor."""
import re
from functools import partial

import pandas as pd

from .actorsfile import PLAIN
from .corpus import find_foreign
from .patterns import phrase, words_of
from .references import find_runs, is_clear, rows_by
from .stance import P, score_pairs
from .tables import SENTENCE, as_table, read_data

said = partial(phrase, "replies.yaml")
COLUMNS = [*SENTENCE, "comment_id", "whom", "name", "expression", "start", "end", "text", "target_start", "target_end",
           "side", "phrase"]


def find_phrase(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The set phrase that says where a commenter stands toward text[start:end], as (side, phrase); null without one.

    >>> find_phrase("I totally agree with the comment.", 21, 32)
    ('favor', 'agree with the comment')
    """
    for side in ("favor", "against"):
        for said_so in read_data("replies.yaml")[side]:
            for m in re.finditer(said_so.replace("{it}", re.escape(text[start:end])), text, re.I):
                if m.start() <= start and end <= m.end():
                    return side, m[0]
    return None


def list_people(comments: pd.DataFrame, byline: str) -> dict[str, tuple[str, str | None]]:
    """Who can be meant by a name on a page: {name in lower case: (whom, name)}: its author, its commenters."""
    people = {}
    signed = comments.loc[~comments.anonymous, ["author", "comment_id"]].dropna()
    for author, comment_id in signed.itertuples(index=False):
        people.setdefault(author.lower(), ("comment", comment_id))
    for _, name in find_runs(byline):
        if name and " " in name:
            people |= {part.lower(): ("author", None) for part in (name, name.split()[0], name.split()[-1])}
    return people


def find_named(text: str, people: dict, taken: list[tuple]) -> list[tuple]:
    """The people a sentence names: author and commenters of the page, and capitalised names of two words or more."""
    stop, found = words_of("replies.yaml", "not_people"), []
    for name in sorted(people, key=len, reverse=True):
        found += [(*m.span(), *people[name]) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
                  if is_clear(m.span(), taken + found)]
    for run, name in find_runs(text):
        while name and name.split()[-1] in stop:
            name = name.rpartition(" ")[0]
        whole = name and " " in name and not name.isupper() and not any(word in stop for word in name.split())
        if whole and is_clear(run.span(), taken + found):
            start = run.start() + run[0].replace("\n", " ").index(name)
            found.append((start, start + len(name), "person", name))
    return found


def find_in_sentence(text: str, comment: dict, people: dict, taken: list[tuple]) -> list[tuple]:
    """Everyone and everything of the page that one sentence of a comment speaks to or of: (start, end, whom, name).

    `comment` says which one it is (`position`), which it answers (`reply_to`, null where the page does not say), and
    whom it means by "you". `taken` are places that are read already.
    """
    found = [(*m.span("name"), *people.get(m["name"].lower(), ("comment", None))) for m in said("at").finditer(text)]
    found += find_named(text, people, taken + found)
    for m in said("numbered").finditer(text):
        if is_clear(m.span(), taken + found) and int(m["number"]) < comment["position"]:
            found.append((*m.span(), "comment", f"c{m['number']}"))
    for m in said("comment").finditer(text):
        if is_clear(m.span(), taken + found):
            near = comment["position"] == 2 or (comment["position"] > 1 and said("above").search(m[0]))
            before = f"c{comment['position'] - 1}" if near else None
            found.append((*m.span(), "comment", comment["reply_to"] or before))
    for whom, words in (("article", "it"), ("author", 0)):
        found += [(*m.span(words), whom, None) for m in said(whom).finditer(text) if is_clear(m.span(), taken + found)]
    if not any(whom in ("article", "author") for _, _, whom, _ in found):
        thanks = [m.span() for m in said("thanks").finditer(text) if is_clear(m.span(), found)]
        found += [(*span, *comment["you"]) for span in thanks[:1]]
    named = {(whom, name) for _, _, whom, name in found if whom in ("comment", "author")}
    if len(named) <= 1 and not said("not_you").search(text):   # "Kosal, you are wrong": one and the same
        you = named.pop() if named else comment["you"]
        spoken_to = [m.span() for m in said("you").finditer(text) if is_clear(m.span(), taken + found)]
        found += [(*span, *you) for span in spoken_to[:1]]
    return found


def describe_comment(row, told: bool) -> dict:
    """What `find_in_sentence` must know of a comment; `told`: its page says which comments are answers.

    "You" is the comment answered; in one that answers none, on a page that tells, the author; else it stays "you".
    """
    answers = row.reply_to if pd.notna(row.reply_to) else None
    on_page = answers if answers and re.fullmatch(r"c\d+", answers) else None
    you = ("comment", on_page) if answers else ("author", None) if told else ("you", None)
    return {"position": row.position, "reply_to": on_page, "you": you}


def find_addressees(comments: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame,
                    mentions: pd.DataFrame) -> pd.DataFrame:
    """Find whom each comment speaks to or of, and score how, by the stance model.

    One row per sentence of a comment and addressee, at the first place that stands for it, or the first of which a set
    phrase speaks. `whom` is article, author
    (of the article), comment (another one; `name` is its comment_id where the page tells), person (`name` as printed),
    actor (`name` of the actors file), or you (which could be anyone). p_against, p_none, p_favor and label
    say where the commenter stands toward it, as in `stance`; where a set phrase says it ("I agree with"), `phrase` has
    its words, and the label is the phrase's. Null for pages that are not English.
    """
    bylines = dict(zip(documents.doc_id, documents.byline.fillna(""), strict=True))
    pages, known = {}, {}
    for doc_id, page in comments.groupby("doc_id"):
        pages[doc_id], told = list_people(page, bylines[doc_id]), page.reply_to.notna().any()
        known |= {(doc_id, row.comment_id): describe_comment(row, told) for row in page.itertuples()}
    named, rows = rows_by(mentions, SENTENCE, ["start", "end", "actor"]), []
    columns = sentences.loc[sentences.comment_id.notna(), [*SENTENCE, "comment_id", "start", "text"]]
    for doc_id, number, comment_id, start, text in columns.itertuples(index=False):
        actors = [(s - start, e - start, "actor", actor) for s, e, actor in named.get((doc_id, number), [])]
        people = {name: who for name, who in pages[doc_id].items() if who[1] != comment_id}
        found, places = find_in_sentence(text.translate(PLAIN), known[doc_id, comment_id], people, actors), {}
        for s, e, *who in sorted(actors + found, key=lambda place: place[0]):
            places.setdefault(tuple(who), []).append((s, e, *(find_phrase(text, s, e) or (None, None))))
        for (whom, name), spans in places.items():
            s, e, side, phrase = next((span for span in spans if span[2]), spans[0])
            rows.append((doc_id, number, comment_id, whom, name, text[s:e], start + s, start + e, text, s, e,
                         side, phrase))
    scored = score_pairs(pd.DataFrame(rows, columns=COLUMNS).assign(voice="author"))
    scored["label"] = scored.label.mask(scored.side.notna(), scored.side)
    scored[[*P, "label"]] = scored[[*P, "label"]].mask(scored.doc_id.isin(find_foreign(documents)))
    return as_table("addressees", scored)
