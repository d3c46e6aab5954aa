"""Safe HTML out of HTML that nobody has checked, at no cost to speak of."""

import time

import pytest
from hypothesis import given

from relay.core.markup.blocks import blocks
from relay.core.markup.html import first_picture, sanitise, to_text
from tests.core.fragments import FRAGMENTS

BASE = "https://a.fr/actualites/une.html"


LINK = '<a href="https://a.fr/x" rel="noopener nofollow">x</a>'


IMAGE = '<img src="https://a.fr/actualites/x">'


UNLINKED = '<a rel="noopener nofollow">x</a>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>x", "x"),
        ("<img src=x onerror=alert(1)>", IMAGE),
        ('<p style="position:fixed" class="a" id="b" onclick="c()">x</p>', "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', UNLINKED),
        ('<a href="javascript&#58;alert(1)">x</a>', UNLINKED),
        ('<a href="&#106;avascript:alert(1)">x</a>', UNLINKED),
        ('<a href="java&#10;script:alert(1)">x</a>', UNLINKED),
        ('<a href=" &#1;javascript:alert(1)">x</a>', UNLINKED),
        ('<a href="data:text/html,x">x</a>', UNLINKED),
        ('<a href="vbscript:x">x</a>', UNLINKED),
        ('<a href="http://[x">x</a>', UNLINKED),
        ('<form action="javascript:alert(1)"><button>x</button></form>', "<div>x</div>"),
        ("<iframe src='https://b.fr'>x</iframe><object data='y'>z</object>", ""),
        ("<svg><a xlink:href='javascript:x'><text>y</text></a></svg>z", "z"),
        ("<math><mtext><img src=x onerror=y></mtext></math>z", "z"),
        ("<noscript><p title='</noscript><img src=x onerror=y>'></noscript>z", IMAGE + "'&gt;z"),
        ("<style>p { color: red }</style><meta http-equiv=refresh content=0>z", "z"),
        ("<base href='https://evil.example/'><a href='/x'>x</a>", LINK),
        ("<!-- <script> --><b>x</b>", "<b>x</b>"),
        ("<b>x", "<b>x</b>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("a\ud800b", "a b"),
        ("a\x0cb&#12;c&#1;d\0e", "a b c d e"),
    ],
)
def test_only_harmless_html_is_left(source: str, expected: str) -> None:
    assert sanitise(source, BASE) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/x", "https://a.fr/x"),
        ("x", "https://a.fr/actualites/x"),
        ("../x", "https://a.fr/x"),
        ("?p=1", "https://a.fr/actualites/une.html?p=1"),
        ("#note", "https://a.fr/actualites/une.html#note"),
        ("//b.fr/x", "https://b.fr/x"),
        (" https://b.fr/x ", "https://b.fr/x"),
        ("http://b.fr/x", "http://b.fr/x"),
        ("mailto:ecrire@a.fr", "mailto:ecrire@a.fr"),
    ],
)
def test_addresses_are_made_absolute(href: str, expected: str) -> None:
    assert sanitise(f'<a href="{href}">x</a>', BASE) == f'<a href="{expected}" rel="noopener nofollow">x</a>'


def test_what_a_blog_needs_is_kept() -> None:
    source = (
        '<h2>T</h2><p lang="en">a <em>b</em><br><q>c</q></p><ol start="3"><li>d</li></ol><blockquote>e</blockquote>'
    )
    assert sanitise(source, BASE) == source


def test_sections_keep_their_texts_apart() -> None:
    assert sanitise("<article>Un</article><section>Deux</section>", BASE) == "<div>Un</div><div>Deux</div>"


@given(FRAGMENTS)
def test_sanitising_twice_changes_nothing(source: str) -> None:
    once = sanitise(source, BASE)
    assert sanitise(once, BASE) == once


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000,
        "<div></x>" * 50_000,
        "</x>" * 50_000 + "<div>" * 50_000,
        "<b>" * 20_000 + "<div>" * 20_000,
        "<table><tr><td>" * 20_000,
        "<div>" + "".join(f"<b id={n}>" for n in range(230)) + "</div>" + "<div>x</div>" * 16_000,
        "<p>" + "".join(f"<i id={n}>" for n in range(230)) + "</p>" + "<p>x</p>" * 20_000,
        "<!--" * 100_000,
        "<" * 50_000,
        "&" * 50_000,
        "<p>a" + "\u00a0" * 50_000,
        "a<br>" * 50_000 + " " * 50_000,
    ],
)
def test_a_bomb_of_html_costs_no_more_than_any_other(bomb: str) -> None:
    start = time.process_time()
    clean = sanitise(bomb, BASE)
    assert len(blocks(clean)) + len(to_text(bomb)) < 500_000
    assert first_picture(bomb, BASE) is None
    assert time.process_time() - start < 2


def test_formatting_that_was_left_open_in_a_long_article_is_no_bomb() -> None:
    article = "<p><b>titre<b></p>" * 20 + "<a name=x>" * 150 + "<p>texte</p>" * 1_000
    assert sanitise(article, BASE).count("<p>texte</p>") == 1_000


def test_deep_html_is_read_as_its_text() -> None:
    assert to_text("<div>" * 1000 + "texte" + "</div>" * 1000) == "texte"


def test_html_just_below_the_limit_keeps_its_text() -> None:
    assert [block.text for block in blocks(sanitise("<div>" * 240 + "texte", BASE))] == ["texte"]
