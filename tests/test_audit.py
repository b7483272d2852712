import helpers
from helpers.audit import drop_copies, find_damage, find_near_duplicates

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
    near = find_near_duplicates(pages.spans, pages.documents)
    assert near[["doc_id", "other"]].values.tolist() == [["b", "a"]] and near.shared[0] > 0.9
    assert drop_copies(pages).documents.doc_id.tolist() == ["a", "c", "d"]
    assert set(drop_copies(pages).sentences.doc_id) == {"a", "c", "d"}


def test_the_seeds_are_no_copies_of_each_other(analysis):
    assert find_near_duplicates(analysis.spans, analysis.documents).empty


def test_a_page_cut_in_mid_sentence_is_said(tmp_path):
    pages = corpus(tmp_path, a=STORY, b=STORY[:-40])
    assert find_damage(pages.documents, pages.spans).values.tolist() == [
        ["b", "the article ends in mid-sentence: perhaps cut"]
    ]
