from pathlib import Path

import pytest
from replies import read_coded

import helpers
from helpers import alts, display, evidence, replies, summaries
from helpers.addressees import find_phrase
from helpers.commentfacts import name_side, read_clock, share_unknown
from helpers.contested import tell_against, tell_use
from helpers.patterns import find_listed

ROOT = Path(__file__).parent.parent
PAGE = """Hanoi and us

By Dara Keo

Hanoi has always taken our land one metre at a time, and it lies to us about every post on the border.
Vietnam must leave Svay Rieng.

4 comments:

Ann Lee said...
I agree with Dara Keo. Great article!
May 3, 2010 at 4:01 PM

Bopha said...
@Ann Lee you are a liar. yuon go home!
May 3, 2010 at 5:01 PM

Anonymous said...
Vietnam steals our land and laughs at us. Hun Sen has sold this country to fill his own pocket.
May 3, 2010 at 6:30 PM

Anonymous said...
The word "yuon" is old. Shame on hun sen who sold everything! <script>alert(1)</script>
May 4, 2010 at 12:05 AM
"""


@pytest.fixture(scope="module")
def page_analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "a.txt").write_text(PAGE, "utf-8")
    return helpers.analyze(helpers.load(folder))


def test_whom_a_comment_speaks_of(page_analysis):
    rows = page_analysis.addressees.merge(page_analysis.documents[["doc_id", "text"]], on="doc_id")
    said = {(row.comment_id, row.whom, row.called if isinstance(row.called, str) else None): row.label
            for row in rows.rename(columns={"name": "called"}).itertuples()}  # fmt: skip
    assert said["c1", "author", None] == "favor" and said["c1", "article", None] == "favor"
    assert said["c2", "comment", "c1"] == "against"
    assert said["c3", "actor", "Vietnam"] == "against"
    assert said["c4", "actor", "Cambodia_gov"] == "against"  # in lower case, as readers write
    assert all(text[s:e] == words for text, s, e, words in rows[["text", "start", "end", "expression"]].values)


def test_contested_words_are_used_or_mentioned(page_analysis):
    found = page_analysis.contested
    assert found[["comment_id", "use", "against", "name"]].values.tolist() == [
        ["c2", "use", "people", "Vietnam"],
        ["c4", "mention", "people", "Vietnam"],
    ]


@pytest.mark.parametrize(
    "text, word, use, against",
    [
        ("The yuon regime lies.", "yuon", "use", "government"),
        ("Ann Lee is a yuon slave.", "yuon", "use", "person"),
        ("Ah chker Ann Lee!", "Ah chker", "use", "person"),
        ("They shout yuon at my mother.", "yuon", "mention", "people"),
        ("Yuon (a word I never use) is old.", "Yuon", "mention", "people"),
        ("you are ah chkuot", "ah chkuot", "use", None),
        ("Ah kwack sold the forest.", "Ah kwack", "use", "government"),
    ],
)
def test_use_and_aim_of_a_contested_word(text, word, use, against):
    actors = helpers.load_actors()
    start, end = text.index(word), text.index(word) + len(word)
    assert find_listed(text, actors.contested) == [(start, end, word.lower())]
    near = [(text.index("Ann Lee"), text.index("Ann Lee") + 7, "person", "Ann Lee")] if "Ann Lee" in text else []
    assert tell_use(text, start, end, []) == use
    assert tell_against(text, start, end, actors.contested[word.lower()], near)[0] == against


def test_letters_that_are_equal_only_in_any_case_are_read_as_the_word_that_is_listed():
    contested = helpers.load_actors().contested
    assert [word for _, _, word in find_listed("Ch\u0131nk and youn\u017f", contested)] == ["chink", "youns"]


def test_siding_abstains_by_default(page_analysis):
    sides = page_analysis.sides.set_index(["comment_id", "target"]).side
    assert sides["c3", "Vietnam"] == "sides" and sides["c3", "China"] == "unrelated"
    assert name_side(-0.1, -0.9) == name_side(-0.9, -0.1) == name_side(float("nan"), 0.9) == "unclear"
    assert set(page_analysis.sides.comment_id) == {"c1", "c2", "c3", "c4"}


def test_repeats_times_and_promotion(page_analysis):
    comments = page_analysis.comments
    assert comments.time.tolist() == ["16:01", "17:01", "18:30", "00:05"]
    assert read_clock("12:05 AM") == "00:05" and read_clock("25:99") is None and read_clock("1997") is None
    spam = comments.assign(text="Check out our website www.cheap.example for replica bags")
    assert (
        helpers.commentfacts.describe_comments(spam, page_analysis.spans, page_analysis.documents)
        .promotion.notna()
        .all()
    )
    assert comments.promotion.isna().all() and comments.repeat_of.isna().all()
    same = comments.assign(text="hun sen, step down now!")
    repeated = helpers.commentfacts.describe_comments(same, page_analysis.spans, page_analysis.documents).repeat_of
    assert repeated.fillna("").tolist() == ["", "c1", "c1", "c1"]
    assert share_unknown("ah chker nak na thork teap khnhom srolanh") > 0.5 and share_unknown("ok ok") is None


def test_the_graph_says_what_the_table_says(page_analysis):
    edges = replies.find_edges(page_analysis)
    assert "comment 2 (Bopha) against comment 1 (Ann Lee)" in edges.note.tolist()
    axes = replies.plot_replies(edges)
    names = {text.get_text() for text in axes.texts}
    assert names == set(edges.commenter) | set(edges.addressee)
    assert alts.of_replies(edges).count(";") == len(edges) - 1
    assert replies.plot_replies(edges.head(0)).texts[0].get_text().startswith("No comment")


def test_insulting_words_are_shown_only_where_asked(page_analysis):
    labels = summaries.label_documents(page_analysis.documents)
    assert "word" not in replies.list_contested(page_analysis, labels, False)
    assert replies.list_contested(page_analysis, labels, True).word.tolist() == ["yuon", "yuon"]
    closed = display.show_comments(evidence.fold_rude(page_analysis.comments, page_analysis)).data
    assert closed.count("<details") == 2 and "<script>" not in closed and "&lt;script&gt;" in closed
    assert "<details" not in display.show_comments(evidence.fold_rude(page_analysis.comments, page_analysis, True)).data


def test_coded_threads_are_read_and_measured():
    corpus, codes = read_coded(ROOT / "gold" / "replies" / "known.yaml")
    text = dict(corpus.documents[["doc_id", "text"]].values)
    assert all(text[row.doc_id][row.start : row.end] == row.text for row in corpus.comments.itertuples())
    assert all(entry["words"] in code["text"] for code in codes for entry in code["about"] + code["insults"])


def test_no_comments_give_empty_tables(tmp_path):
    (tmp_path / "a.txt").write_text("A title\n\nHanoi said nothing about the matter on Monday.\n", "utf-8")
    tables = helpers.analyze(helpers.load(tmp_path))
    for name in ("addressees", "contested", "sides"):
        assert getattr(tables, name).empty
    edges = evidence.fold_rude(replies.find_edges(tables), tables)
    assert edges.empty and replies.plot_replies(edges) and "No sentence" in display.show_evidence(edges, {}).data
    labels = summaries.label_documents(tables.documents)
    for table in (replies.list_contested(tables, labels, True), replies.list_sides(tables, labels)):
        assert table.empty
    assert replies.list_facts(tables.comments, labels).empty and replies.list_sources(tables).empty


@pytest.mark.parametrize(
    "text, it, side",
    [
        ("I totally agree with the comment.", "the comment", "favor"),
        ("I disagree with the author here.", "the author", "against"),
        ("HUN SEN STEP DOWN!!!", "HUN SEN", "against"),
        ("Thank you for this article.", "article", "favor"),
        ("A one sided story", "story", "against"),
        ("I met the author in May.", "the author", None),
    ],
)
def test_set_phrases(text, it, side):
    found = find_phrase(text, text.index(it), text.index(it) + len(it))
    assert (found[0] if found else None) == side
