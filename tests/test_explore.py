"""The explorer: lines that can be cited, words that tell sets apart, stances and pages as asked for."""

import math
import re

import pandas as pd
import pytest

from helpers import alts, explore
from helpers.explore.places import add_context, compile_words
from helpers.measures import read_gold
from helpers.validation import judge_rows, match_triples, measure_triples


def texts_of(analysis):
    return dict(zip(analysis.documents.doc_id, analysis.documents.text, strict=True))


class TestConcordance:
    @pytest.mark.parametrize(
        ("typed", "text", "found"),
        [
            ("war", "The war, the wars and the wary of WAR", ["war", "WAR"]),
            ("invest*", "Investors invest; disinvestment", ["Investors", "invest"]),
            ("mended  fences", "They mended\nfences.", ["mended\nfences"]),
            ("Vietnam's", "Vietnam’s and Vietnam's", ["Vietnam’s", "Vietnam's"]),
            ("war|peace", "warlike peace at war", ["peace", "war"]),
            ("US$", "US aid of US$4 million", ["US$"]),
            ("U.S.|trade*", "the U.S. trades, uses, strategy", ["U.S.", "trades"]),
            (r"\bu[ns]e\b", "use the UNE, unseen", ["use", "UNE"]),
            ("anti-Vietnamese", "anti-Vietnamese talk", ["anti-Vietnamese"]),
        ],
    )
    def test_words_are_whole_and_patterns_are_patterns(self, typed, text, found):
        assert [match[0] for match in compile_words(typed).finditer(text)] == found

    def test_every_line_is_a_place_in_its_document(self, analysis):
        texts, lines = texts_of(analysis), explore.concordance(analysis, "border*")
        assert len(lines) > 10
        for line in lines.itertuples():
            words = texts[line.doc_id][line.start : line.end]
            assert re.fullmatch("border.*", words, re.I | re.S) and " ".join(words.split()) == line.keyword

    def test_the_words_around_are_the_words_around(self, analysis):
        texts = texts_of(analysis)
        for row in add_context(explore.concordance(analysis, "aid"), analysis, 80).itertuples():
            text = texts[row.doc_id]
            assert text[: row.start].endswith(row.before) and text[row.end :].startswith(row.after)
            assert not re.search(r"\w$", text[: row.start - len(row.before)]) or not re.match(r"\w", row.before)

    def test_a_line_keeps_to_its_paragraph(self, analysis):
        near = add_context(analysis.sentences.head(200), analysis, 10_000)
        spans = analysis.spans.set_index("doc_id")
        for row in near.itertuples():
            inside = spans.loc[row.doc_id]
            assert ((inside.start <= row.start - len(row.before)) & (row.end + len(row.after) <= inside.end)).any()

    def test_an_actor_is_found_under_all_his_names(self, analysis):
        lines = explore.concordance(analysis, "Cambodia_opposition")
        assert {"Sam Rainsy", "CNRP"} <= set(lines.keyword)
        assert len(lines) == (analysis.mentions.actor == "Cambodia_opposition").sum()
        assert lines.equals(explore.concordance(analysis, "cambodian Opposition"))

    def test_lines_are_sorted_by_the_nearest_word(self, analysis):
        right = explore.concordance(analysis, "Cambodia", sort="right").right
        left = explore.concordance(analysis, "Cambodia", sort="left").left
        following = [re.findall(r"\w+", side.lower())[:1] for side in right]
        before = [re.findall(r"\w+", side.lower())[-1:] for side in left]
        assert following == sorted(following) and before == sorted(before) and len(following) > 20

    @pytest.mark.parametrize(("what", "sort"), [("war(", None), ("  ", None), ("war", "middle")])
    def test_what_cannot_be_meant_is_said(self, analysis, what, sort):
        with pytest.raises(ValueError, match=r"pattern|look for|sort"):
            explore.concordance(analysis, what, sort)

    def test_nothing_found_is_an_empty_table(self, analysis):
        assert list(explore.concordance(analysis, "zzz").columns)[-3:] == ["left", "keyword", "right"]

    def test_stored_tables_give_the_same_lines(self, analysis, store, tmp_path):
        stored = store(analysis, tmp_path / "tables")
        pd.testing.assert_frame_equal(explore.concordance(stored, "China"), explore.concordance(analysis, "China"))


class TestKeyness:
    ROWS = pd.DataFrame({"text": ["war war war war peace", "the war", "the the"]})
    OTHER = pd.DataFrame({"text": ["peace peace peace the", "the the the"]})

    def test_figures_are_those_of_the_formulas(self):
        words = explore.keyness(self.ROWS, self.OTHER, ("war pages", "peace pages")).set_index("word")
        assert words.loc["war", "n_first"] == 5 and words.loc["war", "n_second"] == 0
        assert words.loc["war", "log_ratio"] == round(math.log2((5 / 9) / (0.5 / 7)), 1)
        assert words.loc["peace", "more_in"] == "peace pages" and words.loc["peace", "log_ratio"] < 0

    def test_turned_around_only_the_direction_changes(self):
        one, two = (
            explore.keyness(*sets).sort_values("word", ignore_index=True)
            for sets in ((self.ROWS, self.OTHER), (self.OTHER, self.ROWS))
        )
        assert (one.log_ratio == -two.log_ratio).all() and (one.log_likelihood == two.log_likelihood).all()

    def test_equal_sets_have_no_key_words(self):
        assert explore.keyness(self.ROWS, self.ROWS).log_likelihood.abs().max() == 0

    def test_it_says_what_was_compared(self):
        assert explore.keyness(self.ROWS, self.OTHER, ("a", "b")).attrs["compared"] == "a (9 words) with b (7 words)"

    def test_a_set_without_words_has_no_key_words(self):
        table = explore.keyness(self.ROWS.head(0), self.OTHER)
        assert table.empty and table.attrs["compared"].startswith("first (0 words)")
        explore.plot_keyness(table)

    def test_a_set_and_the_rest_are_all(self, analysis):
        comments = explore.choose_sentences(analysis, roles=["comment"])
        rest = explore.the_rest(analysis, comments)
        assert len(comments) + len(rest) == len(analysis.sentences) and "comment" not in set(rest.role)

    def test_sets_are_chosen_by_year_page_and_holder(self, analysis):
        years = explore.choose_sentences(analysis, years=[2018])
        published = analysis.documents.set_index("doc_id").published
        assert len(years) and published[years.doc_id].str.startswith("2018").all()
        held = explore.choose_sentences(analysis, holder="Cambodia_gov", target="Vietnam")
        rows = analysis.stance.query(
            "holder == 'Cambodia_gov' and target == 'Vietnam' and label in ['favor', 'against']"
        )
        assert len(held) == len(rows.drop_duplicates(["doc_id", "sentence_id"])) > 0


class TestDispersion:
    def test_concepts_are_counted_by_year_in_a_thousand_words(self, analysis):
        places = explore.find_concepts(analysis, {"war": "war|wars"})
        counts = explore.count_by_year(places, analysis.documents).set_index("year")
        words = analysis.documents.groupby(analysis.documents.published.str.slice(0, 4)).n_words.sum()
        assert counts.loc[2018, "n_words"] == words["2018"] and counts.n.sum() == len(places)
        assert counts.loc[2018, "per_1000"] == round(1000 * counts.loc[2018, "n"] / words["2018"], 2)

    def test_a_stroke_stands_for_each_place(self, analysis):
        places = explore.find_concepts(analysis, {"China": "China", "war": "war"})
        labels = dict.fromkeys(analysis.documents.doc_id, "page")
        ax = explore.plot_dispersion(places, analysis.documents, labels, analysis.actors)
        strokes = [len(lines.get_segments()) for lines in ax.collections[:2]]
        assert strokes == places.concept.value_counts(sort=False).tolist()

    def test_what_stands_nowhere_is_counted_as_nothing(self, analysis):
        places = explore.find_concepts(analysis, {"war": "war", "sea serpents": "kraken"})
        counts = explore.count_by_year(places, analysis.documents)
        assert counts[counts.concept == "sea serpents"].n.tolist() == [0] * counts.year.nunique()
        assert alts.of_years(explore.count_by_year(places.head(0), analysis.documents.head(0))) == (
            "In 1,000 words: ."
        )
        with pytest.raises(ValueError, match="no concept"):
            explore.find_concepts(analysis, {})

    def test_pages_without_dates_give_no_year(self, analysis):
        undated = analysis.documents.assign(published=pd.NA)
        counts = explore.count_by_year(explore.find_concepts(analysis), undated)
        assert counts.empty
        explore.plot_years(counts, {})


class TestStances:
    def test_the_surest_stand_first_and_none_is_less_sure_than_asked(self, analysis):
        rows = explore.find_stances(analysis, target="Vietnam", least=0.6)
        assert rows.confidence.is_monotonic_decreasing and rows.confidence.min() >= 0.6
        assert set(rows.target) == {"Vietnam"} and set(rows.label) == {"favor", "against"}

    def test_more_confidence_is_fewer_sentences(self, analysis):
        n = [len(explore.find_stances(analysis, least=least)) for least in (0, 0.5, 0.8, 1.01)]
        assert n == sorted(n, reverse=True) and n[-1] == 0 < n[0]

    @pytest.mark.parametrize("asked", [{"holder": "Atlantis"}, {"target": "Cambodia_gov"}, {"sides": ["pro"]}])
    def test_unknown_names_are_errors_that_tell_the_known(self, analysis, asked):
        with pytest.raises(ValueError, match=r"known are|is no side"):
            explore.find_stances(analysis, **asked)


class TestShown:
    def test_a_hostile_line_is_text(self, analysis):
        lines = explore.concordance(analysis, "China").head(1).assign(left="<script>", keyword="<b>", right="&")
        assert "<script>" not in explore.show_lines(lines, analysis).data

    def test_lines_lead_to_the_pages_of_reports(self, analysis, tmp_path):
        (tmp_path / "read").mkdir()
        lines = explore.concordance(analysis, "border", sort="left").head(3)
        assert "<a " not in explore.show_lines(lines, analysis, tmp_path).data
        for doc_id in lines.doc_id.unique():
            (tmp_path / "read" / f"{doc_id}.html").touch()
        first = lines.iloc[0]
        assert f"/read/{first.doc_id}.html#s{first.sentence_id}" in explore.show_lines(lines, analysis, tmp_path).data

    def test_rude_comments_are_shown_closed(self, analysis):
        lines = explore.concordance(analysis, "Yuon*")
        shown = explore.show_lines(lines[lines.role == "comment"], analysis).data
        assert "open to read" in shown

    def test_layers_can_be_left_out_one_by_one(self, analysis):
        doc_id = analysis.comments.doc_id.iloc[0]
        whole = explore.show_document(analysis, doc_id).data
        marks = {"names": 'class="name', "quotes": 'class="quote"', "stance": 'class="notes"', "comments": "<article"}
        for layer, mark in marks.items():
            others = [name for name in (*marks, "furniture") if name != layer]
            assert mark in whole and mark not in explore.show_document(analysis, doc_id, others).data
        bare = explore.show_document(analysis, doc_id, []).data
        body = analysis.spans[(analysis.spans.doc_id == doc_id) & (analysis.spans.role == "body")]
        assert bare.count('class="block body"') == len(body) and 'class="block boilerplate"' not in bare

    def test_unknown_pages_and_layers_are_errors(self, analysis):
        with pytest.raises(ValueError, match="no document"):
            explore.show_document(analysis, "999")
        with pytest.raises(ValueError, match="is no layer"):
            explore.show_document(analysis, analysis.documents.doc_id[0], ["colours"])


class TestCodes:
    def code(self, file, analysis, answers):
        rows = explore.draw_stances(analysis, 40)
        for coder, polarities in answers.items():
            for place, polarity in enumerate(polarities):
                explore.write_code(file, rows.iloc[place], polarity, coder)
        return rows

    def test_only_what_all_coders_agree_on_is_gold(self, analysis, tmp_path):
        file = tmp_path / "codes.csv"
        rows = self.code(file, analysis, {"Ann": [1, 0, -1], "Bo": [1, 0, 1], "Cy": [1]})
        gold = read_gold(file, analysis.documents)
        assert gold.polarity.tolist() == [1, 0] and gold.start.tolist() == rows.start.head(2).tolist()

    def test_a_second_thought_replaces_the_first(self, analysis, tmp_path):
        file = tmp_path / "codes.csv"
        self.code(file, analysis, {"Ann": [1]})
        self.code(file, analysis, {"Ann": [-1]})
        assert explore.read_codes(file).polarity.tolist() == [-1]

    @pytest.mark.parametrize("contested", [0, 9])
    def test_who_codes_as_the_model_did_finds_it_right(self, analysis, tmp_path, contested):
        file, told = tmp_path / "codes.csv", {"against": -1, "favor": 1}
        rows = explore.draw_stances(analysis, 60)
        for place, row in rows.iterrows():
            explore.write_code(file, row, told.get(row.label, 0), "Ann")
            if place < contested:
                explore.write_code(file, row, 1 if told.get(row.label, 0) != 1 else 0, "Bo")
        gold = read_gold(file, analysis.documents)
        found = measure_triples(match_triples(analysis.stance, analysis.sentences, gold))
        assert found["precision"] == found["recall"] == 1 and found["n_both"] > 5
        judged = judge_rows(analysis.stance, analysis.sentences, gold)
        assert len(judged) == 60 - contested and (judged.label.fillna("none") == judged.coded).all()

    def test_agreement_is_counted_and_corrected_for_chance(self, analysis, tmp_path):
        file = tmp_path / "codes.csv"
        self.code(file, analysis, {"Ann": [1, 1, -1, 0], "Bo": [1, 1, -1, 1], "Cy": []})
        row = explore.measure_coders(explore.read_codes(file)).iloc[0]
        assert (row["first"], row.second, row.n, row.equal) == ("Ann", "Bo", 4, 0.75) and 0 < row.alpha < 0.75

    def test_a_page_whose_name_is_a_formula_is_found_again(self, analysis, tmp_path):
        row = explore.draw_stances(analysis, 1).iloc[0].copy()
        row["doc_id"] = "=cmd|' /C calc'!A0"
        for polarity in (1, 0):
            explore.write_code(tmp_path / "codes.csv", row, polarity, "@Ann")
        assert "'=cmd" in (tmp_path / "codes.csv").read_text()
        codes = explore.read_codes(tmp_path / "codes.csv")
        assert codes[["doc", "coder", "polarity"]].values.tolist() == [["=cmd|' /C calc'!A0", "@Ann", 0]]

    @pytest.mark.parametrize("name", ["NA", "null", ""])
    def test_a_name_that_looks_like_nothing_is_a_name(self, analysis, tmp_path, name):
        row = explore.draw_stances(analysis, 1).iloc[0].copy()
        row["doc_id"] = name
        explore.write_code(tmp_path / "codes.csv", row, 1, "NA")
        codes = explore.read_codes(tmp_path / "codes.csv")
        assert codes[["doc", "coder"]].values.tolist() == [[name, "NA"]]

    def test_the_draw_is_the_same_each_time_and_has_those_without_a_side(self, analysis):
        one, two = (explore.draw_stances(analysis, 60) for _ in range(2))
        assert one.equals(two) and "none" in set(one.label)
