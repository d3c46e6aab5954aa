"""The tree read directly, and by feedparser: the same, or not at all."""

from random import Random

import pytest
from feedparser.html import _cp1252
from feedparser.mixin import _FeedParserMixin
from feedparser.sanitizer import _HTMLSanitizer

from relay.intake.parse import parse
from relay.intake.reading.direct import elements, gathering, likeness, namespaces, people, walk
from relay.intake.reading.tree import well_formed
from tests.corpora.corpus import CORPORA
from tests.fuzz.seeds import OWN
from tests.reading.changes import changed as change
from tests.reading.equal import URL, Count, changed, compared

SHORT = 60


def _counted(*bodies: bytes) -> Count:
    count = Count()
    for place, body in enumerate(bodies):
        compared(body, str(place), count)
    return count


def _rss(item: str, attributes: str = "") -> bytes:
    return f'<rss version="2.0" {attributes}><channel><title>a</title><item>{item}</item></channel></rss>'.encode()


def test_each_format_is_read_directly_and_alike() -> None:
    assert _counted(*OWN[:3]) == Count(3, 3)


def test_no_change_makes_a_difference() -> None:
    count = changed(0, lambda number: number < SHORT)
    assert count.different == []
    assert count.direct > SHORT // 4


def test_feeds_of_the_world_are_read_directly_and_alike() -> None:
    files = [*sorted(CORPORA.glob("french/*/*.xml"))[:6], *sorted(CORPORA.glob("realworld/**/*.xml"))[:6]]
    if not files:
        pytest.skip(f"no corpora here: {CORPORA} is missing")
    count = _counted(*(file.read_bytes() for file in files))
    assert (count.different, count.direct) == ([], count.feeds)


@pytest.mark.parametrize(
    "item",
    [
        "<title>a <b>b</b></title>",
        "<description>a <b>b</b></description>",
        '<title mode="base64">YQ==</title>',
        '<title type="application/octet-stream">YQ==</title>',
        '<a:b xmlns:a="http://a.example/"/><a:b xmlns:a="http://b.example/"/>',
        '<item href="https://a.example/"/>',
        '<category Xmlns="http://www.w3.org/2005/Atom"/>',
        '<link href="file:///a" xml:base="file:///etc/"/>',
    ],
)
def test_what_is_not_sure_is_left_to_feedparser(item: str) -> None:
    xml = _rss(item).decode()
    root = well_formed(xml)
    assert root is not None
    assert walk.found(root, xml, URL) is None
    assert _counted(xml.encode()).different == []


@pytest.mark.parametrize("xml", ["<rss><channel>", "<rss><a:b/></rss>", "<rss a='1' a='2'/>"])
def test_what_is_not_well_formed_has_no_tree(xml: str) -> None:
    assert well_formed(xml) is None


def test_the_tables_are_those_of_feedparser() -> None:
    known = {address.lower(): name for address, name in _FeedParserMixin.namespaces.items() if address}
    assert known == namespaces.KNOWN
    assert _HTMLSanitizer.acceptable_elements == likeness._ELEMENTS
    assert all(chr(code).translate(likeness._WINDOWS) == sign for code, sign in _cp1252.items())


def test_whatever_feedparser_has_a_way_for_is_read_so_or_not_at_all() -> None:
    starts = {name.removeprefix("_start_") for name in dir(_FeedParserMixin) if name.startswith("_start_")}
    known = {*elements.ELEMENTS, *elements.UNSURE}
    assert {name.lower() for name in starts} - known == set()
    ends = {name.removeprefix("_end_") for name in dir(_FeedParserMixin) if name.startswith("_end_")}
    assert {name.lower() for name in ends} - known - {*elements.ENDS} == {"itunes_block", "itunes_explicit"}


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (gathering, "looks_like_html", lambda _: False),
        (gathering, "decoded", lambda text: text),
        (people, "_agree", lambda _: None),
        (walk, "_OF_IMAGE", frozenset()),
    ],
)
def test_a_reader_that_is_wrong_is_found(
    module: object, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, wrong)
    bodies = (
        _rss("<title>&lt;b&gt;a&lt;/b&gt; &amp;amp; b</title>"),
        _rss("<title>a</title><category>Ã<!-- -->©</category>"),
        _rss("<author>A B</author>"),
        b"<rss><channel><image><title>a</title><url>https://a.example/i.jpg</url></image><item/></channel></rss>",
    )
    assert len(_counted(*bodies).different) >= 1


def test_changed_documents_are_well_formed_and_the_same_for_a_seed() -> None:
    once, again = (change(Random(7)) for _ in range(2))  # noqa: S311  # no secret
    assert once == again
    assert well_formed(once.decode()) is not None


def test_a_document_that_is_changed_in_its_depth_is_left_to_feedparser() -> None:
    deep = "<a>" * 120 + "</a>" * 120
    assert _counted(_rss(deep)).direct == 0


def test_feedparser_need_not_be_there_for_a_good_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "feedparser", None)
    assert parse(OWN[0], URL, None).entries[0].title == "b & c"
