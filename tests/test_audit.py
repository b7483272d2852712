import helpers
from helpers.audit import add_copies, audit_pages, find_copies, sketch_pages
from helpers.listings import list_audit
from helpers.summaries import label_documents

STORY = " ".join(
    f"On day {n} the ferry to Selm was late by {n * 3} minutes and the harbour office said why." for n in range(30)
)
OTHER = " ".join(
    f"In village {n} the council met {n + 2} times to talk of wells, roads and the price of salt." for n in range(30)
)


def corpus(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Headline of {name}\n\n{text}\n")
    return helpers.load(folder)


def test_a_reprint_with_another_headline_is_a_near_duplicate(tmp_path):
    pages = corpus(tmp_path, a=STORY, b=STORY.replace("day 7 ", "Monday "), c=OTHER, d=OTHER[: len(OTHER) // 3])
    near = find_copies(sketch_pages(pages))
    assert near[["doc_id", "other"]].values.tolist() == [["b", "a"]] and near.shared[0] > 0.9


def test_the_seeds_are_no_copies_of_each_other(analysis):
    assert find_copies(sketch_pages(analysis)).empty and analysis.audit.copy_of.isna().all()


def test_a_page_cut_in_mid_sentence_is_said(tmp_path):
    table = audit_pages(corpus(tmp_path, a=STORY, b=STORY[:-40]))
    assert table.cut.tolist() == [False, True]


def test_the_audit_names_copies_dates_lost_comments_language_and_menus(tmp_path):
    (tmp_path / "a.md").write_text(f"---\ntitle: Ferry late\nsite: Selm Herald\ndate: 2020-03-05\n---\n\n{STORY}\n")
    (tmp_path / "b.md").write_text(f"---\ntitle: Ferry late again\nsite: Coast Post\n---\n\n{STORY}\n")
    (tmp_path / "c.txt").write_text(f"Salt\n\nMarch 3, 2019\n\nMay 4, 2020\n\nBy Ann Lee\n\n{OTHER}\n\n14 comments\n")
    (tmp_path / "d.txt").write_text("Le bac\n\n" + "Le bac du matin est encore arrivé en retard au port de Selm. " * 9)
    pages = helpers.load(tmp_path)
    labels = label_documents(pages.documents)
    audit = add_copies(audit_pages(pages), find_copies(sketch_pages(pages)))
    table = list_audit(audit, pages.documents, labels).set_index("page")
    copy, salt, bac = table.loc["Coast Post"], table.loc[labels["c"]], table.loc[labels["d"]]
    assert copy["copy"].startswith("syndicated from Selm Herald 2020 (")
    assert salt["dates to choose from"] == "2019-03-03 (above the article), 2020-05-04 (above the article)"
    assert salt["comments lost"] == 14 and bac["text"] == "language: fr"
    assert table.loc["Selm Herald 2020"].isna().sum() == 4, "nothing wrong with the first"


def test_a_date_in_the_metadata_counts_before_the_printed_one_and_both_are_told(tmp_path):
    (tmp_path / "a.md").write_text(f"---\ndate: 2020-03-05\n---\nSalt\n\nMay 4, 2021\n\n{OTHER}\n")
    pages = helpers.load(tmp_path)
    assert pages.documents.published[0] == "2020-03-05"
    assert audit_pages(pages).dates[0] == "2020-03-05 (metadata), 2021-05-04 (above the article)"
