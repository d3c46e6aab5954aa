"""Blocks are cut out of sanitised HTML by its tags: nothing is lost, nothing is doubled, whatever nests in what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.markup.blocks import blocks
from relay.core.markup.html import BLOCKS, INLINE, plain, sanitise

_TAGS = sorted(BLOCKS | INLINE | {"li", "div", "figcaption", "td"})
_WORDS = st.sampled_from(["un", "deux ", " trois", "&amp;", "é", "\n", "«\u00a0oui\u00a0»"])


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    )


_HTML = st.lists(st.recursive(_WORDS, _wrapped, max_leaves=12), max_size=5).map("".join)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(_HTML)
def test_no_word_is_lost_or_said_twice(source: str) -> None:
    safe = sanitise(source, "https://exemple.fr/")
    assert _letters(" ".join(block.text for block in blocks(safe))) == _letters(plain(safe))


@given(_HTML)
def test_the_text_of_a_block_is_that_of_its_html(source: str) -> None:
    for block in blocks(sanitise(source, "https://exemple.fr/")):
        assert block.text == plain(block.html)


def test_a_quote_in_an_address_does_not_print_the_link() -> None:
    safe = sanitise("""<p>Voir <a href='https://exemple.fr/a"b'>la carte</a>.</p>""", "https://exemple.fr/")
    (block,) = blocks(safe)
    assert block.text == "Voir la carte."
    assert 'href="https://exemple.fr/a&quot;b"' in block.html


def test_an_address_is_printed_in_ascii() -> None:
    safe = sanitise('<p><a href="/été à venir?q=1&amp;r=2">x</a></p>', "https://exemple.fr/")
    assert 'href="https://exemple.fr/%C3%A9t%C3%A9%20%C3%A0%20venir?q=1&amp;r=2"' in blocks(safe)[0].html


def test_an_empty_item_leaves_the_list_whole() -> None:
    source = "<ul><li></li><li>un</li></ul>"
    assert [block.html for block in blocks(sanitise(source, "https://exemple.fr/"))] == [source]


def test_nothing_is_lost_behind_an_empty_item_where_blocks_stand_in_words() -> None:
    source = "<h2><p>un</p></h2><ul><li></li><li>deux</li></ul><p>trois</p>"
    found = blocks(sanitise(source, "https://exemple.fr/"))
    assert [(block.tag, block.text) for block in found] == [("p", "un"), ("ul", "deux"), ("p", "trois")]


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("<figure><ul><li>un</li></ul></figure><p>deux</p>", ["ul", "p"]),
        ("<figure><img src='a.png' alt='b'></figure><p>deux</p>", ["figure", "p"]),
        ("<div>un<div>deux<p>trois</p></div>quatre</div>", ["p", "p", "p", "p"]),
        ("un<br><br>deux", ["p", "p"]),
        ("<h2><p>un</p></h2>", ["p"]),
    ],
)
def test_what_only_groups_is_looked_into(source: str, tags: list[str]) -> None:
    assert [block.tag for block in blocks(sanitise(source, "https://exemple.fr/"))] == tags
