"""Replies: what comments say of whom, as tables to read and as a graph of who attacks whom."""
import networkx as nx
import pandas as pd

from .figures import INK, MUTED, new_axes, say_nothing
from .listings import at
from .pipeline import Analysis
from .summaries import gather
from .tables import SENTENCE

COLORS = {"against": "#b0522e", "favor": "#14657a"}
WHOM = {"article": "the article", "author": "its author", "comment": "another comment", "you": "“you”"}


def number_comments(comments: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Each comment's number on its page with its author: {("a", "c2"): "2 (Ann)"}."""
    names = comments.position.astype("string") + (" (" + comments.author + ")").fillna("")
    return dict(zip(zip(comments.doc_id, comments.comment_id, strict=True), names, strict=True))


def name_speakers(rows: pd.DataFrame, numbers: dict[tuple[str, str], str]) -> list[str]:
    """The comment each row stands in, as a page calls it."""
    return [numbers[place] for place in zip(rows.doc_id, rows.comment_id, strict=True)]


def name_addressees(rows: pd.DataFrame, kind: str, actors: dict[str, str], numbers: dict) -> list[str]:
    """Whom each row is about, as a page calls it; `kind` is the column that says of what kind he is."""
    named = []
    for doc_id, whom, name in zip(rows.doc_id, rows[kind], rows["name"], strict=True):
        if pd.isna(name):
            named.append("–" if pd.isna(whom) else WHOM.get(whom, whom))
        else:
            comment = f"comment {numbers.get((doc_id, name), name)}"
            named.append(comment if whom == "comment" else actors.get(name, name))
    return named


def find_edges(analysis: Analysis) -> pd.DataFrame:
    """Every side a comment takes toward someone, one row per comment and addressee, with the sentence behind it.

    Columns of sentences, `commenter` and `addressee` as a page calls them, whom, label (against or favor), note, and
    target_start and target_end (where the addressee stands). Where a comment takes a side in several sentences, the
    one the model is surest of; set phrases first.
    """

    def find(part: Analysis) -> pd.DataFrame:
        sided, numbers = part.addressees[part.addressees.label.isin(list(COLORS))], number_comments(part.comments)
        sure = sided[["p_against", "p_favor"]].max(axis=1).where(sided.phrase.isna(), 1.0)
        sided = sided.assign(sure=sure).sort_values("sure", ascending=False, kind="stable").drop_duplicates(
            ["doc_id", "comment_id", "whom", "name"]).sort_values([*SENTENCE, "start"], kind="stable")
        table = sided.rename(columns={"start": "target_start", "end": "target_end"}).assign(
            addressee=name_addressees(sided, "whom", part.actors.labels, numbers),
            commenter=name_speakers(sided, numbers)).astype({"addressee": "string", "commenter": "string"})
        verb = table.label.map({"against": " against ", "favor": " for "}).astype("string")
        table = table.assign(note="comment " + table.commenter + verb + table.addressee)
        return table.merge(part.sentences[[*SENTENCE, "role", "start", "end", "text"]], on=SENTENCE)

    return gather(analysis, find)


def plot_replies(edges: pd.DataFrame):
    """Who speaks against and for whom: comments on the left, addressees on the right, an arrow for each side taken."""
    if edges.empty:
        return say_nothing("No comment takes a side toward anyone.")
    graph = nx.DiGraph()
    for row in edges.itertuples():   # an article or a "you" is another one on each page, a named person is not
        page = "" if row.whom in ("person", "actor") else row.doc_id
        graph.add_edge((0, row.doc_id, row.commenter), (1, page, row.addressee), label=row.label)
    sides = [[node for node in graph if node[0] == side] for side in (0, 1)]
    tallest = max(map(len, sides))
    ax = new_axes(0.36 * tallest + 0.3)
    place = {node: (node[0], tallest * (n + 0.5) / len(nodes)) for nodes in sides for n, node in enumerate(nodes)}
    for label, color in COLORS.items():
        chosen = [(a, b) for a, b, found in graph.edges(data="label") if found == label]
        nx.draw_networkx_edges(graph, place, edgelist=chosen, edge_color=color, ax=ax, arrowsize=11, node_size=40,
                               width=1.4, style="solid" if label == "against" else "dashed")
    nx.draw_networkx_nodes(graph, place, node_size=22, node_color=INK, ax=ax)
    for (side, _, name), (x, y) in place.items():
        ax.annotate(name, (x, y), xytext=(8 if side else -8, 0), textcoords="offset points", va="center",
                    ha="left" if side else "right", fontsize=9, color=MUTED if side else INK)
    ax.set(xlim=(-0.75, 1.75), ylim=(tallest, 0))
    ax.set_axis_off()
    return ax


def list_contested(analysis: Analysis, labels: dict[str, str], show_words: bool) -> pd.DataFrame:
    """Contested words of comments: comment, word (only if asked for), meaning, dispute, use, against whom."""
    found, numbers, entries = analysis.contested, number_comments(analysis.comments), analysis.actors.contested
    table = pd.DataFrame({
        "page": found.doc_id.map(labels), "comment": name_speakers(found, numbers), "word": found.expression,
        "means": found.gloss, "dispute": found.word.map(lambda word: entries[word]["dispute"]).astype("string"),
        "used or mentioned": found.use,
        "against": name_addressees(found, "against", analysis.actors.labels, numbers),
        "@": at(found.doc_id, found.comment_id)})
    return table if show_words else table.drop(columns="word")


def list_sources(analysis: Analysis) -> pd.DataFrame:
    """Where the meaning of each contested word found is printed: meaning, source (null where none is known)."""
    words, entries = analysis.contested.drop_duplicates("word"), analysis.actors.contested
    sources = pd.array([entries[word]["source"] for word in words.word], dtype="string")
    return pd.DataFrame({"means": words.gloss.to_numpy(), "source": sources})


def list_sides(analysis: Analysis, labels: dict[str, str]) -> pd.DataFrame:
    """Comments that name a target, beside the article: comment, target, mean scores of both, and whether it sides."""
    table = analysis.sides[analysis.sides.side != "unrelated"]
    return pd.DataFrame({
        "page": table.doc_id.map(labels), "comment": name_speakers(table, number_comments(analysis.comments)),
        "target": table.target.map(analysis.actors.labels), "article's author": table.author,
        "comment's score": table.commenter, "the comment": table.side, "@": at(table.doc_id, table.comment_id)})


def list_facts(comments: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """What there is to count in comments, page by page: words, times, repeats, promotion, odd words."""
    grouped, odd = comments.groupby("doc_id"), comments.unknown_words.fillna(0) >= 0.3
    words = grouped.n_words.agg(["min", "median", "max"]).astype(int).astype("string")
    table = pd.DataFrame({
        "comments": grouped.size(), "anonymous": grouped.anonymous.sum(),
        "words (median)": words["min"] + " to " + words["max"] + " (" + words["median"] + ")",
        "with time of day": grouped.time.count(), "repeats": grouped.repeat_of.count(),
        "advertise": grouped.promotion.count(), "not plain English": odd.groupby(comments.doc_id).sum()})
    table = table.reindex([doc_id for doc_id in labels if doc_id in table.index])
    rows = pd.DataFrame({"page": table.index.map(labels)}).join(table.reset_index(drop=True))
    return rows.assign(**{"@": at(table.index)})
