"""A block in two: no character is lost, and both halves are whole HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.excerpt.splitting import items, size, split
from relay.core.markup.blocks import blocks
from relay.core.markup.html import TAG, Block, sanitise
from tests.core.fragments import FRAGMENTS


def block(markup: str) -> Block:
    return blocks(markup)[0]


def unclosed(markup: str) -> list[str]:
    opened: list[str] = []
    for tag in TAG.finditer(markup):
        if tag[1]:
            assert opened.pop() == tag[2]
        elif tag[2] not in {"br", "img", "hr"}:
            opened.append(tag[2])
    return opened


@pytest.mark.parametrize(
    ("markup", "kept", "head", "rest"),
    [
        ("<p>Un. Deux.</p>", 3, "<p>Un.</p>", "<p>Deux.</p>"),
        ("<p>Un. <b>Deux. Trois.</b></p>", 8, "<p>Un. <b>Deux.</b></p>", "<p><b>Trois.</b></p>"),
        ('<p>Un. <a href="https://a.fr/">Deux</a>.</p>', 3, "<p>Un.</p>", '<p><a href="https://a.fr/">Deux</a>.</p>'),
        ("<p>R&amp;D. Deux.</p>", 4, "<p>R&amp;D.</p>", "<p>Deux.</p>"),
        ("<p>Un.<br>Deux.</p>", 3, "<p>Un.</p>", "<p>Deux.</p>"),
        ("<p>Un.</p>", 3, "<p>Un.</p>", None),
        (
            "<blockquote><p>Un.</p><p>Deux.</p></blockquote>",
            3,
            "<blockquote><p>Un.</p></blockquote>",
            "<blockquote><p>Deux.</p></blockquote>",
        ),
    ],
)
def test_both_halves_have_the_tags_of_the_whole(markup: str, kept: int, head: str, rest: str | None) -> None:
    first, second = split(block(markup), kept)
    assert (first.html, second and second.html.replace("<p></p>", "")) == (head, rest)


@given(FRAGMENTS, st.integers(0, 30))
def test_no_character_is_lost_and_no_tag_stays_open(source: str, kept: int) -> None:
    for whole in blocks(sanitise(source, "https://a.fr/")):
        first, second = split(whole, kept)
        assert size(first.text) + size(second.text if second else "") == size(whole.text)
        assert unclosed(first.html) + unclosed(second.html if second else "") == []


def test_a_list_is_taken_apart_item_by_item() -> None:
    markup = '<ol start="2"><li>a<ul><li>b</li></ul></li><li>c<br>d</li></ol>'
    assert items(block(markup)) == ('<ol start="2">', ["<li>a<ul><li>b</li></ul></li>", "<li>c<br>d</li>"])
