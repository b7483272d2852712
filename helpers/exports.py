"""Exports: what every page of a report has: its frame, how to cite it, and what it was made with."""

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode

from . import reader
from .display import actor_class
from .links import Use
from .network import load_network
from .pipeline import Analysis

TEMPLATE = Path(__file__).parent / "template"
HIDDEN = {"parameters", "injected-parameters", "hide"}  # tags of cells that are not published
PACKAGES = ("pandas", "nltk", "vaderSentiment", "textblob", "onnxruntime")
READER_TABLES = ["documents", "spans", "sentences", "mentions", "quotes", "stance", "comments"]


@cache
def make_exporter() -> HTMLExporter:
    """nbconvert with the template of this package: no code, no prompts, nothing from the network."""
    exporter = HTMLExporter(
        template_name="template",
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=HIDDEN), enabled=True)
    return exporter


def fingerprint(words: str) -> str:
    """The first twelve digits of a text's SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def describe_run(analysis: Analysis, pages: list[dict], command: str, sheets: set[str]) -> dict:
    """What all pages of a run share: navigation, styles, versions and fingerprints, how it was made; `sheets` are the
    tables that have a CSV."""
    documents = analysis.documents
    script = (TEMPLATE / "tables.js").read_text("utf-8")
    colors = "\n".join(
        f".{actor_class(actor)} {{ --actor: {color}; }}" for actor, color in analysis.actors.colors.items()
    )
    files = documents[["path", "sha256"]].astype("string").fillna("").drop_duplicates().sort_values("path")
    model = load_network().figures
    return {
        "pages": pages,
        "sheets": sheets,
        "subject": analysis.actors.title,
        "command": command,
        "css": (TEMPLATE / "style.css").read_text("utf-8") + colors,
        "script": script,
        "script_hash": "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "versions": {
            "Corpus": f"{len(documents)} documents, fingerprint {fingerprint(files.to_csv(index=False))}",
            "Actors file": f"“{analysis.actors.title}”, fingerprint {fingerprint(analysis.actors.source)}",
            "Stance model": f"trained {model['date']}, fingerprint {model['sha256']['stance.onnx'][:12]}",
            "Packages": ", ".join(f"{name} {version(name)}" for name in ("pagestance", *PACKAGES)),
        },
    }


def dress(shared: dict, name: str, file: str, tables: list[str], root: str = "") -> dict:
    """What the template needs for one page: what all share, its name and file, how to cite it, its tables."""
    title = f"{name} · {shared['subject']}"
    corpus = shared["versions"]["Corpus"]
    citation = f"“{title}”, report made with pagestance {version('pagestance')}; corpus of {corpus}."
    return {"page": shared | {"title": title, "name": name, "file": file, "root": root, "tables": tables,
                              "citation": citation}}  # fmt: skip


def export_report(notebook: NotebookNode, resources: dict) -> str:
    """An executed notebook as a page."""
    html, _ = make_exporter().from_notebook_node(notebook, resources=resources)
    return html.rstrip() + "\n"


def export_readers(
    analysis: Analysis,
    files: dict[str, str],
    shown: dict[str, dict[str, list[Use]]],
    labels: dict[str, str],
    shared: dict,
) -> dict[str, str]:
    """The reader page of each document in `files`, as HTML by file."""
    template = make_exporter().environment.get_template("reader.html.j2")
    documents = analysis.documents[analysis.documents.doc_id.isin(list(files))]
    frames, pages = reader.frames_of(analysis, list(files)), {}
    for document in documents.to_dict("records"):
        doc_id = document["doc_id"]
        warnings = document["warnings"]
        pages[files[doc_id]] = template.render(
            resources=dress(shared, labels[doc_id], f"read/{files[doc_id]}", READER_TABLES, "../"),
            title=labels[doc_id] if pd.isna(document["title"]) else document["title"],
            facts=reader.describe(document),
            warnings=[] if pd.isna(warnings) else warnings.split("; "),
            legend=reader.show_legend(analysis, frames[doc_id]),
            text=reader.show_text(analysis, frames[doc_id], document, shown.get(doc_id, {})),
        )
    return pages
