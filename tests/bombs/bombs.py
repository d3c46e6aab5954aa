"""Forty documents that swell, nest or go on for ever; the largest is ten megabytes on the wire."""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
RSS = "application/rss+xml"
JSON = "application/feed+json"
ITEM = b"<item><title>good</title><link>https://example.org/1</link></item>"
LAUGHS = b'<!DOCTYPE rss [<!ENTITY a0 "lol">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
)
GIGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Served:
    """An answer: its bytes, what they are said to be, and further headers."""

    body: bytes
    type: str = RSS
    headers: dict[str, str] = field(default_factory=dict)


def rss(inner: bytes, before: bytes = b"", head: bytes = HEAD) -> bytes:
    """A feed with these items."""
    return b"%s%s<rss version='2.0'><channel><title>t</title>%s</channel></rss>" % (head, before, inner)


def told(description: bytes) -> bytes:
    """A feed whose only entry says this, as escaped HTML."""
    return rss(b"<item><title>t</title><description>%s</description></item>" % description)


def json_feed(**items: object) -> bytes:
    """A JSON Feed with these properties."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", **items}).encode()


def folded(megabytes: int, begin: bytes = HEAD + b"<rss version='2.0'><channel><title>t</title>" + ITEM) -> bytes:
    """Gzip (RFC 1952) of so many megabytes, without ever having them in memory; the sum at its end is missing."""
    folding = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = folding.compress(begin + b"<!--") + folding.flush(zlib.Z_FULL_FLUSH)
    block = folding.compress(b" " * 1024 * 1024) + folding.flush(zlib.Z_FULL_FLUSH)
    return start + block * megabytes


def _gzip(body: bytes, encoding: str = "gzip") -> Served:
    return Served(body, RSS, {"Content-Encoding": encoding})


BOMBS: dict[str, Callable[[], Served]] = {
    "gzip of 1 GiB": lambda: _gzip(folded(GIGABYTE)),
    "gzip of 1 GiB in gzip": lambda: _gzip(gzip.compress(folded(GIGABYTE)), "gzip, gzip"),
    "said to be brotli": lambda: _gzip(folded(GIGABYTE), "br"),
    "said to be zstd": lambda: _gzip(folded(GIGABYTE), "zstd"),
    "deflate of 1 GiB": lambda: _gzip(folded(GIGABYTE), "deflate"),
    "gzip without saying so": lambda: Served(folded(GIGABYTE)),
    "billion laughs": lambda: Served(rss(b"<item><title>&a9;</title></item>", LAUGHS)),
    "laughs in UTF-16": lambda: Served(
        b"\xff\xfe" + rss(b"<item><title>&a9;</title></item>", LAUGHS, b"").decode().encode("utf-16-le")
    ),
    "quadratic entities": lambda: Served(
        rss(b"<item><title>%s</title></item>" % (b"&a;" * 60_000), b'<!DOCTYPE r [<!ENTITY a "%s">]>' % (b"A" * 60_000))
    ),
    "entities in a circle": lambda: Served(
        rss(b"<item><title>&a;</title></item>", b'<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>')
    ),
    "parameter entities": lambda: Served(
        rss(ITEM, b'<!DOCTYPE r [<!ENTITY %% p0 "x"><!ENTITY %% p1 "%s">%%p1;]>' % (b"%p0;" * 100_000))
    ),
    "an open document type": lambda: Served(HEAD + b"<!DOCTYPE " + b"[<!ENTITY " * 200_000),
    "comments, escaped": lambda: Served(told(b"&lt;!--" * 100_000)),
    "comments": lambda: Served(rss(b"<!-- -->" * 200_000 + ITEM)),
    "an open comment": lambda: Served(HEAD + b"<!--" + b"-" * 3_000_000),
    "an open CDATA section": lambda: Served(rss(b"<item><title>t</title><description>" + b"<![CDATA[" * 200_000)),
    "elements in elements": lambda: Served(told(b"<a>" * 100_000 + b"</a>" * 100_000)),
    "elements without an end": lambda: Served(rss(b"<item>" + b"<a>" * 300_000)),
    "HTML in HTML": lambda: Served(told(b"&lt;div&gt;" * 100_000)),
    "tables in tables": lambda: Served(told(b"&lt;table&gt;&lt;tr&gt;&lt;td&gt;" * 20_000)),
    "formatting in formatting": lambda: Served(told(b"&lt;p&gt;&lt;b&gt;&lt;i&gt;" * 20_000)),
    "bold, then boxes": lambda: Served(told(b"&lt;b&gt;" * 12_000 + b"&lt;div&gt;" * 12_000)),
    "50,000 entries": lambda: Served(rss(b"".join(b"<item><title>%d</title></item>" % one for one in range(50_000)))),
    "100,000 attributes": lambda: Served(
        rss(b"<item %s><title>t</title></item>" % b" ".join(b'a%d="1"' % one for one in range(100_000)))
    ),
    "30,000 namespaces": lambda: Served(
        rss(b"<item %s><title>t</title></item>" % b" ".join(b'xmlns:n%d="u:%d"' % (one, one) for one in range(30_000)))
    ),
    "an attribute of 5 MB": lambda: Served(
        rss(b'<item><enclosure url="https://a.fr/%s"/></item>' % (b"a" * 5_000_000))
    ),
    "a title of 6 MB": lambda: Served(rss(b"<item><title>%s</title></item>" % (b"A" * 6_000_000))),
    "a name of 1 MB": lambda: Served(rss(b"<item><%s/></item>" % (b"n" * 1_000_000))),
    "800,000 ampersands": lambda: Served(told(b"&amp;" * 800_000)),
    "500,000 numbers of characters": lambda: Served(told(b"&amp;#65;" * 500_000)),
    "500,000 signs": lambda: Served(told(b"&lt;" * 500_000)),
    "200,000 links, cut short": lambda: Served(told(b"&lt;a " * 200_000)),
    "instructions": lambda: Served(HEAD + b"<?a b?>" * 300_000 + rss(ITEM, head=b"")),
    "4 MB of nothing before it": lambda: Served(b" \n" * 2_000_000 + rss(ITEM, head=b"")),
    "a date of 1 MB": lambda: Served(rss(b"<item><title>t</title><pubDate>%s</pubDate></item>" % (b"1" * 1_000_000))),
    "an author without end": lambda: Served(
        rss(b"<item><title>t</title><author>%s@%s</author></item>" % (b"a." * 200_000, b"(" * 200_000))
    ),
    "a style without end": lambda: Served(told(b'&lt;p style="%s url(%s"&gt;' % (b"a:b;" * 100_000, b"(" * 20_000))),
    "an address of folders": lambda: Served(rss(b"<item><link>https://a.fr/%s</link></item>" % (b"../" * 500_000))),
    "lists in lists, in JSON": lambda: Served(b'{"items":%s%s}' % (b"[" * 200_000, b"]" * 200_000), JSON),
    "50,000 entries, in JSON": lambda: Served(
        json_feed(items=[{"id": one, "content_html": "<b>" * 20} for one in range(50_000)]), JSON
    ),
}
HOLES: dict[str, Callable[[], Served]] = {
    f"a hole: {word}": partial(Served, word.encode()) for word in ("spin", "eat", "crash", "swell")
}
"""What a library with a hole would do: no document is known that does it to those of today."""
