"""Exports: notebooks and documents as pages that work offline, and all of them as one PDF; what each page says of how
it was made."""

import base64
import hashlib
import logging
import re
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode

from . import reader
from .links import Use
from .network import load_network
from .pipeline import Analysis
from .styles import TEMPLATE, style_report
from .summaries import label_documents
from .tables import RunError

HIDDEN = {"parameters", "injected-parameters", "hide"}  # tags of cells that are not published
PACKAGES = ("pagestance", "pandas", "nltk", "vaderSentiment", "textblob", "onnxruntime")
READER_TABLES = ["documents", "spans", "sentences", "mentions", "quotes", "stance", "comments"]


@cache
def make_exporter() -> HTMLExporter:
    """nbconvert with the template of this package: no code, no prompts, nothing from the network."""
    exporter = HTMLExporter(template_name="template", extra_template_basedirs=[str(TEMPLATE.parent)],
                            exclude_input=True, exclude_output_prompt=True, exclude_anchor_links=True)
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=HIDDEN), enabled=True)
    return exporter


def read_template(name: str) -> str:
    """A file of the template: a style, the script."""
    return (TEMPLATE / name).read_text("utf-8")


def fingerprint(words: str) -> str:
    """The first twelve digits of a text's SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def describe_run(analysis: Analysis, pages: list, command: str, sheets: set[str]) -> dict:
    """What all pages of a run share: navigation (`pages`), styles, versions and fingerprints, how it was made;
    `sheets` are the tables that have a CSV."""
    documents, actors, model = analysis.documents, analysis.actors, load_network().figures
    files = documents[["path", "sha256"]].astype("string").fillna("").drop_duplicates().sort_values("path")
    script = read_template("tables.js")
    return {
        "pages": pages, "sheets": sheets, "subject": actors.title, "command": command,
        "css": style_report(actors), "script": script,
        "script_hash": "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "versions": {
            "Corpus": f"{len(documents)} documents, fingerprint {fingerprint(files.to_csv(index=False))}",
            "Actors file": f"“{actors.title}”, fingerprint {fingerprint(actors.source)}",
            "Stance model": f"trained {model['date']}, fingerprint {model['sha256']['stance.onnx'][:12]}",
            "Packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        },
    }


def dress(shared: dict, name: str, file: str, tables: list[str], root: str = "") -> dict:
    """What the template needs for one page: what all share, its name and file, how to cite it, its tables."""
    title, corpus = f"{name} · {shared['subject']}", shared["versions"]["Corpus"]
    citation = f"“{title}”, report made with pagestance {version('pagestance')}; corpus of {corpus}."
    own = {"title": title, "name": name, "file": file, "root": root, "tables": tables, "citation": citation}
    return {"page": shared | own}


def export_report(notebook: NotebookNode, resources: dict) -> str:
    """An executed notebook as a page."""
    html, _ = make_exporter().from_notebook_node(notebook, resources=resources)
    return html.rstrip() + "\n"


def export_readers(analysis: Analysis, files: dict[str, str], shown: dict[str, dict[str, list[Use]]],
                   labels: dict[str, str], shared: dict) -> dict[str, str]:
    """The reader page of each document in `files`, as HTML by file."""
    template = make_exporter().environment.get_template("reader.html.j2")
    documents = analysis.documents[analysis.documents.doc_id.isin(list(files))]
    frames, pages = reader.frames_of(analysis, list(files)), {}
    for document in documents.to_dict("records"):
        doc_id, warnings = document["doc_id"], document["warnings"]
        pages[files[doc_id]] = template.render(
            resources=dress(shared, labels[doc_id], f"read/{files[doc_id]}", READER_TABLES, "../"),
            title=labels[doc_id] if pd.isna(document["title"]) else document["title"],
            facts=reader.describe(document),
            warnings=[] if pd.isna(warnings) else warnings.split("; "),
            legend=reader.show_legend(analysis, frames[doc_id]),
            text=reader.show_text(analysis, frames[doc_id], document, shown.get(doc_id, {})),
        )
    return pages


def load_weasyprint():
    """WeasyPrint, which is an optional extra and needs Pango; raises RunError, in one line, where one is missing."""
    try:
        import weasyprint
    except ImportError:
        raise RunError("--pdf needs WeasyPrint: pip install -e '.[pdf]'") from None
    except OSError as error:
        why = str(error).partition("\n")[0][:90]
        raise RunError(f"--pdf needs the system's Pango (Debian: apt-get install libpango-1.0-0): {why}") from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # a font without some sign is no failure
    return weasyprint


def make_chapter(file: str, html: str, files: set[str]) -> str:
    """The body of a report as a chapter of the PDF: its ids and links its own, links out of the reports made words."""
    body = html.partition('<main id="main">')[2].partition("</main>")[0]
    name = Path(file).stem

    def link(match: re.Match) -> str:
        target, _, place = match[2].partition("#")
        if target and target not in files:
            return match[3]
        return f'<a href="#{Path(target or file).stem}{"-" if place else ""}{place}">{match[3]}</a>'

    body = re.sub(r'<a ([^>]*?)href="([^"]*)"[^>]*>(.*?)</a>', link, body, flags=re.S)
    body = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\1"', body)
    return f'<section id="{name}">{body}</section>'


def list_sources(documents: pd.DataFrame) -> str:
    """The documents the reports are about: name, title, file and fingerprint."""
    labels = label_documents(documents)
    rows = documents.set_index("doc_id").loc[list(labels)]
    lines = [f"<li><b>{escape(labels[row.Index])}</b>. {escape(row.title) if pd.notna(row.title) else 'No title'}. "
             f"<code>{escape(row.path)}</code>, SHA-256 <code>{escape(str(row.sha256)[:16])}…</code></li>"
             for row in rows.itertuples()]
    return f'<section id="sources"><h1>Sources</h1><ol class="sources">{"".join(lines)}</ol></section>'


def write_pdf(out: Path, names: dict[str, str], analysis: Analysis) -> Path:
    """Write those reports (names by file) that stand in a folder to `reports.pdf` beside them: PDF/UA-1, tagged."""
    weasyprint = load_weasyprint()
    html = {file: (out / file).read_text("utf-8") for file in names if (out / file).exists()}
    first = next(iter(html.values()))
    entries = [*((Path(file).stem, names[file]) for file in html), ("sources", "Sources")]
    contents = "".join(f'<li><a href="#{stem}">{escape(name)}</a></li>' for stem, name in entries)
    footer = first.partition("<footer>")[2].partition("<p>Tables behind")[0]
    style, subject = style_report(analysis.actors) + read_template("print.css"), escape(analysis.actors.title)
    whole = (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{subject}</title>'
             f'<style>{style}</style></head><body><section class="cover"><h1>{subject}</h1>'
             f'<nav aria-label="Contents"><h2>Contents</h2><ol class="contents">{contents}</ol></nav>'
             f'<div class="colophon">{footer}</div></section>'
             + "".join(make_chapter(file, page, set(html)) for file, page in html.items())
             + list_sources(analysis.documents) + "</body></html>")
    target = out / "reports.pdf"
    local = weasyprint.URLFetcher(allowed_protocols=("data",))  # figures stand in the pages: nothing is fetched
    target.write_bytes(weasyprint.HTML(string=whole, url_fetcher=local).write_pdf(pdf_variant="pdf/ua-1"))
    return target
