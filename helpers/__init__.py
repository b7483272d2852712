"""Read what a pile of web pages thinks: sentiment, stance and comments, with the sentences behind every number.

    corpus = helpers.load("seeds")          # .documents .spans .comments .sentences
    tables = helpers.analyze(corpus)        # + .mentions .quotes .sentiment .stance .stance_summary
    helpers.score_pairs(pairs)              # how a holder stands toward a target in a text
    helpers.score_offence(texts)            # how likely each text is offensive
"""
from .actorsfile import ActorsError, load_actors
from .corpus import Corpus, load
from .files import CorpusError
from .network import score_offence
from .pipeline import Analysis, analyze
from .stance import score_pairs
from .stored import read

__version__ = "0.1.0"
__all__ = ["ActorsError", "Analysis", "Corpus", "CorpusError", "analyze", "load", "load_actors", "read",
           "score_offence", "score_pairs"]
