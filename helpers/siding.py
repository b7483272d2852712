"""Siding: where each comment stands toward each target, beside where the article's author stands."""

import pandas as pd

from .tables import as_table, read_data


def name_side(author: float | None, commenter: float | None) -> str:
    """sides, opposes, or unclear, from the mean scores of the article's author and of a comment toward one target.

    Unclear, which is the default, unless both are as far from zero as data/replies.yaml asks.

    >>> name_side(-0.6, -0.8), name_side(0.7, -0.8), name_side(0.1, -0.8), name_side(None, -0.8)
    ('sides', 'opposes', 'unclear', 'unclear')
    """
    least = read_data("replies.yaml")["least"]
    if pd.isna(author) or pd.isna(commenter) or abs(author) < least["author"] or abs(commenter) < least["commenter"]:
        return "unclear"
    return "sides" if (author > 0) == (commenter > 0) else "opposes"


def find_sides(comments: pd.DataFrame, stance: pd.DataFrame, targets: tuple[str, ...]) -> pd.DataFrame:
    """Whether each comment with words sides with the article, target by target.

    One row per comment and target: `author` and `commenter`, their mean scores toward it (-1 to 1, null where nothing
    is scored), and `side`: unrelated (the comment does not name the target), sides, opposes or unclear (`name_side`).
    """
    said = stance[stance.holder == "commenter"].groupby(["doc_id", "comment_id", "target"]).score.mean()
    known = stance[(stance.holder == "author") & stance.label.notna()]
    held = known.groupby(["doc_id", "target"]).score.mean()
    pairs = comments.loc[comments.text != "", ["doc_id", "comment_id"]].merge(
        pd.DataFrame({"target": targets}), how="cross"
    )
    pairs = pairs.join(held.rename("author"), on=["doc_id", "target"])
    pairs = pairs.join(said.rename("commenter"), on=["doc_id", "comment_id", "target"])
    named = pd.MultiIndex.from_frame(pairs[["doc_id", "comment_id", "target"]]).isin(said.index)
    sides = [
        name_side(author, commenter) if spoken else "unrelated"
        for author, commenter, spoken in zip(pairs.author, pairs.commenter, named, strict=True)
    ]
    return as_table("sides", pairs.assign(side=sides))
