"""Explore: look around in an analysis, in a notebook of one's own; plain functions, and controls around them.

    concordance find_concepts find_stances choose_sentences the_rest keyness      # tables
    plot_dispersion color_concepts count_by_year plot_years plot_keyness          # figures
    show_lines show_stances show_document                                         # pages, in words
    draw_stances write_code read_codes measure_coders                             # judgements of one's own
    browse_lines browse_words browse_stances browse_pages browse_codes            # the same with controls (ipywidgets)
"""

from .browse import browse_lines, browse_pages, browse_stances, browse_words
from .coding import browse_codes, draw_stances, measure_coders, read_codes, write_code
from .dispersion import (
    color_concepts,
    count_by_year,
    plot_dispersion,
    plot_years,
)
from .keywords import choose_sentences, keyness, plot_keyness, the_rest
from .lab import show_document, show_lines, show_stances
from .places import concordance, find_concepts
from .stances import find_stances

__all__ = [
    "browse_codes",
    "browse_lines",
    "browse_pages",
    "browse_stances",
    "browse_words",
    "choose_sentences",
    "color_concepts",
    "concordance",
    "count_by_year",
    "draw_stances",
    "find_concepts",
    "find_stances",
    "keyness",
    "measure_coders",
    "plot_dispersion",
    "plot_keyness",
    "plot_years",
    "read_codes",
    "show_document",
    "show_lines",
    "show_stances",
    "the_rest",
    "write_code",
]
