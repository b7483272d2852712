"""PDF: all reports as one document, with contents, page and figure numbers, and the sources at its end (optional)."""

import logging
import re
from html import escape
from pathlib import Path

import pandas as pd

from .exports import TEMPLATE
from .reports import Page

STYLE = (TEMPLATE / "print.css").read_text("utf-8")


class PdfError(Exception):
    """No PDF can be made here; the message is one line that says what is missing."""


def load_weasyprint():
    """WeasyPrint, which is an optional extra and needs Pango; raises PdfError, in one line, where one is missing."""
    try:
        import weasyprint
    except ImportError:
        raise PdfError("--pdf needs WeasyPrint: pip install -e '.[pdf]'") from None
    except OSError as error:
        why = str(error).partition("\n")[0][:90]
        raise PdfError(f"--pdf needs the system's Pango (Debian: apt-get install libpango-1.0-0): {why}") from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # a font without some sign is no failure
    return weasyprint


def gather(page: Page, html: str, files: set[str]) -> str:
    """The body of one report as a chapter: its ids and links made its own, links out of the reports made words."""
    body = html[html.index('<main id="main">') + len('<main id="main">') : html.index("</main>")]
    name = Path(page.file).stem

    def link(match: re.Match) -> str:
        file, _, place = match[2].partition("#")
        if file and file not in files:
            return match[3]
        chapter = Path(file or page.file).stem
        return f'<a href="#{chapter}{"-" if place else ""}{place}">{match[3]}</a>'

    body = re.sub(r'<a ([^>]*?)href="([^"]*)"[^>]*>(.*?)</a>', link, body, flags=re.S)
    body = re.sub(r'\bid="([^"]*)"', lambda match: f'id="{name}-{match[1]}"', body)
    return f'<section id="{name}">{body}</section>'


def list_sources(documents: pd.DataFrame, labels: dict[str, str]) -> str:
    """The documents the reports are about: name, title, file and fingerprint."""
    rows = documents.set_index("doc_id").loc[list(labels)]
    lines = [
        f"<li><b>{escape(labels[row.Index])}</b>. {escape(row.title) if pd.notna(row.title) else 'No title'}. "
        f"<code>{escape(row.path)}</code>, SHA-256 <code>{escape(str(row.sha256)[:16])}…</code></li>"
        for row in rows.itertuples()
    ]
    return f'<section id="sources"><h1>Sources</h1><ol class="sources">{"".join(lines)}</ol></section>'


def write_pdf(out: Path, pages: list[Page], subject: str, documents: pd.DataFrame, labels: dict[str, str]) -> Path:
    """Write the reports that stand in a folder to `reports.pdf` beside them (PDF/UA-1, tagged), and return its path."""
    weasyprint = load_weasyprint()
    made = [page for page in pages if (out / page.file).exists()]
    files = {page.file for page in made}
    html = {page.file: (out / page.file).read_text("utf-8") for page in made}
    colors = re.search(r"(\.actor-.*?)</style>", html[made[0].file], re.S)
    entries = [(Path(page.file).stem, page.name) for page in made] + [("sources", "Sources")]
    contents = "".join(f'<li><a href="#{stem}">{escape(name)}</a></li>' for stem, name in entries)
    footer = html[made[0].file].partition("<footer>")[2].partition("<p>Tables behind")[0]
    whole = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        f"<style>{(TEMPLATE / 'style.css').read_text('utf-8')}{colors[1] if colors else ''}{STYLE}</style></head><body>"
        f'<section class="cover"><h1>{escape(subject)}</h1><nav aria-label="Contents"><h2>Contents</h2>'
        f'<ol class="contents">{contents}</ol></nav><div class="colophon">{footer}</div></section>'
        + "".join(gather(page, html[page.file], files) for page in made)
        + list_sources(documents, labels)
        + "</body></html>"
    )
    target = out / "reports.pdf"
    local = weasyprint.URLFetcher(allowed_protocols=("data",))  # figures stand in the pages: nothing is fetched
    target.write_bytes(weasyprint.HTML(string=whole, url_fetcher=local).write_pdf(pdf_variant="pdf/ua-1"))
    return target
