"""Listings: tables made for reading, with the words of a page instead of the words of a program."""
import pandas as pd

from .summaries import gather
from .tables import SENTENCE, read_data

FIRST = 40   # names in a cell
SMALL = 5   # fewer sentences than this are too few to speak of
VOICES = {"author": "author", "commenter": "commenter"}


def at(doc_ids: pd.Series | pd.Index, places: pd.Series | str = "") -> list[str | None]:
    """Where rows of a listing point ("doc_id#place"), for `display.show_table`; null where they name no document."""
    doc_ids = pd.Series(doc_ids).reset_index(drop=True).astype("string")
    places = places if isinstance(places, str) else places.reset_index(drop=True).astype("string")
    return (doc_ids + "#" + places).to_list()


def list_pairs(summary: pd.DataFrame, labels: dict[str, str], targets: list[str],
               least: int = SMALL) -> dict[tuple[str, str], str]:
    """Holder and target pairs named in at least `least` sentences over all documents, most first within a target.

    The keys are (holder, target), the values names for figures: "China → Vietnam".
    """
    table = summary[summary.doc_id.isna() & (summary.n >= least)].sort_values("n", ascending=False, kind="stable")
    names = labels | VOICES
    return {(row.holder, row.target): f"{names[row.holder]} → {names[row.target]}"
            for target in targets for row in table[table.target == target].itertuples()}


def list_documents(documents: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Each page with what it says of itself, in time order."""
    table = documents.set_index("doc_id").loc[list(labels)]
    return pd.DataFrame({"page": list(labels.values()), "title": table.title, "outlet": table.outlet,
                         "byline": table.byline, "published": table.published, "date from": table.published_source,
                         "words": table.n_words, "comments": table.n_comments, "@": at(table.index)})


def list_warnings(documents: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """What to know before citing a page: page, warning; one row per warning."""
    table = documents.set_index("doc_id").warnings.reindex(list(labels)).dropna().str.split("; ").explode()
    return pd.DataFrame({"page": table.index.map(labels), "warning": table.to_numpy(), "@": at(table.index)})


def count_names(analysis) -> pd.DataFrame:
    """How often each name stands on each page: doc_id, actor, expression, kind, n."""
    by = ["doc_id", "actor", "expression", "kind"]
    return gather(analysis, lambda part: part.mentions.groupby(by, as_index=False, sort=False).agg(n=("start", "size")))


def list_expressions(names: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Each actor's names as printed (`count_names`), most frequent first, with counts; insulting ones only counted."""
    shown = names.expression.mask(names.kind == "ethnonym", "(an insulting name)")
    table = names.assign(expression=shown)
    counts = table.groupby(["actor", "expression"]).n.sum().sort_values(ascending=False, kind="stable")
    named = [(label, int(counts[actor].sum()), list_first([f"{name} {n}" for name, n in counts[actor].items()]))
             for actor, label in labels.items() if actor in counts.index.get_level_values(0)]
    return pd.DataFrame(named, columns=["actor", "mentions", "names as printed"])


def list_first(items: list[str]) -> str:
    """Items in a row, and how many more there are."""
    return ", ".join(items[:FIRST]) + (f", and {len(items) - FIRST} more" if len(items) > FIRST else "")


def list_threads(documents: pd.DataFrame, comments: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Comments declared, found, with words, anonymous and dated, page by page."""
    grouped = comments.assign(worded=comments.text.fillna("") != "", dated=comments.date.notna()).groupby("doc_id")
    counts = grouped[["worded", "anonymous", "dated"]].sum().reindex(list(labels), fill_value=0)
    table = documents.set_index("doc_id").loc[list(labels)]
    return pd.DataFrame({"page": list(labels.values()), "declared": table.declared_comments, "found": table.n_comments,
                         "with words": counts.worded, "anonymous": counts.anonymous, "dated": counts.dated,
                         "@": at(table.index)})


def name_roles() -> dict[str, str]:
    """Roles as a page calls them."""
    return {role: name for role, (name, _) in read_data("roles.yaml").items()}


def name_instrument(instrument: str) -> str:
    """An instrument as a page calls it."""
    return read_data("instruments.yaml")[instrument]["label"]


def count_roles(summary: pd.DataFrame) -> dict[str, str]:
    """Parts of pages in reading order, each named with its number of sentences: "caption (7)"."""
    n = summary.drop_duplicates("part").set_index("part").n
    return {role: f"{name} ({n[role]})" for role, (name, _) in read_data("roles.yaml").items() if role in n.index}


def list_tone(summary: pd.DataFrame, labels: dict[str, str], instrument: str) -> pd.DataFrame:
    """Mean tone of each role of each page by one instrument, with the number of sentences."""
    table = summary[(summary.instrument == instrument) & (summary.part != "article") & summary.doc_id.notna()]
    place = {doc_id: place for place, doc_id in enumerate(labels)}
    order = table.assign(place=table.doc_id.map(place)).sort_values("place", kind="stable")
    return pd.DataFrame({"page": order.doc_id.map(labels), "role": order.part.map(name_roles()), "sentences": order.n,
                         "mean tone": order["mean"], "low": order.low, "high": order.high, "@": at(order.doc_id)})


def label_parts(summary: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """Names of the rows of `compare_comments`: page, article or comments, number of sentences."""
    names = {"article": "article", "comment": "comments"}
    rows = summary.drop_duplicates("row")
    return {row.row: f"{labels[row.doc_id]}, {names[row.part]} ({row.n})" for row in rows.itertuples()}


def list_holders(summary: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """Holders over all documents, those who take sides most often first."""
    table = summary[summary.doc_id.isna()]
    table = table.assign(sided=table.n_favor + table.n_against)
    order = table.sort_values(["sided", "n"], ascending=False, kind="stable")
    return {holder: (labels | VOICES)[holder] for holder in order.holder}


def list_stance(summary: pd.DataFrame, labels: dict[str, str], documents: dict[str, str]) -> pd.DataFrame:
    """stance_summary in words, all pages first, then page by page in time order.

    A label that rests on fewer than five sentences that take a side says so.
    """
    few = (summary.n_favor + summary.n_against).between(1, SMALL - 1)
    summary = summary.assign(label=summary.label.mask(few, summary.label + " (few)"))
    place = summary.doc_id.map({doc_id: i for i, doc_id in enumerate(documents)}).fillna(-1)
    table = summary.assign(place=place).sort_values(["place", "n"], ascending=[True, False], kind="stable")
    return pd.DataFrame({"page": table.doc_id.map(documents).fillna("all pages"),
                         "holder": table.holder.map(labels | VOICES),
                         "label": table.label, "favor": table.n_favor, "against": table.n_against, "none": table.n_none,
                         "net": table.net, "low": table.low, "high": table.high, "@": at(table.doc_id)})


def list_named(analysis, documents: dict[str, str]) -> pd.DataFrame:
    """Actors named in comments: page, actor, mentions, comments that name them."""
    labels = analysis.actors.labels
    table = gather(analysis, lambda part: part.mentions.merge(
        part.sentences.dropna(subset="comment_id")[[*SENTENCE, "comment_id"]], on=SENTENCE).groupby(
        ["doc_id", "actor"], as_index=False).agg(mentions=("start", "size"), comments=("comment_id", "nunique")))
    return pd.DataFrame({"page": table.doc_id.map(documents), "actor": table.actor.map(labels),
                         "mentions": table.mentions, "in comments": table.comments, "@": at(table.doc_id)})


def list_audit(audit: pd.DataFrame, documents: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The audit for reading, in time order: what is in order is a dash.

    A copy under another outlet's name is called syndicated. Pages mostly of menus, cut or not in English say so.
    """
    table = audit.set_index("doc_id").loc[list(labels)]
    facts = documents.set_index("doc_id")
    printed, first = facts.outlet.reindex(table.index), facts.outlet.reindex(table.copy_of).set_axis(table.index)
    language = facts.language.reindex(table.index)
    lost = (facts.declared_comments - facts.n_comments).clip(lower=0).reindex(table.index)
    syndicated = (printed != first).fillna(False).map({True: "syndicated from ", False: "copy of "})
    copies = syndicated + table.copy_of.map(labels) + (" (" + (100 * table.shared).round().astype("Int64").astype(
        "string") + " % shared)")
    wrong = pd.DataFrame({"cut": table.cut.map({True: "ends in mid-sentence"}),
                          "article": table.no_article.map({True: "no article found"}),
                          "language": ("language: " + language).where(language.fillna("en") != "en"),
                          "menus": (table.boilerplate > 0.5).map({True: "mostly menus"})})
    return pd.DataFrame({"page": list(labels.values()), "copy": copies.to_list(), "dates to choose from":
                         table.dates.to_list(), "comments lost": lost.to_list(),
                         "text": wrong.apply(lambda row: "; ".join(row.dropna()) or None, axis=1).to_list(),
                         "menus %": (100 * table.boilerplate).round().astype("Int64").to_list(),
                         "@": at(table.index)})
