"""Styles: the style sheet of reports, and of notebooks while one works in them."""
from pathlib import Path

from IPython.display import HTML

from .actorsfile import Actors
from .display import actor_class

TEMPLATE = Path(__file__).parent / "template"


def style_report(actors: Actors) -> str:
    """The style sheet of a report, with the actors' colours."""
    colors = (f".{actor_class(actor)} {{ --actor: {color}; }}" for actor, color in actors.colors.items())
    return (TEMPLATE / "style.css").read_text("utf-8") + "\n".join(colors)


def use_style(actors: Actors) -> HTML:
    """The same for the outputs of a notebook in JupyterLab; dark where Lab is."""
    css = style_report(actors).replace("@media (prefers-color-scheme: dark)", 'body[data-jp-theme-light="false"] &')
    own = "figure { margin: 1rem 0; } a.at:link { text-decoration: underline; }"   # where Lab has ideas of its own
    return HTML(f"<style>.jp-OutputArea-output {{ {css.replace(':root', '&')} {own} }}</style>")
