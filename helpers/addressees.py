"""Addressees: to whom and of whom a comment speaks: the article, its author, another comment, a person, an actor."""

import re

import pandas as pd

from .actorsfile import PLAIN
from .corpus import find_foreign
from .phrases import find_phrase, patterns
from .references import patterns as name_patterns
from .references import strip_name
from .stance import KEYS, P, score_pairs
from .tables import as_table, read_data


def list_people(comments: pd.DataFrame, byline: str | None) -> dict[str, tuple[str, str | None]]:
    """Who can be meant by a name on a page: {name in lower case: (whom, name)}: its author, its commenters."""
    people = {}
    for author, comment_id in (
        comments.loc[~comments.anonymous, ["author", "comment_id"]].dropna().itertuples(index=False)
    ):
        people.setdefault(author.lower(), ("comment", comment_id))
    for run in name_patterns()["name"].finditer(byline or ""):
        name = strip_name(run[0].replace("\n", " "))
        if name and " " in name:
            people |= {part.lower(): ("author", None) for part in (name, name.split()[0], name.split()[-1])}
    return people


def find_named(text: str, people: dict, taken: list[tuple]) -> list[tuple]:
    """The people a sentence names: author and commenters of the page, and capitalised names of two words or more."""
    stop, found = set(read_data("replies.yaml")["not_people"].split()), []
    for name in sorted(people, key=len, reverse=True):
        found += [
            (*m.span(), *people[name])
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
            if free(m.span(), taken + found)
        ]
    for run in name_patterns()["name"].finditer(text):
        name = strip_name(run[0].replace("\n", " "))
        while name and name.split()[-1] in stop:
            name = name.rpartition(" ")[0]
        if (
            name
            and " " in name
            and not name.isupper()
            and not stop & set(name.split())
            and free(run.span(), taken + found)
        ):
            start = run.start() + run[0].replace("\n", " ").index(name)
            found.append((start, start + len(name), "person", name))
    return found


def free(span: tuple[int, int], taken: list[tuple]) -> bool:
    """Whether a stretch is clear of those already taken."""
    return all(span[1] <= start or end <= span[0] for start, end, *_ in taken)


def find_in_sentence(text: str, comment: dict, people: dict, taken: list[tuple]) -> list[tuple]:
    """Everyone and everything of the page that one sentence of a comment speaks to or of: (start, end, whom, name).

    `comment` says which one it is (`position`), which it answers (`reply_to`, null where the page does not say), and
    whom it means by "you".
    """
    found = [
        (m.start("name"), m.end("name"), *people.get(m["name"].lower(), ("comment", None)))
        for m in patterns()["at"].finditer(text)
    ]
    found += find_named(text, people, taken + found)
    for m in patterns()["numbered"].finditer(text):
        if free(m.span(), taken + found) and int(m["number"]) < comment["position"]:
            found.append((*m.span(), "comment", f"c{m['number']}"))
    for whom in ("comment", "article", "author"):
        for m in patterns()[whom].finditer(text):
            if free(m.span(), taken + found):
                name = None
                if whom == "comment":
                    near = comment["position"] == 2 or patterns()["above"].search(m[0])
                    name = comment["reply_to"] or (
                        f"c{comment['position'] - 1}" if near and comment["position"] > 1 else None
                    )
                found.append((*m.span("it" if whom == "article" else 0), whom, name))
    if not any(whom in ("article", "author") for _, _, whom, _ in found):
        found += [(*m.span(), *comment["you"]) for m in patterns()["thanks"].finditer(text) if free(m.span(), found)][
            :1
        ]
    named = any(whom in ("comment", "author") for _, _, whom, _ in found)  # "Kosal, you are wrong": one and the same
    if not named and not patterns()["not_you"].search(text):
        found += [
            (*m.span(), *comment["you"]) for m in patterns()["you"].finditer(text) if free(m.span(), taken + found)
        ][:1]
    return sorted(found, key=lambda place: place[0])


def describe_comment(row, told: bool) -> dict:
    """What `find_in_sentence` must know of a comment; `told`: its page says which comments are answers.

    "You" is the comment answered; in one that answers none, on a page that tells, the author; else it stays "you".
    """
    answers = row.reply_to if pd.notna(row.reply_to) else None
    on_page = answers if answers and re.fullmatch(r"c\d+", answers) else None
    you = ("comment", on_page) if answers else ("author", None) if told else ("you", None)
    return {"position": row.position, "reply_to": on_page, "you": you}


def find_addressees(
    comments: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Find whom each comment speaks to or of, and score how, by the stance model.

    One row per sentence of a comment and addressee, at the first place that stands for it. `whom` is article, author
    (of the article), comment (another one; `name` is its comment_id where the page tells), person (`name` as printed),
    actor (`name` of the actors file), or you (which could be anyone). p_against, p_none, p_favor and label
    say where the commenter stands toward it, as in `stance`; where a set phrase says it ("I agree with"), `phrase` has
    its words, and the label is the phrase's. Null for pages that are not English.
    """
    spoken = sentences[sentences.comment_id.notna()]
    bylines = documents.set_index("doc_id").byline
    pages = {
        doc_id: list_people(rows, bylines[doc_id] if pd.notna(bylines[doc_id]) else None)
        for doc_id, rows in comments.groupby("doc_id")
    }
    known = {
        (row.doc_id, row.comment_id): describe_comment(row, told)
        for rows in (rows for _, rows in comments.groupby("doc_id"))
        for told in [rows.reply_to.notna().any()]
        for row in rows.itertuples()
    }
    named = {
        key: list(rows[["start", "end", "actor"]].itertuples(index=False, name=None))
        for key, rows in mentions.merge(spoken[KEYS], on=KEYS).groupby(KEYS)
    }
    rows = []
    for doc_id, number, comment_id, start, text in spoken[[*KEYS, "comment_id", "start", "text"]].itertuples(
        index=False
    ):
        actors = [(s - start, e - start, "actor", actor) for s, e, actor in named.get((doc_id, number), [])]
        people = {name: who for name, who in pages[doc_id].items() if who[1] != comment_id}
        found = actors + find_in_sentence(text.translate(PLAIN), known[doc_id, comment_id], people, actors)
        seen = set()
        for s, e, whom, name in sorted(found, key=lambda place: place[0]):
            if (whom, name) not in seen:
                seen.add((whom, name))
                rows.append(
                    {
                        "doc_id": doc_id,
                        "sentence_id": number,
                        "comment_id": comment_id,
                        "whom": whom,
                        "name": name,
                        "expression": text[s:e],
                        "start": start + s,
                        "end": start + e,
                        "text": text,
                        "target_start": s,
                        "target_end": e,
                        "voice": "author",
                    }
                )
                rows[-1]["side"], rows[-1]["phrase"] = find_phrase(text, s, e) or (None, None)
    table = pd.DataFrame(
        rows,
        columns=[
            *KEYS,
            "comment_id",
            "whom",
            "name",
            "expression",
            "start",
            "end",
            "text",
            "target_start",
            "target_end",
            "voice",
            "side",
            "phrase",
        ],
    )
    scored = score_pairs(table.assign(holder_start=pd.NA, holder_end=pd.NA))
    scored["label"] = scored.label.mask(scored.side.notna(), scored.side)
    foreign = scored.doc_id.isin(find_foreign(documents))
    scored[[*P, "label"]] = scored[[*P, "label"]].mask(foreign)
    return as_table("addressees", scored)
