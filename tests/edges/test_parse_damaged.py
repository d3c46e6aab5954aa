import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.core.document import ParsedFeed
from relay.intake.parse import parse
from tests.fakes.feed_documents import URL, rss


@pytest.mark.parametrize(
    ("item", "note"),
    [
        ("<title>L&nbsp;été</title>", "undeclared entity &nbsp;"),
        ("<title>L &été</title>", "bare ampersand"),
        ("<title>L\x0bété</title>", "characters that XML does not allow"),
        ("<title>L été</title><br>", "ill-formed XML"),
    ],
)
def test_a_small_mistake_is_repaired_and_said(item: str, note: str) -> None:
    feed = rss(item)
    assert (note in feed.repaired, "été" in (feed.entries[0].title or "")) == (True, True)


@pytest.mark.parametrize(
    ("encoding", "declared", "notes"),
    [
        ("utf-8", "utf-8", ()),
        ("cp1252", "iso-8859-1", ()),
        ("iso-8859-15", "iso-8859-15", ()),
        ("utf-16", "utf-16", ()),
        ("cp1252", "utf-8", ("wrong encoding",)),
        ("utf-8", "iso-8859-1", ("wrong encoding",)),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str, notes: tuple[str, ...]) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item><title>Été à 10 €</title>'
    feed = parse(f"{text}</item></channel></rss>".encode(encoding), URL, "application/xml")
    assert (feed.entries[0].title, feed.repaired) == ("Été à 10 €", notes)


@pytest.mark.parametrize(
    ("content_type", "title", "notes"),
    [
        ("text/xml", "Été", ("text/xml without a charset",)),
        ("text/xml; charset=utf-8", "Été", ()),
        ("application/xml", "Été", ()),
        ("text/xml", "Ete", ()),
    ],
)
def test_text_xml_without_a_charset_is_said(content_type: str, title: str, notes: tuple[str, ...]) -> None:
    feed = parse(f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode(), URL, content_type)
    assert (feed.entries[0].title, feed.repaired) == (title, notes)


def test_a_mark_at_the_start_is_as_good_as_a_charset() -> None:
    text = "\ufeff<rss><channel><item><title>Été</title></item></channel></rss>"
    assert parse(text.encode(), URL, "text/xml").repaired == ()


def test_a_document_in_ebcdic_is_read() -> None:
    text = '<?xml version="1.0" encoding="cp500"?><rss><channel><item><title>Été</title></item></channel></rss>'
    assert parse(text.encode("cp500"), URL, None).entries[0].title == "Été"


def test_a_document_type_names_characters_and_expands_to_nothing_longer() -> None:
    named = b'<!DOCTYPE rss [<!ENTITY ville "Saint-Denis"><!ENTITY tiret "&#8211;">]>'
    body = named + b'<rss version="2.0"><channel><item><title>A &tiret; &ville;</title></item></channel></rss>'
    assert parse(body, URL, None).entries[0].title == "A \u2013 &ville;"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "This document is empty."),
        (b" \n", "This document is empty."),
        (b"<!DOCTYPE html><html><body>Une page</body></html>", "This is a web page, not a feed."),
        (b"<opml/>", "This is a list of feeds (OPML), not a feed."),
        (b"<kml/>", "This is not a feed that relay can read."),
        (b'{"a": 1}', "This is JSON, but not a JSON Feed: it has no items."),
        (b'{"items": [', "This looks like JSON, but is not well-formed."),
        (
            b"<rss><channel><item><title>Un</title></item><item><tit",
            "This document is cut short: its last tag is missing.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(body: bytes, error: str) -> None:
    assert parse(body, URL, None) == ParsedFeed(error=error)


# Documents made to hurt


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]><rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'.encode()


def described(html: str) -> bytes:
    return f'<rss version="2.0"><channel><item><description>{html}</description></item></channel></rss>'.encode()


@pytest.mark.parametrize(
    "body",
    [
        laughs(),
        laughs().decode().encode("utf-16"),
        described("&lt;!--" * 100_000),
        described("&lt;div&gt;" * 32_000),
        described("<a>" * 100_000),
        described("<b " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
        f"<rss><channel>{'<item><title>t</title></item>' * 50_000}</channel></rss>".encode(),
    ],
    ids=["entities", "entities in UTF-16", "comments", "nested HTML", "nested XML", "attributes", "entries"],
)
def test_a_trap_costs_little(body: bytes) -> None:
    started = time.process_time()
    parse(body, URL, None)
    assert time.process_time() - started < 3


def test_a_file_of_this_machine_is_not_read_into_a_feed() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item><title>[&x;]</title>'
    assert parse(body + b"</item></channel></rss>", URL, None).entries[0].title == "[&x;]"


def test_no_more_than_a_thousand_entries_are_read() -> None:
    body = f"<rss version='2.0'><channel>{'<item><title>t</title></item>' * 1_500}</channel></rss>"
    assert len(parse(body.encode(), URL, None).entries) == 1_000


SAMPLE = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
    b"<title>Flux</title><item><title>L&amp;#8217;avenir</title><link>/a</link><guid>1</guid><pubDate>lun., 15 janv. 2024"
    b'</pubDate><description><![CDATA[<p>Un <b>texte</b></p>]]></description><media:content url="/i.jpg"/></item></channel></rss>'
)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(body: bytes) -> None:
    assert isinstance(parse(body, URL, None), ParsedFeed)


@given(
    st.integers(0, len(SAMPLE)),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=12), st.sampled_from([b"<", b"&#0;", b"]]>"])),
)
@settings(max_examples=200)
def test_no_damage_to_a_feed_is_too_great(start: int, length: int, noise: bytes) -> None:
    feed = parse(SAMPLE[:start] + noise + SAMPLE[start + length :], URL, None)
    assert (feed.error is None) == bool(feed.format)
