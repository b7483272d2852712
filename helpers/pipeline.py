"""Pipeline: from a corpus to all its tables, a few documents at a time, in memory."""
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Self

import pandas as pd

from .actors import find_mentions
from .actorsfile import Actors, load_actors
from .addressees import find_addressees
from .audit import add_copies, audit_pages, find_copies, sketch_pages
from .commentfacts import describe_comments, find_sides
from .contested import find_contested
from .corpus import Corpus
from .network import score_comments
from .quotes import find_quotes
from .references import find_references
from .sentiment import score_sentiment
from .stance import score_stance
from .summaries import count_scores, summarize_sentiment, summarize_stance

CHUNK = 50   # documents that are analyzed together


@dataclass(frozen=True)
class Analysis(Corpus):
    """A corpus with everything found in it: one table per attribute (columns in data/tables.yaml)."""
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    sentiment: pd.DataFrame
    sentiment_summary: pd.DataFrame
    stance: pd.DataFrame
    stance_summary: pd.DataFrame
    addressees: pd.DataFrame
    contested: pd.DataFrame
    sides: pd.DataFrame
    audit: pd.DataFrame
    actors: Actors

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {name: getattr(self, name) for name in TABLES}

    def choose(self, doc_ids: Iterable[str]) -> Self:
        """The analysis of some of its documents (and of all together)."""
        return replace(self, **choose_rows(self.tables(), list(doc_ids)))

    def parts(self) -> Iterator[Self]:
        """The analysis in parts that fit into memory: itself."""
        yield self


TABLES = [field.name for field in fields(Analysis) if field.name != "actors"]


def choose_rows(tables: dict[str, pd.DataFrame], doc_ids: list[str]) -> dict[str, pd.DataFrame]:
    """The rows of some documents (and those of all together) in each table."""
    return {name: frame[frame.doc_id.isna() | frame.doc_id.isin(doc_ids)].reset_index(drop=True)
            for name, frame in tables.items()}


def split_corpus(corpus: Corpus) -> list[Corpus]:
    """A corpus as several of at most `CHUNK` documents each, in order."""
    documents = corpus.documents.doc_id
    place = pd.Series(range(len(documents)), index=documents) // CHUNK
    frames = {field.name: getattr(corpus, field.name) for field in fields(Corpus)}
    parts = {name: dict(list(frame.groupby(frame.doc_id.map(place).to_numpy()))) for name, frame in frames.items()}
    return [Corpus(**{name: parts[name].get(number, frame.head(0)).reset_index(drop=True)
                      for name, frame in frames.items()}) for number in place.unique()]


def sort_rows(frame: pd.DataFrame, doc_ids: Iterable[str]) -> pd.DataFrame:
    """A table in the order of documents; the rows of one stay as they were."""
    order = {doc_id: place for place, doc_id in enumerate(doc_ids)}
    return frame.sort_values("doc_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def analyze_part(corpus: Corpus, actors: Actors) -> dict[str, pd.DataFrame]:
    """Every table of a few documents, and two by which they are joined: `sketches` finds copies, `scores` sums tone.

    What is found in a document depends on nothing but it, the actors and the models: not on what else is read.
    """
    mentions = find_mentions(corpus.sentences, actors)
    references = find_references(corpus.sentences, mentions, actors)
    quotes = find_quotes(corpus.documents, corpus.spans, pd.concat([mentions, references]), corpus.sentences)
    stance = score_stance(corpus.sentences, mentions, references, quotes, corpus.documents, actors)
    comments = score_comments(describe_comments(corpus.comments, corpus.spans, corpus.documents), corpus.documents)
    addressees = find_addressees(comments, corpus.documents, corpus.sentences, mentions)
    sentiment = score_sentiment(corpus.sentences, corpus.documents, actors)
    scores = count_scores(sentiment, corpus.sentences)
    tables = vars(corpus) | {
        "comments": comments, "mentions": mentions, "quotes": quotes, "sentiment": sentiment, "stance": stance,
        "sentiment_summary": summarize_sentiment(scores), "stance_summary": summarize_stance(stance),
        "addressees": addressees, "contested": find_contested(corpus.sentences, addressees, actors),
        "sides": find_sides(comments, stance, actors.targets), "audit": audit_pages(corpus),
        "sketches": sketch_pages(corpus), "scores": scores}
    return {name: sort_rows(frame, corpus.documents.doc_id) for name, frame in tables.items()}


def sum_parts(parts: Iterable[tuple[pd.DataFrame, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The rows over all documents of stance_summary and sentiment_summary, from stance and scores of each part."""
    by, stances, scores = ["part", "instrument", "score", "label"], [], pd.DataFrame()
    for stance, counted in parts:
        stances.append(stance[["holder", "target", "label", "score"]])
        scores = pd.concat([scores, counted]).groupby(by, as_index=False).n.sum()
    return {"stance_summary": summarize_stance(pd.concat(stances), whole=True),
            "sentiment_summary": summarize_sentiment(scores, whole=True)}


def analyze(corpus: Corpus, actors: Actors | None = None,
            watch: Callable[[list[Corpus]], Iterable[Corpus]] = iter) -> Analysis:
    """Find who is named and quoted in a corpus, and score its sentiment, stance and offence.

    It goes through the documents a few at a time; `watch` sees each part go by (rich's `track`, tqdm).

    >>> from helpers import load
    >>> tables = analyze(load("seeds"))
    >>> tables.stance_summary.query("doc_id.isna() and holder == 'author'").target.tolist()
    ['China', 'US', 'Vietnam']
    """
    actors = actors or load_actors()
    parts = [analyze_part(part, actors) for part in watch(split_corpus(corpus))]
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    tables.pop("scores")
    for name, rows in sum_parts((part["stance"], part["scores"]) for part in parts).items():
        tables[name] = pd.concat([tables[name], rows], ignore_index=True)
    tables["audit"] = add_copies(tables["audit"], find_copies(tables.pop("sketches")))
    return Analysis(**tables, actors=actors)
