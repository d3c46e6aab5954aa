"""Plain text, blocks and the first picture, out of HTML that nobody has checked."""

import pytest
from hypothesis import given

from relay.core.document import Picture
from relay.core.markup.blocks import blocks
from relay.core.markup.html import BLOCKS, Block, first_picture, sanitise, to_text
from tests.core.fragments import FRAGMENTS

BASE = "https://a.fr/actualites/une.html"


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
