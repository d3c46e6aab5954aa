"""Texts that are made to hold relay up: whatever a stranger writes, no rule takes long over it."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from time import process_time

import pytest

from relay.core.counting.addresses import addresses
from relay.core.excerpt.boilerplate import is_boilerplate
from relay.core.excerpt.noise import without_noise
from relay.core.excerpt.tidying import tidied
from relay.core.markup.html import Block, plain
from relay.core.normalise import Home, normalise, slug
from relay.core.typography.typeset import typeset
from tests.core.things import ENTRY, NOW, SOURCE

MOST = 0.5
"""Seconds for a hundred thousand characters."""
LENGTH = 100_000


def long(text: str, length: int = LENGTH) -> str:
    return (text * (length // len(text) + 1))[:length]


def block(tag: str, inside: str) -> Block:
    markup = f"<{tag}>{inside}</{tag}>"
    return Block(tag, markup, plain(markup))


def seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", ["<pre>", "<code>", "<pre></code>", "</pre><pre>"])
def test_code_that_never_ends_is_set_in_no_time(text: str, language: str) -> None:
    assert seconds(lambda: typeset(f"</code>{long(text)}", language)) < MOST


def test_code_that_ends_is_left_as_it_is_whatever_it_is_called() -> None:
    text = '<p>"Oui" <CODE>"a" ...</code> <pre>"b"\n...</pre></p>'
    assert typeset(text, "en") == '<p>“Oui” <CODE>"a" ...</code> <pre>"b"\n...</pre></p>'


@pytest.mark.parametrize("inside", [" ", "\u00a0", "\n", "<br>"])
def test_a_list_with_a_gap_that_never_ends_is_tidied_in_no_time(inside: str) -> None:
    found = block("ul", f'<li><abbr title="{long(inside)}">a</abbr>{long(inside)}b </li>')
    assert seconds(lambda: list(tidied(found))) < MOST


@pytest.mark.parametrize("words", ["Aa bb. ", "[a ", "12/12/2024 ", "<img ", '<img src="', "/puces "])
def test_the_words_of_a_picture_are_passed_over_in_no_time(words: str) -> None:
    found = block("p", f'<img src="a.jpg" alt="{escape(long(words, 2 * LENGTH))}"> Un texte.')
    assert seconds(lambda: list(tidied(found))) < MOST


@pytest.mark.parametrize("inside", ["<a>", '<a href="x">', "<a> "])
def test_links_that_never_end_are_looked_at_in_no_time(inside: str) -> None:
    found = block("ul", f'<li><abbr title="{long(inside)}">Lire</abbr></li>')
    assert seconds(lambda: is_boilerplate(found)) < MOST
    assert (
        seconds(
            lambda: without_noise(
                [block("p", "Lire aussi :"), block("p", f'<abbr title="{long(inside)}">b</abbr>')], ""
            )
        )
        < MOST
    )


@pytest.mark.parametrize("text", ["www.", "a.a-", "www.a_", "http://a.", "a-", "é.", "a.fr?", "a.fr/(", "xn--"])
def test_names_that_never_end_are_counted_in_no_time(text: str) -> None:
    """As many characters as a title or a post may have; the signs are X's."""
    list(addresses("a.fr"))  # the rules are made once
    assert seconds(lambda: list(addresses(long(text, 1000)))) < MOST


def test_a_name_of_many_labels_is_an_address() -> None:
    assert [one.text for one in addresses(f"{'a.' * 20}example.com")] == [f"{'a.' * 20}example.com"]


# An entry as long as a document may be

DOCUMENT = 10_000_000
MOST_OF_AN_ENTRY = 3
"""Seconds; without bounds it would be many times as much."""
HOME = Home("blog.exemple.fr", "https://blog.exemple.fr/")


@pytest.mark.parametrize("text", ["<p>", "<p>a</p>", "<p>Aa bb. </p>", "<ul><li>a</li></ul>", "etc…", "ab,Cd", "&amp;"])
def test_an_article_as_long_as_a_document_is_read_in_no_time(text: str) -> None:
    entry = replace(ENTRY, summary=None, content_html=long(text, DOCUMENT))
    assert seconds(lambda: normalise(entry, SOURCE, HOME, "bilan", (), NOW)) < MOST_OF_AN_ENTRY


@pytest.mark.parametrize("text", ["a\n\n", "Aa : Bb\n\n", "[…] ", "etc…", "<p>", "&"])
def test_a_summary_as_long_as_a_document_is_read_in_no_time(text: str) -> None:
    entry = replace(ENTRY, content_html=None, summary=long(text, DOCUMENT // 5))
    assert seconds(lambda: normalise(entry, SOURCE, HOME, "bilan", (), NOW)) < MOST_OF_AN_ENTRY


@pytest.mark.parametrize("text", ["etc… ", "&", "<p>", "A : ", "é"])
def test_a_title_that_never_ends_is_read_in_no_time(text: str) -> None:
    entry = replace(ENTRY, title=long(text, DOCUMENT // 5))
    assert seconds(lambda: normalise(entry, SOURCE, HOME, slug(entry), (), NOW)) < MOST
    assert len(normalise(entry, SOURCE, HOME, "bilan", (), NOW).headline) < 5000
