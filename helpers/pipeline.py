"""Pipeline: from a corpus to all its tables, in memory or read back from a folder."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from .actors import find_mentions
from .actorsfile import Actors, load_actors
from .addressees import find_addressees
from .commentfacts import describe_comments
from .contested import find_contested
from .corpus import Corpus, load
from .offence import score_comments
from .quotes import find_quotes
from .references import find_references
from .sentiment import score_sentiment
from .siding import find_sides
from .stance import score_stance
from .summaries import summarize_stance
from .tables import read_tables

CHUNK = 50   # documents that are analyzed together


@dataclass(frozen=True)
class Analysis(Corpus):
    """A corpus with everything found in it: one table per attribute (columns in data/tables.yaml)."""
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    sentiment: pd.DataFrame
    stance: pd.DataFrame
    stance_summary: pd.DataFrame
    addressees: pd.DataFrame
    contested: pd.DataFrame
    sides: pd.DataFrame
    actors: Actors

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "actors"}


def split_corpus(corpus: Corpus, size: int = CHUNK) -> list[Corpus]:
    """A corpus as several of at most so many documents each, in order."""
    documents = corpus.documents.doc_id
    place = pd.Series(range(len(documents)), index=documents) // size
    frames = {field.name: getattr(corpus, field.name) for field in fields(Corpus)}
    parts = {name: dict(list(frame.groupby(frame.doc_id.map(place).to_numpy()))) for name, frame in frames.items()}
    return [Corpus(**{name: parts[name].get(number, frame.head(0)).reset_index(drop=True)
                      for name, frame in frames.items()}) for number in place.unique()]


def analyze_part(corpus: Corpus, actors: Actors) -> dict[str, pd.DataFrame]:
    """Every table of a few documents but the summary, which is of all."""
    mentions = find_mentions(corpus.sentences, actors)
    references = find_references(corpus.sentences, mentions, actors)
    quotes = find_quotes(corpus.documents, corpus.spans, pd.concat([mentions, references]), corpus.sentences)
    stance = score_stance(corpus.sentences, mentions, references, quotes, corpus.documents, actors)
    comments = describe_comments(corpus.comments, corpus.spans, corpus.documents)
    comments = score_comments(comments, corpus.documents)
    addressees = find_addressees(comments, corpus.documents, corpus.sentences, mentions)
    return {"documents": corpus.documents, "spans": corpus.spans, "comments": comments, "sentences": corpus.sentences,
            "mentions": mentions, "quotes": quotes, "stance": stance, "addressees": addressees,
            "sentiment": score_sentiment(corpus.sentences, corpus.documents, actors),
            "contested": find_contested(corpus.sentences, addressees, actors),
            "sides": find_sides(comments, stance, actors.targets)}


def analyze(corpus: Corpus, actors: Actors | None = None,
            watch: Callable[[list[Corpus]], Iterable[Corpus]] = iter) -> Analysis:
    """Find who is named and quoted in a corpus, and score its sentiment, stance and offence.

    It goes through the documents a few at a time; `watch` sees each part go by (rich's `track`, tqdm).

    >>> tables = analyze(load("seeds"))
    >>> tables.stance_summary.query("doc_id.isna() and holder == 'author'").target.tolist()
    ['China', 'US', 'Vietnam']
    """
    actors = actors or load_actors()
    parts = [analyze_part(part, actors) for part in watch(split_corpus(corpus))]
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    return Analysis(**tables, stance_summary=summarize_stance(tables["stance"]), actors=actors)


def read(source: str | Path, actors: str | Path | None = None) -> Analysis:
    """Read a folder of tables that `analyze` wrote, or analyze a corpus where there are none yet.

    A folder of tables brings the actors file it was made with.
    """
    source = Path(source)
    if (source / "documents.parquet").exists():
        tables = read_tables(source, [field.name for field in fields(Analysis)])
        return Analysis(**tables, actors=load_actors(source / "actors.yaml"))
    return analyze(load(source), load_actors(actors))
