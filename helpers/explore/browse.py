"""Browse: controls around the explorer's functions (ipywidgets); each only calls what one can call oneself.

What is shown is made anew whenever a control is moved; what cannot be done is said in its place.
"""

from collections.abc import Callable

import ipywidgets as widgets
from IPython.display import HTML
from IPython.display import display as put

from .. import alts, display
from ..listings import VOICES
from ..pipeline import Analysis
from ..stored import Stored
from ..summaries import ARTICLE, choose_pages, label_documents
from .keywords import choose_sentences, keyness, plot_keyness, the_rest
from .lab import LAYERS, show_document, show_lines, show_stances
from .places import concordance
from .stances import SIDES, find_stances

MOST = 400  # pages in a menu
WIDE = {"description_width": "initial"}


def arrange(controls: dict[str, widgets.Widget], make: Callable[..., HTML]) -> widgets.VBox:
    """Controls in a row, and below them what `make` gives for their values, or why it gives nothing."""

    def show(**values: object) -> None:
        try:
            put(make(**values))
        except ValueError as error:
            put(display.warn(display.escape(str(error))))

    row = widgets.HBox(list(controls.values()), layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
    return widgets.VBox([row, widgets.interactive_output(show, controls)])


def menu(label: str, options: dict[str, object]) -> widgets.Dropdown:
    """A menu of named values, the first one chosen: said with `index`, or one that is None may start out blank."""
    return widgets.Dropdown(description=label, options=list(options.items()), index=0, style=WIDE)


def slider(label: str, value: float, low: float, high: float, step: float) -> widgets.FloatSlider:
    """A slider that speaks when it is let go."""
    return widgets.FloatSlider(
        value,
        min=low,
        max=high,
        step=step,
        description=label,
        style=WIDE,
        continuous_update=False,
        readout_format=".2f" if step < 1 else ".0f",
    )


def browse_lines(analysis: Analysis | Stored, what: str = "", reports: str | None = None) -> widgets.VBox:
    """A concordance with controls: type a word, a pattern or an actor; sort by the words to the left or the right."""

    def make(what: str, sort: str | None, around: float) -> HTML:
        return show_lines(concordance(analysis, what, sort, int(around)), analysis, reports)

    return arrange(
        {
            "what": widgets.Text(what, description="look for", continuous_update=False, style=WIDE),
            "sort": menu("sorted by", {"page": None, "words to the left": "left", "to the right": "right"}),
            "around": slider("characters", 60, 20, 160, 10),
        },
        make,
    )


def browse_stances(analysis: Analysis | Stored, reports: str | None = None) -> widgets.VBox:
    """Who stands how toward whom: choose holder, target, side and how sure the model must be, and read."""
    names = VOICES | analysis.actors.labels
    targets = {names[target]: target for target in analysis.actors.targets}

    def make(holder: str | None, target: str | None, sides: tuple[str, ...], least: float) -> HTML:
        return show_stances(find_stances(analysis, holder, target, sides, least), analysis, reports)

    return arrange(
        {
            "holder": menu("holder", {"anyone": None} | {label: name for name, label in names.items()}),
            "target": menu("toward", {"anyone": None} | targets),
            "sides": menu("side", {"for or against": SIDES, "against": SIDES[:1], "in favor": SIDES[1:]}),
            "least": slider("sure at least", 0.5, 0, 1, 0.05),
        },
        make,
    )


def name_pages(analysis: Analysis | Stored) -> dict[str, str]:
    """The pages a menu offers; of very many those with most sentences that take a side."""
    return choose_pages(label_documents(analysis.documents), analysis.stance_summary, MOST)


def list_sets(analysis: Analysis | Stored) -> dict[str, dict]:
    """Sets of sentences by name, as arguments of `choose_sentences`: comments, articles, years, holders, pages."""
    labels, years = name_pages(analysis), analysis.documents.published.dropna().str.slice(0, 4)
    held = analysis.stance_summary[analysis.stance_summary.doc_id.isna()].holder.unique()
    return (
        ({"comments": {"roles": ["comment"]}} if analysis.documents.n_comments.any() else {})
        | {"articles": {"roles": ARTICLE}}
        | {f"the year {year}": {"years": [year]} for year in sorted(years.unique())}
        | {f"where {(VOICES | analysis.actors.labels)[holder]} takes sides": {"holder": holder} for holder in held}
        | {label: {"documents": [doc_id]} for doc_id, label in labels.items()}
    )


def browse_words(analysis: Analysis | Stored) -> widgets.VBox:
    """Keyness with controls: which words one set of sentences has more often than another, or than all the rest."""
    sets = list_sets(analysis)

    def make(first: str, second: str | None) -> HTML:
        chosen = choose_sentences(analysis, **sets[first])
        other = choose_sentences(analysis, **sets[second]) if second else the_rest(analysis, chosen)
        table = keyness(chosen, other, (first, second or "all the rest"))
        caption = f"Key words of {table.attrs['compared']}; beside a bar, how often in either."
        return display.show_figure(plot_keyness(table), alts.of_keyness(table), caption)

    return arrange(
        {
            "first": menu("words of", {name: name for name in sets}),
            "second": menu("beside", {"all the rest": None} | {name: name for name in sets}),
        },
        make,
    )


def browse_pages(analysis: Analysis | Stored) -> widgets.VBox:
    """A page as it was, with layers to switch on and off: names, quotations, positions, comments, menus."""
    layers = {
        layer: widgets.Checkbox(True, description=name, indent=False, layout=widgets.Layout(width="auto"))
        for layer, name in LAYERS.items()
    }
    pages = {label: doc_id for doc_id, label in name_pages(analysis).items()}

    def make(doc_id: str, **layers: bool) -> HTML:
        return show_document(analysis, doc_id, [layer for layer, is_on in layers.items() if is_on])

    return arrange({"doc_id": menu("page", pages)} | layers, make)
