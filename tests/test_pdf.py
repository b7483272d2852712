"""All reports as one PDF: chapters with their own ids, links that stay inside, a clear line where a part is missing."""

import re
import sys
import zlib
from pathlib import Path

import pytest

from helpers import exports
from helpers.reports import plan_pages
from helpers.tables import RunError

HTML = """<header><nav></nav></header><main id="main"><h1 id="top">A</h1>
<a class="at" id="e1" href="read/a.html#s3">there</a> <a href="index.html">home</a> <a href="#top">up</a>
<a href="stance-china.html#holder-China">China</a></main><footer></footer>"""


def test_a_chapter_has_its_own_ids_and_links_stay_in_the_document():
    chapter = exports.make_chapter("stance-china.html", HTML, {"index.html", "stance-china.html"})
    assert chapter.startswith('<section id="stance-china">') and '<h1 id="stance-china-top">' in chapter
    assert '<a href="#index">home</a>' in chapter and '<a href="#stance-china-top">up</a>' in chapter
    assert '<a href="#stance-china-holder-China">China</a>' in chapter
    assert "read/a.html" not in chapter and "there" in chapter


def test_what_is_missing_is_said_in_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(RunError, match="needs WeasyPrint: pip install"):
        exports.load_weasyprint()


@pytest.mark.slow
def test_the_reports_as_one_tagged_pdf(analysis, tmp_path, render):
    try:
        exports.load_weasyprint()
    except RunError as missing:
        pytest.skip(str(missing))
    assert render(analysis, tmp_path, ["China"]) == []
    names = {page.file: page.name for page in plan_pages(analysis.actors, ["China"])}
    file = exports.write_pdf(Path(tmp_path), names, analysis)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file.read_bytes(), re.S)
    inside = b"".join(zlib.decompressobj().decompress(part) for part in streams if part[:1] == b"x")
    assert b"pdfuaid:part" in inside and b"/StructTreeRoot" in inside and b"/Figure" in inside
