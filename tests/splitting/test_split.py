"""Where the entries of a document begin and end, by its bytes; what is unusual is left to whoever reads it whole."""

import pytest

from relay.intake.splitting import alone, marking
from relay.intake.splitting.split import _TAG, MOST_ENTRIES, Split, split

HEAD = b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A</title>\n'
TAIL = b"</channel></rss>\n"
ONE, TWO = b"<item><title>one</title></item>", b"<item a='b'>\n<title>two</title></item  >"


def entries(*written: bytes, head: bytes = HEAD, tail: bytes = TAIL) -> tuple[bytes, ...] | None:
    found = split(head + b"\n\t".join(written) + tail)
    return found.entries if found else None


def test_a_document_is_its_head_its_entries_and_its_tail() -> None:
    assert split(HEAD + ONE + b"\n" + TWO + TAIL) == Split(HEAD, (ONE, TWO), TAIL, HEAD.index(b"<rss"))


@pytest.mark.parametrize(
    "entry",
    [
        b"<item><![CDATA[</item><item>]]></item>",
        b"<item><!-- </item> --><title>x</title></item>",
        b"<item><![CDATA[<!-- ]]><title>x</title></item>",
        b"<item><description>&lt;item&gt;</description></item>",
        b"<item><its>x</its></item>",
        "<item><title>été</title></item>".encode(),
    ],
)
def test_sections_are_text_and_other_names_are_other_names(entry: bytes) -> None:
    assert entries(ONE, entry, TWO) == (ONE, entry, TWO)


def test_what_stands_between_two_entries_goes_with_the_tail() -> None:
    found = split(HEAD + ONE + b"<language>fr</language>" + TWO + TAIL)
    assert found == Split(HEAD, (ONE, TWO), b"<language>fr</language>" + TAIL, found.root if found else 0)


@pytest.mark.parametrize(
    ("head", "entry", "tail"),
    [
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', b"<entry><id>1</id></entry>", b"</feed>"),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom">', b"<a:entry><a:id>1</a:id></a:entry>", b"</a:feed>"),
        (b"<!-- <item> --><rdf:RDF><channel><items/></channel>", b"<item>1</item>", b"</rdf:RDF>"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><rss><channel><!-- <item> -->", ONE, TAIL),
    ],
)
def test_each_format_has_its_own(head: bytes, entry: bytes, tail: bytes) -> None:
    assert entries(entry, entry, head=head, tail=tail) == (entry, entry)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"items": []}',
        b"<html><item></item></html>",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]>" + HEAD[22:] + ONE + TAIL,
        HEAD + TAIL,
        HEAD + ONE + b"<item><title>no end" + TAIL,
        HEAD + ONE + b"<entry></entry>" + TAIL,
        HEAD + ONE + b"<x:item></x:item>" + TAIL,
        HEAD + b"<item><![CDATA[no end</item>" + TAIL,
        HEAD + ONE + b"<!-- no end" + TAIL,
        HEAD + b"<item><?php x ?></item>" + TAIL,
        HEAD + b"<item><!DOCTYPE a></item>" + TAIL,
        HEAD + b"<item></items></item>" + TAIL,
        (HEAD + ONE + TAIL).decode().encode("utf-16"),
        HEAD + "<item><title>é</title></item>".encode("latin-1") + TAIL,
        HEAD + ONE * (MOST_ENTRIES + 1) + TAIL,
        HEAD + ONE + b" " * 1_000_000 + TAIL,
    ],
)
def test_whatever_is_unusual_is_not_split(body: bytes) -> None:
    assert split(body) is None


@pytest.mark.parametrize("opening", [b"<!--", b"<![CDATA["])
def test_nothing_is_looked_for_behind_a_section_without_an_end(opening: bytes) -> None:
    found = [tag.span() for tag in _TAG.finditer(ONE + opening * 3 + TWO)]
    assert found[2:] == [(len(ONE), len(ONE + opening * 3 + TWO))]


@pytest.mark.parametrize(
    ("entry", "is_it"),
    [
        (ONE, True),
        (b"<item><author>A</author><dc:creator>B</dc:creator><name/></item>", True),
        (b"<item><item></item>", False),
        (b"<item><x:Entry/></item>", False),
        (b"<item><![CDATA[<item>]]><!-- <entry> --></item>", True),
        (b"<item><![CDATA[<name>]]></item>", False),
        (b"<item><author>" + b"a" * 1000 + b"</author></item>", False),
        (b"<item><media:keywords>a, b</media:keywords><itunes:keywords /></item>", True),
        (b"<item><![CDATA[<tags>]]></item>", False),
        (b"<item><title>a</title><description/><summary>b</summary></item>", True),
        (b"<item><media:content><media:title>a</media:title></media:content></item>", True),
        (b"<item><description><![CDATA[<title>]]><b>a</b></description></item>", True),
        (b"<item><description><p><summary/></p></description></item>", False),
        (b"<item><a:rights><tagline>a</tagline></a:rights></item>", False),
    ],
)
def test_an_entry_is_alone_if_it_leaves_nothing_open(entry: bytes, *, is_it: bool) -> None:
    assert alone.is_alone(entry) is is_it


@pytest.mark.parametrize(
    ("tail", "has_one"),
    [
        (b"<title>b</title></channel>", True),
        (b"<dc:title/></channel>", True),
        (b"<image rdf:resource='c'/><Title>b</Title></channel>", True),
        (b"<image><title>b</title></image><textInput><title>c</title></textInput></channel>", False),
        (b"<a:source><title>b</title></a:source></feed>", False),
        (b"<subtitle>b</subtitle></feed>", False),
        (b"<!-- <image> --><title>b</title></channel>", True),
        (b"<image><![CDATA[</image>]]><title>b</title></image></channel>", False),
        (b"<!-- <title>b</title></channel>", False),
    ],
)
def test_a_title_of_the_feed_may_stand_behind_its_entries(tail: bytes, *, has_one: bool) -> None:
    assert alone.has_title(tail) is has_one


def test_a_prefix_is_one_namespace_and_a_namespace_one_prefix() -> None:
    def body(*declared: bytes) -> bytes:
        return HEAD + b"".join(b"<item " + one + b"></item>" for one in declared) + TAIL

    assert alone.agree(body(b"xmlns:a='x'", b"xmlns:a='x'", b"xmlns:b='y'"), HEAD)
    assert not alone.agree(body(b"xmlns:a='x'", b"xmlns:a='y'"), HEAD)
    assert not alone.agree(body(b"xmlns:a='x'", b"xmlns:b='x'"), HEAD)


def context(head: bytes, tail: bytes = TAIL) -> bytes:
    found = split(head + ONE + tail)
    assert found
    return marking.context(found, "about")


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (HEAD + b"<pubDate>today</pubDate><lastBuildDate>now</lastBuildDate>", TAIL),
        (HEAD + b"\n \n", TAIL + b"<!-- made in 0.2 seconds -->"),
        (HEAD.replace(b"<rss", b"<!-- made today --><rss"), TAIL),
    ],
)
def test_what_changes_with_every_document_is_not_the_context_of_its_entries(head: bytes, tail: bytes) -> None:
    assert context(head, tail) == context(HEAD)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (HEAD.replace(b"<rss", b"<rss xml:base='http://b.example/'"), TAIL),
        (HEAD.replace(b"'1.0'", b"'1.1'").replace(b'"1.0"', b'"1.0" encoding="ascii"'), TAIL),
        (HEAD + b"<language>fr</language>", TAIL),
        (HEAD, b"<author>A</author>" + TAIL),
    ],
)
def test_what_may_change_the_meaning_of_an_entry_is(head: bytes, tail: bytes) -> None:
    assert context(head, tail) != context(HEAD)
