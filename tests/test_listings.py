"""Tables and sentences made for readers: the words they use on the seeds."""

from helpers import evidence, findings, listings
from helpers.summaries import label_documents


def test_names_are_listed_and_insults_only_counted(analysis):
    table = listings.list_expressions(listings.count_names(analysis), analysis.actors.labels).set_index("actor")
    names = table["names as printed"]["Vietnam"]
    assert names.startswith("Vietnam ") and "(an insulting name) 1" in names and "yuon" not in names
    assert table.mentions.sum() == len(analysis.mentions)


def test_pages_come_in_time_order_with_every_warning(analysis):
    labels = label_documents(analysis.documents)
    pages = listings.list_documents(analysis.documents, labels)
    assert pages.published.tolist() == sorted(analysis.documents.published)
    warnings = listings.list_warnings(analysis.documents, labels)
    assert "the page declares 12 comments, none found" in warnings.warning.tolist()


def test_threads_are_counted(analysis):
    table = listings.list_threads(analysis.documents, analysis.comments, label_documents(analysis.documents)).set_index(
        "page"
    )
    first = table.loc["Vietnam Democracy 1997"]
    assert (first.found, first["with words"], first.anonymous, first.dated) == (7, 6, 7, 0)


def test_stance_is_listed_all_pages_first_and_few_is_said(analysis):
    labels = label_documents(analysis.documents)
    table = listings.list_stance(analysis.stance_summary, analysis.actors.labels, labels)
    assert table.page.iloc[0] == "all pages" and len(table) == len(analysis.stance_summary)
    sided = table.favor + table.against
    assert table.label[sided >= 5].isin(["favor", "against", "mixed"]).all()
    assert table.label[(sided > 0) & (sided < 5)].str.endswith(" (few)").all()


def test_what_was_set_aside_is_listed_whole(analysis):
    aside = evidence.set_aside(analysis, label_documents(analysis.documents))
    assert "Join the GlobalSecurity.org mailing list" in aside.text.tolist() and "furniture" in aside.role.tolist()


def test_evidence_stands_at_both_ends_and_says_why(analysis):
    ends = evidence.tone_ends(analysis, "vader_masked", each=3)
    assert len(ends) == 6 and ends.score.is_monotonic_increasing and ends.note.str.contains("[+−]").all()
    sided = evidence.holder_ends(analysis, "China", each=2)
    assert set(sided.label) == {"against", "favor"} and sided.note.str.contains("→ China").all()
    moved = evidence.name_effects(analysis, each=1)
    assert "United +1.8" in moved.note.iloc[0]


def test_findings_are_computed(analysis, tmp_path):
    labels = label_documents(analysis.documents)
    summary = analysis.sentiment_summary
    tone = summary[(summary.part == "article") & summary.doc_id.notna()]
    assert "<b>5 pages</b>, dated 1997 to 2018" in findings.of_corpus(analysis)
    assert "says it has 12; the page as saved holds none" in findings.of_comments(analysis, labels)
    assert "darkens 5 and brightens 0 of 5 pages" in findings.of_names(tone, labels)
    gold = tmp_path / "gold.csv"
    gold.write_text("doc,start,end,target,holder,polarity\nelsewhere,0,10,China,author,1\n")
    assert "No hand-coded sentences of this corpus" in findings.of_trust(analysis, str(gold))
    row = analysis.sentences.iloc[5]
    gold.write_text(f"doc,start,end,target,holder,polarity\n{row.doc_id},{row.start},{row.end},China,author,1\n")
    assert "of the 1 attitude toward China that the coders found" in findings.of_trust(analysis, str(gold), "China")
