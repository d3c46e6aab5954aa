"""Safe HTML, plain text and the first picture, out of HTML that nobody has checked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.document import Picture
from relay.core.html import BLOCKS, Block, blocks, first_picture, sanitise, to_text

BASE = "https://a.fr/actualites/une.html"
LINK = '<a href="https://a.fr/x" rel="noopener nofollow">x</a>'
IMAGE = '<img src="https://a.fr/actualites/x">'
UNLINKED = '<a rel="noopener nofollow">x</a>'

OPENING = "<b> <p> <div> <pre> <ul><li> <table><td> <br> <img\tsrc=a> <a\thref='x\t?'> <svg> <script> <section> <frameset> <body>"
CLOSING = "</b> </p> </div> </table> </script> <!-- --> <![CDATA["
TEXTS = [
    "\n",
    "\r",
    "&#13;",
    "&#0;",
    "\0",
    "&amp;lt;",
    "&lt;p&gt;",
    "<",
    ">",
    '"',
    "texte",
    "\u00a0",
    "\ud800",
    "\x0c",
    "&nbsp",
]
FRAGMENTS = st.lists(st.sampled_from([*OPENING.split(" "), *CLOSING.split(" "), *TEXTS]), max_size=14).map("".join)


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


@given(FRAGMENTS)
def test_nothing_in_the_text_or_the_picture_of_bad_html_is_a_surprise(source: str) -> None:
    picture = first_picture(source, BASE)
    assert "\ud800" not in to_text(source)
    assert picture in {None, Picture("https://a.fr/actualites/a")}


@given(FRAGMENTS)
def test_the_blocks_of_a_text_have_all_of_it(source: str) -> None:
    clean = sanitise(source, BASE)
    whole = "".join(to_text(clean).split())
    assert "".join("".join(block.text.split()) for block in blocks(clean)) == whole


@given(FRAGMENTS)
def test_every_block_is_whole_safe_html(source: str) -> None:
    found = [block.html for block in blocks(sanitise(source, BASE))]
    assert [markup.count("<") - markup.count("</") * 2 >= 0 for markup in found] == [True] * len(found)
    assert {block.tag for block in blocks(sanitise(source, BASE))} <= BLOCKS


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("simple", "simple"),
        ("  deux   mots ", "deux mots"),
        ("l&rsquo;&Eacute;tat &amp; Cie", "l’État & Cie"),
        ("&lt;b&gt; &amp;lt; &amp;amp;", "<b> &lt; &amp;"),
        ("a&nbsp;: b\u202f!", "a\u00a0: b\u202f!"),
        ("&#8217;&#x2019;&#146;", "’’’"),
        ("1 < 2", "1 < 2"),
        ("<p>un</p><p>deux</p>", "un\n\ndeux"),
        ("un<br>deux<br/>trois", "un\ndeux\ntrois"),
        ("<ul><li>un</li><li>deux</li></ul>après", "un\ndeux\n\naprès"),
        ("<h2>T</h2>corps", "T\n\ncorps"),
        ("<b>d</b>eux", "deux"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("<section>a</section><section>b</section>", "a\n\nb"),
        ("<script>x</script><!-- y -->z", "z"),
    ],
)
def test_the_text_of_html_is_what_a_reader_sees(source: str, expected: str) -> None:
    assert to_text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>rien</p>", None),
        ('<img src="/a.jpg">', Picture("https://a.fr/a.jpg")),
        ('<p>x<img src="a.jpg" alt=" Une\n  place "></p>', Picture("https://a.fr/actualites/a.jpg", alt="Une place")),
        ('<img src="p.gif" width="1" height="1"><img src="/b.png">', Picture("https://a.fr/b.png")),
        ('<img src="i.png" width="32px"><img src="/b.png">', Picture("https://a.fr/b.png")),
        ('<img src="i.png" height=" 1.0 "><img src="/b.png">', Picture("https://a.fr/b.png")),
        ('<img src="/b.png" width="600" height="100%">', Picture("https://a.fr/b.png")),
        ('<img src="/b.png" width="²">', Picture("https://a.fr/b.png")),
        (f'<img src="/b.png" width="{"1" * 5000}">', Picture("https://a.fr/b.png")),
        ('<img src="data:image/png;base64,x"><img src="/b.png">', Picture("https://a.fr/b.png")),
        ('<img src="http://[x"><img src="/b.png">', Picture("https://a.fr/b.png")),
        ('<IMG SRC="/b.png">', Picture("https://a.fr/b.png")),
    ],
)
def test_the_first_picture_is_the_first_that_shows_something(source: str, expected: Picture | None) -> None:
    assert first_picture(source, BASE) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p>\n<p>b</p>", ["<p>a</p>", "<p>b</p>"]),
        ("a<br><br>b<br>c", ["<p>a</p>", "<p>b<br>c</p>"]),
        ("a<br>\n <br/><br>b", ["<p>a</p>", "<p>b</p>"]),
        ("<b>a<br><br>b</b> c", ["<p><b>a<br><br>b</b> c</p>"]),
        ("<div>a</div><div>b<p>c</p>d</div>e", ["<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d</p>", "<p>e</p>"]),
        ("a &amp; &lt;b&gt;", ["<p>a &amp; &lt;b&gt;</p>"]),
        ("<p></p><hr><p><br></p>", []),
        ('<p><img src="https://a.fr/b.png"></p>', ['<p><img src="https://a.fr/b.png"></p>']),
        ("<ul><li>a</li></ul>b", ["<ul><li>a</li></ul>", "<p>b</p>"]),
    ],
)
def test_html_is_read_as_blocks(source: str, expected: list[str]) -> None:
    assert [block.html for block in blocks(source)] == expected


def test_a_block_knows_its_tag_and_its_text() -> None:
    assert blocks("<h2>Un <b>titre</b></h2>") == (Block("h2", "<h2>Un <b>titre</b></h2>", "Un titre"),)


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000,
        "<div></x>" * 50_000,
        "</x>" * 50_000 + "<div>" * 50_000,
        "<b>" * 20_000 + "<div>" * 20_000,
        "<table><tr><td>" * 20_000,
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


def test_deep_html_is_read_as_its_text() -> None:
    assert to_text("<div>" * 1000 + "texte" + "</div>" * 1000) == "texte"


def test_html_just_below_the_limit_keeps_its_text() -> None:
    assert [block.text for block in blocks(sanitise("<div>" * 240 + "texte", BASE))] == ["texte"]
