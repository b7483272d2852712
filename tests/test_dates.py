import pytest

from helpers.dates import date_from_text, find_dates, read_date_line


@pytest.mark.parametrize(
    "text, iso",
    [
        ("on Monday, September 11th, 2017, he", "2017-09-11"),
        ("Thursday, 3 May 2012 14:05 GMT", "2012-05-03"),
        ("19, July 2014", "2014-07-19"),
        ("in August 1997.", "1997-08"),
        ("2018-09-03T10:20:00Z", "2018-09-03"),
        ("27-07-2018", "2018-07-27"),
        ("03.05.2012", "2012-05-03"),
        ("7/27/2018", "2018-07-27"),
        ("on March 22 over", "--03-22"),
        ("05/07/2018", "2018"),
        ("05-07-2018 23:52:28 ZULU", "2018-07-05"),
    ],
)
def test_dates_are_read(text, iso):
    assert [date.iso for date in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "he may 5 times say so",
        "April Smith said",
        "march 22 miles",
        "US$2014",
        "a 3-2-2018x score",
        "Section 12.2",
        "the 1990s",
    ],
)
def test_no_date_is_invented(text):
    assert not find_dates(text)


@pytest.mark.parametrize(
    "line, kind, iso",
    [
        ("June 8, 2014", "published", "2014-06-08"),
        ("Updated: 14 May 2016", "modified", "2016-05-14"),
        ("Posted on 3 May 2012 at 9.14 pm", "published", "2012-05-03"),
        ("Page last modified: 27-07-2018 23:52:28 ZULU", "modified", "2018-07-27"),
        ("This page was last edited on 5 January 2020", "modified", "2020-01-05"),
    ],
)
def test_date_lines(line, kind, iso):
    assert read_date_line(line) == ("", [(kind, iso)])


def test_two_dates_on_a_line_keep_their_labels():
    assert read_date_line("Published 3 May 2012 | Updated 4 May 2012")[1] == [
        ("published", "2012-05-03"),
        ("modified", "2012-05-04"),
    ]


@pytest.mark.parametrize(
    "text, month",
    [
        ("A congress met on January 19, 2018. On March 13 he spoke.", "2018-03"),  # the nearest stated year
        (
            "He was jailed on 4 July 2015. The vote will be held on 2 December 2015.",
            "2015-07",
        ),  # the future does not count
        ("Elections are planned for 1998.", None),
        ("It happened in March.", None),
        ("On March 22 they met.", None),
        ("The pans burned on 3 October 1687.", None),
    ],
)  # history, not news
def test_a_page_without_date_line_is_dated_by_its_events(text, month):
    assert date_from_text(text) == month
