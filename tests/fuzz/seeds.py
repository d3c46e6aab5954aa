"""Documents to begin with, and changes to them."""

from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz import garbage

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
LARGEST = 20_000
TOKENS = (
    *(
        b"<item>",
        b"</item>",
        b"<entry>",
        b"</entry>",
        b"<title>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?xml ",
        b"?>",
    ),
    *(
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"&#0;",
        b"&#xD800;",
        b"&amp;#60;",
        b"&nbsp;",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(
        b'xmlns="http://www.w3.org/2005/Atom"',
        b'type="xhtml"',
        b'type="html"',
        b'encoding="utf-7"',
        b'encoding="utf-16"',
    ),
    *(
        b"<guid>",
        b"<pubDate>",
        b"Tue, 31 Feb 2026 25:61:61 +9999",
        b"9999-12-31T23:59:59-23:59",
        b"<dc:date>",
        b"<media:group>",
    ),
    *(
        b"<content:encoded>",
        b"<div>",
        b"<svg><style>",
        b"<math><mtext>",
        b"<table><td>",
        b"<img src=x onerror=alert(1)>",
    ),
    *(
        b'<a href="java&#10;script:1">',
        b'{"version":"https://jsonfeed.org/version/1.1","items":[',
        b"\\ud800",
        b"\\u0000",
        b"1e999",
    ),
    *(
        b'xml:base="http://["',
        b"<link/>",
        b'<enclosure url="//[" length="-1"/>',
        b"<category/>",
        b"\0",
        b"\x0b",
        b"\xc3",
        b"\xed\xa0\x80",
    ),
)
"""What breaks readers of feeds, and what they read."""
OWN = (
    (
        b'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        b"<channel><title>a</title><item><title>b &amp; c</title><link>https://a.example/1</link><guid>1</guid><pubDate>"
        b"Tue, 24 Nov 2026 09:00:00 +0100</pubDate><content:encoded><![CDATA[<p>d <b>e</b><img src='/f.jpg'>]]></content:encoded>"
        b'<media:content url="https://a.example/f.jpg" medium="image"><media:description>g</media:description></media:content>'
        b"</item></channel></rss>"
    ),
    (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://a.example/"><title>a</title><id>a</id>'
        b'<entry><id>tag:a.example,2026:1</id><title type="html">b &lt;i&gt;c&lt;/i&gt;</title><link href="1"/><updated>'
        b'2026-11-24T09:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>d</p></div></content>'
        b"<author><name>e</name></author><category term='f'/></entry></feed>"
    ),
    (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc='
        b'"http://purl.org/dc/elements/1.1/"><channel rdf:about="a"><title>a</title></channel><item rdf:about="https://a.example/1">'
        b"<title>b</title><link>https://a.example/1</link><dc:date>2026-11-24</dc:date></item></rdf:RDF>"
    ),
    (
        b'{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{"id":1,"url":"https://a.example/1","title":"b",'
        b'"content_html":"<p>c</p>","date_published":"2026-11-24T09:00:00Z","tags":["d"],"attachments":[{"url":"e","size_in_bytes":1}]}]}'
    ),
)
"""One of each format, for a machine that has no others."""


@cache
def seeds() -> tuple[bytes, ...]:
    """Documents to begin with: our own, and the collected ones where they are."""
    kinds = {".xml", ".rss", ".atom", ".json", ".rdf"}
    good = [
        file
        for file in sorted(CORPORA.rglob("*"))
        if file.suffix in kinds and file.is_file() and file.stat().st_size <= LARGEST
    ]
    return (*OWN, *(file.read_bytes() for file in good))


def document(chance: Random) -> bytes:
    """A seed with changes, or the beginning of one and the end of another."""
    first = chance.choice(seeds())
    if chance.random() < 0.2:
        other = chance.choice(seeds())
        first = first[: chance.randrange(len(first) + 1)] + other[chance.randrange(len(other) + 1) :]
    return garbage.mutated(chance, first, TOKENS)[:LARGEST]
