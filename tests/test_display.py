import pandas as pd

from helpers.display import list_findings, mark_up, show_comments, show_evidence, show_figure, show_table, signed

HOSTILE = "<img src=x onerror=alert(1)>\"'</script>]]>"


def test_text_from_pages_is_escaped_everywhere():
    row = {
        "doc_id": "a",
        "role": "body",
        "start": 0,
        "end": len(HOSTILE),
        "text": HOSTILE,
        "label": HOSTILE,
        "note": HOSTILE,
    }
    comment = {
        "doc_id": "a",
        "position": 1,
        "author": HOSTILE,
        "date": None,
        "reply_to": HOSTILE,
        "title": HOSTILE,
        "text": HOSTILE,
    }
    pages = [
        show_table(pd.DataFrame({HOSTILE: [HOSTILE]}), HOSTILE),
        show_evidence(pd.DataFrame([row]), {"a": HOSTILE}),
        show_comments(pd.DataFrame([comment])),
    ]
    for page in pages:
        assert "<img" not in page.data and "</script" not in page.data and "&lt;img" in page.data


def test_marks_keep_the_text_and_skip_what_lies_outside():
    assert mark_up("a < b", 10, [(14, 15, "target"), (3, 4, "holder")]) == 'a &lt; <mark class="target">b</mark>'


def test_numbers_and_nulls():
    assert [signed(x) for x in (0.157, -0.13, -0.001, None)] == ["+0.16", "−0.13", "0.00", "–"]
    html = show_table(pd.DataFrame({"x": [1.5, None], "n": [1204, 3], "t": ["a", None]})).data
    assert "1.50" in html and "1,204" in html and html.count("–") == 2


def test_a_figure_has_its_alt_text_and_the_same_bytes_each_time():
    from helpers.matrices import plot_sides

    summary = pd.DataFrame({"holder": ["author"], "n_favor": [2], "n_against": [1], "n_none": [4]})
    first, second = (
        show_figure(plot_sides(summary, {"author": "author"}), "two & one", "caption").data for _ in range(2)
    )
    assert first == second and 'alt="two &amp; one"' in first and "<figcaption>caption" in first


def test_no_rows_are_said():
    assert "No sentence" in show_evidence(pd.DataFrame(), {}).data and "<ul" in list_findings([]).data
