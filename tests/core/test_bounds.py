"""What is looked at of an entry: its beginning, cut where its HTML stays whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.excerpt.bounds import LONGEST, LONGEST_TITLE, bounded, within
from relay.core.markup.html import plain
from tests.core.things import ENTRY

SOURCE = '<div><p>Un <b>beau</b> jour<br>à &amp; b</p><img src="https://a.fr/a.jpg" alt="a > b"></div>'


def test_an_entry_of_the_usual_length_is_looked_at_as_it_is() -> None:
    entry = replace(ENTRY, title="a" * LONGEST_TITLE, summary="b" * LONGEST, article_html="c" * LONGEST)
    assert bounded(entry) is entry


def test_a_longer_entry_is_looked_at_up_to_there() -> None:
    words = "un mot " * LONGEST
    found = bounded(replace(ENTRY, title=words, summary=words, content_html=f"<p>{words}</p>", article_html=words))

    assert found.title is not None
    assert found.title.endswith("mot un…") or found.title.endswith("un mot…")
    assert len(found.title) <= LONGEST_TITLE
    assert found.summary == words[:LONGEST]
    assert found.content_html == f"<p>{words[: LONGEST - 3]}</p>"
    assert found.article_html == words[:LONGEST]


def test_a_title_of_one_word_that_never_ends_is_cut_in_it() -> None:
    assert bounded(replace(ENTRY, title="é" * 3000)).title == f"{'é' * (LONGEST_TITLE - 1)}…"


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (4, ""),
        (5, "<div></div>"),
        (9, "<div><p>U</p></div>"),
        (12, "<div><p>Un </p></div>"),
        (16, "<div><p>Un <b>be</b></p></div>"),
        (34, "<div><p>Un <b>beau</b> jour<br>à </p></div>"),
        (70, "<div><p>Un <b>beau</b> jour<br>à &amp; b</p></div>"),
        (len(SOURCE), SOURCE),
    ],
)
def test_no_tag_and_no_reference_is_cut_and_none_stays_open(most: int, expected: str) -> None:
    assert within(SOURCE, most) == expected


@given(st.integers(min_value=0, max_value=len(SOURCE)))
def test_wherever_it_is_cut_it_stays_whole_and_says_the_beginning(most: int) -> None:
    found = within(SOURCE, most)
    assert found.count("<p>") == found.count("</p>")
    assert found.count("<div>") == found.count("</div>")
    assert plain(SOURCE).startswith(plain(found))
