"""Stance: which holder stands where toward which target, sentence by sentence, by our own model (model/card.md)."""
import numpy as np
import pandas as pd

from .actorsfile import Actors
from .corpus import find_foreign
from .network import VOICES, load_network, score_spans
from .summaries import ARTICLE
from .tables import SENTENCE, as_table

P = ["p_against", "p_none", "p_favor"]
PLACES = ["holder_start", "holder_end", "target_start", "target_end"]
MENTIONS = 3   # of a target in one sentence that are read; their answers are averaged


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words: "[Trum]p" is cut in some data."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def name_labels(p: np.ndarray, thresholds: dict[str, float]) -> pd.Series:
    """The label of each row of probabilities (against, none, favor).

    A side is named from its threshold on, if it has two thirds of what both sides have; `none` below that threshold,
    from its own on. Otherwise the label is null: the model abstains.

    >>> p = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.45, 0.15, 0.4], [0.25, 0.5, 0.25]])
    >>> name_labels(p, {"side": 0.3, "none": 0.6}).tolist()
    ['against', 'none', <NA>, <NA>]
    """
    against, none, favor = p.T
    side = np.maximum(against, favor)
    labels = np.where((side < thresholds["side"]) & (none >= thresholds["none"]), "none", None)
    clear = (side >= thresholds["side"]) & (3 * side >= 2 * (against + favor))
    labels = np.where(clear, np.where(favor > against, "favor", "against"), labels)
    return pd.Series(labels, dtype="string")


def check_pair(row: int, text: object, voice: object, *places: object) -> tuple[int, ...]:
    """Voice number and whole-word spans of a pair; raises ValueError, naming the row, for what cannot be meant."""
    if not isinstance(text, str):
        raise ValueError(f"row {row}: text is null")
    voice = "text" if pd.isna(voice) else voice
    if voice not in ("text", "author"):
        raise ValueError(f"row {row}: voice '{voice}' is not one of text, author")
    placed = []
    for name, start, end in (("holder", *places[:2]), ("target", *places[2:])):
        if name == "holder" and pd.isna(start) and pd.isna(end):
            placed += [0, 0]
        elif pd.isna(start) or pd.isna(end) or not 0 <= start < end <= len(text):
            raise ValueError(f"row {row}: {name} {start}:{end} is outside its text of {len(text)} characters")
        else:
            placed += widen(text, int(start), int(end))
            voice = "span" if name == "holder" else voice
    return VOICES[voice], *placed


def score_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Score how a holder stands toward a target in a text.

    `pairs` has `text`, `target_start`, `target_end`, `holder_start`, `holder_end` (null: nobody named) and perhaps
    `voice` for rows without a named holder: `text` (the default; the text's polarity toward the target, whoever
    holds it) or `author` (the text's own voice only: what it reports is not its own). Spans are widened to whole
    words.

    Returns the same rows in order with `p_against`, `p_none`, `p_favor` (0 to 1, they sum to 1), `label` (`against`,
    `none`, `favor`, or null where the model abstains) and `capped` (the text is longer than the model reads, so
    that only a window round the pair was read). A span without a readable word, and a holder too far from his
    target to be read with it, have null probabilities.

    Raises ValueError, naming the row, for null text, an unknown voice, or a span outside its text.

    >>> pair = {"text": "Hun Sen praised Vietnam.", "target_start": 16, "target_end": 23, "holder_start": 0,
    ...         "holder_end": 7}
    >>> score_pairs(pd.DataFrame([pair])).label.tolist()
    ['favor']
    """
    network = load_network()
    columns = pairs.reindex(columns=[*SENTENCE, "text", "voice", *PLACES])
    places = [check_pair(row, *values) for row, (_, _, *values) in enumerate(columns.itertuples(index=False))]
    # what stands on another page is read by itself
    texts = columns.groupby([*SENTENCE, "text"], sort=False, dropna=False).ngroup().to_numpy()
    asked = [(text, *place) for text, place in zip(texts, places, strict=True)]
    p, capped = score_spans(columns.text[~pd.Index(texts).duplicated()].tolist(), asked, network)
    label = name_labels(p, network.figures["thresholds"])
    return pairs.assign(**dict(zip(P, p.T, strict=True)), label=label.array, capped=capped)


def find_quoted(targets: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Targets in the order of their places, with `spoken` (it stands in a quotation between marks) and its speaker."""
    direct = quotes.loc[quotes.kind == "direct", ["doc_id", "start", "end", "speaker", "speaker_start", "speaker_end"]]
    found = pd.merge_asof(targets.sort_values("target_start"), direct.sort_values("start"), left_on="target_start",
                          right_on="start", by="doc_id")
    return found.assign(spoken=found.target_end <= found.end).drop(columns=["start", "end"])


def pair_holders(sentences: pd.DataFrame, mentions: pd.DataFrame, references: pd.DataFrame, quotes: pd.DataFrame,
                 actors: Actors) -> pd.DataFrame:
    """Every holder that could take a side toward every target that a sentence names.

    One row per sentence, holder and place of the target (its first few mentions), with `voice` and `spoken` (the
    target stands in a quotation). Holders are the voice of the text (`author`, in a comment `commenter`), each other
    actor named or referred to in the sentence, at his place nearest to the target, and in a quotation its speaker.
    """
    read = sentences.loc[sentences.role.isin([*ARTICLE, "comment"]), [*SENTENCE, "comment_id"]]
    named = pd.concat([mentions, references])[[*SENTENCE, "actor", "start", "end"]]
    targets = mentions.loc[mentions.actor.isin(actors.targets), named.columns].merge(read, on=SENTENCE).rename(
        columns={"actor": "target", "start": "target_start", "end": "target_end"})
    targets = find_quoted(targets[targets.groupby([*SENTENCE, "target"]).cumcount() < MENTIONS], quotes)
    voices = targets.assign(holder=targets.comment_id.notna().map({True: "commenter", False: "author"}), voice="author")
    named = named.rename(columns={"actor": "holder", "start": "holder_start", "end": "holder_end"})
    others = targets.merge(named, on=SENTENCE).assign(voice="span")
    others["gap"] = (others.target_start - others.holder_start).abs()
    others = others[others.holder != others.target].sort_values("gap", kind="stable")   # the nearest is kept
    speakers = targets[targets.spoken & targets.speaker.notna()].assign(   # here one may speak of himself
        voice="speaker").rename(columns={"speaker_start": "holder_start", "speaker_end": "holder_end"})
    pairs = pd.concat([voices, others, speakers.assign(holder=speakers.speaker)], ignore_index=True)
    return pairs.drop_duplicates([*SENTENCE, "target", "target_start", "holder"])


def lean_on_page(p: np.ndarray, groups: pd.Series, settings: dict) -> np.ndarray:
    """Probabilities of the text's own voice, leaned on what it says of the same target elsewhere on its page.

    A page takes one of three courses toward a target: against it, none, in favor. `courses` says how common they are,
    `rates` how often a sentence of a page on such a course is against, none, in favor (both counted on coded
    articles), `usual` what the model answers on pages that take no side. By Bayes' rule each sentence's answer is
    weighed with the courses its other sentences speak for; `temper` (0 to 1) discounts them, since sentences of one
    page are not independent. `groups` says which rows are of one page, voice and target.
    """
    evidence, rates = p / np.array(settings["usual"]), np.array(settings["rates"])
    speaks = np.log(evidence @ rates.T)
    others = pd.DataFrame(speaks).groupby(groups.to_numpy()).transform("sum").to_numpy() - speaks
    course = np.log(settings["courses"]) + settings["temper"] * others
    course = np.exp(course - course.max(axis=1, keepdims=True, initial=-np.inf))
    leaned = evidence * ((course / course.sum(axis=1, keepdims=True)) @ rates)
    return leaned / leaned.sum(axis=1, keepdims=True)


def score_stance(sentences: pd.DataFrame, mentions: pd.DataFrame, references: pd.DataFrame, quotes: pd.DataFrame,
                 documents: pd.DataFrame, actors: Actors, page: bool = True) -> pd.DataFrame:
    """Score each holder's stance toward each target, one row per sentence, holder and target.

    Where a sentence names the target several times the answers are averaged, and the row points at the first. What
    stands in a quotation that is someone's by a cue is its speaker's: the author holds none. With `page` the text's
    own voice leans on the rest of its page (see `lean_on_page`). The label is null where the model abstains; score =
    p_favor - p_against. Documents that are not English, and spans the model cannot read, have null scores.
    """
    network = load_network()
    pairs = pair_holders(sentences, mentions, references, quotes, actors)
    pairs = pairs.merge(sentences[[*SENTENCE, "start", "text"]], on=SENTENCE)
    pairs = pairs.sort_values([*SENTENCE, "target_start", "target", "holder"], kind="stable").reset_index(drop=True)
    numbers = pairs.groupby(SENTENCE, sort=False).ngroup()
    texts = pairs.text[~numbers.duplicated()].tolist()
    spans = pairs[PLACES].sub(pairs.start, axis=0)
    spans[PLACES[:2]] = spans[PLACES[:2]].mask(pairs.voice != "span", 0)
    asked = pd.concat([numbers, pairs.voice.map(VOICES), spans], axis=1).astype(int)
    read, own = ~pairs.doc_id.isin(find_foreign(documents)), pairs.voice == "author"
    p = np.full((len(pairs), 3), np.nan)
    p[read] = score_spans(texts, list(asked[read].itertuples(index=False, name=None)), network)[0]
    p[read & pairs.spoken & own] = (0, 1, 0)
    pairs[P] = p
    told = pairs.assign(told=own & ~pairs.spoken).groupby([*SENTENCE, "target"]).told.transform("any")
    pairs = pairs[~(own & pairs.spoken & told)]   # where the text also speaks for itself, its own words count
    grouped = pairs.groupby([*SENTENCE, "target", "holder"], sort=False)
    rows = grouped.first().reset_index()
    rows[P] = grouped[P].mean().to_numpy()
    leans = (rows.voice == "author") & ~rows.spoken & rows[P].notna().all(axis=1)
    if page:
        group = rows.doc_id + "|" + rows.comment_id.fillna("") + "|" + rows.target
        rows.loc[leans, P] = lean_on_page(rows.loc[leans, P].to_numpy(), group[leans], network.figures["page"])
    label = name_labels(rows[P].to_numpy(), network.figures["thresholds"])
    return as_table("stance", rows.assign(label=label, score=rows.p_favor - rows.p_against))
