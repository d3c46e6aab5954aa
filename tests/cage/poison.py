"""Sixty kinds of bad entry, each an item of an RSS feed as a publisher's broken program might write it."""

_GOOD = b"<title>%b</title><link>https://a.fr/%b</link><guid>https://a.fr/%b</guid>"


def good(number: int) -> bytes:
    """An entry like others."""
    what = b"good-%d" % number
    return b"<item>%b<description>Words %d.</description></item>" % (_GOOD % (what, what, what), number)


def feed(items: list[bytes]) -> bytes:
    """An RSS feed of these."""
    names = b"xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/'"
    names += b" xmlns:dc='http://purl.org/dc/elements/1.1/'"
    return b"<rss version='2.0' %b><channel><title>A</title><link>https://a.fr/</link>%b</channel></rss>" % (
        names,
        b"".join(items),
    )


def _title(title: bytes) -> bytes:
    return b"<item><title>%b</title><link>https://a.fr/bad</link></item>" % title


def _link(link: bytes) -> bytes:
    return b"<item><title>bad</title><link>%b</link></item>" % link


def _guid(guid: bytes) -> bytes:
    return b"<item><title>bad</title><link>https://a.fr/bad</link><guid>%b</guid></item>" % guid


def _date(date: bytes) -> bytes:
    return b"<item><title>bad</title><link>https://a.fr/bad</link><pubDate>%b</pubDate></item>" % date


def _html(html: bytes) -> bytes:
    return (
        b"<item><title>bad</title><link>https://a.fr/bad</link><description><![CDATA[%b]]></description></item>" % html
    )


def _more(more: bytes) -> bytes:
    return b"<item><title>bad</title><link>https://a.fr/bad</link>%b</item>" % more


KINDS: dict[str, bytes] = {
    "title: NUL": _title(b"ba\x00d"),
    "title: vertical tab": _title(b"ba\x0bd"),
    "title: U+FFFE": _title("ba\ufffed".encode()),
    "title: half a surrogate": _title(b"ba&#xD800;d"),
    "title: a surrogate in UTF-8": _title(b"ba\xed\xa0\x80d"),
    "title: a number beyond Unicode": _title(b"ba&#x110000;d"),
    "title: Latin-1 in UTF-8": _title(b"ba\xe9d"),
    "title: 2 MB": _title(b"bad " * 500_000),
    "title: one word of 1 MB": _title(b"b" * 1_000_000),
    "title: none": b"<item><link>https://a.fr/bad</link></item>",
    "title: nothing but space": _title(b" \n\t "),
    "title: nothing that is seen": _title("\u200b\u200d\u2060".encode()),
    "title: from right to left": _title("\u202ebad\u202e".encode()),
    "title: ten thousand accents": _title(b"b" + "\u0301".encode() * 10_000),
    "title: a family of emoji": _title("👩‍👩‍👧‍👦".encode() * 2_000),
    "title: an entity of nobody's": _title(b"ba&nosuch;d"),
    "title: escaped five times": _title(b"&amp;amp;amp;amp;lt;b&amp;amp;amp;amp;gt;bad"),
    "title: a script": _title(b"&lt;script&gt;alert(1)&lt;/script&gt;bad"),
    "title: elements in it": _title(b"<b><i>bad</b></i>"),
    "title: twice": b"<item><title>bad</title><title>worse</title><link>https://a.fr/bad</link></item>",
    "link: none": b"<item><title>bad</title></item>",
    "link: javascript": _link(b"javascript:alert(1)"),
    "link: data": _link(b"data:text/html,bad"),
    "link: a file": _link(b"file:///etc/passwd"),
    "link: relative": _link(b"../bad?x=1#y"),
    "link: spaces and lines": _link(b"\n https://a.fr/b ad \n "),
    "link: a password": _link(b"https://user:secret@a.fr/bad"),
    "link: half an IPv6": _link(b"http://[::1/bad"),
    "link: a port beyond": _link(b"http://a.fr:99999999/bad"),
    "link: a host of dots": _link(b"http://..a..fr../bad"),
    "link: punycode of nothing": _link(b"http://xn--zzzzzz-.fr/bad"),
    "link: a label of 100 letters": _link(b"http://" + b"a" * 100 + b".fr/bad"),
    "link: 100 KB": _link(b"https://a.fr/" + b"a" * 100_000),
    "link: a percent sign too few": _link(b"https://a.fr/%zz%f"),
    "guid: 1 MB": _guid(b"g" * 1_000_000),
    "guid: nothing but space": _guid(b"   "),
    "guid: that of another": _guid(b"https://a.fr/good-1"),
    "guid: NUL": _guid(b"g\x00g"),
    "item: empty": b"<item/>",
    "item: nothing but text": b"<item>bad</item>",
    "item: in an item": b"<item><title>bad</title><item><title>worse</title></item></item>",
    "item: without an end": b"<item><title>bad</title><link>https://a.fr/bad</link>",
    "date: year 0": _date(b"Mon, 01 Jan 0000 00:00:00 GMT"),
    "date: year 99999": _date(b"Mon, 01 Jan 99999 00:00:00 GMT"),
    "date: before year 1": _date(b"0001-01-01T00:00:00+14:00"),
    "date: after year 9999": _date(b"9999-12-31T23:59:59-14:00"),
    "date: a zone of 99 hours": _date(b"Mon, 01 Jan 2026 00:00:00 +9999"),
    "date: tomorrow": _date(b"tomorrow"),
    "date: a number without end": _date(b"9" * 10_000),
    "html: 600 boxes in one another": _html(b"<div>" * 600),
    "html: tags without an end": _html(b"<p <p <a href=<b"),
    "html: a script, a frame, an object": _html(b"<script>x</script><iframe src=x></iframe><object data=x>bad"),
    "html: SVG and MathML": _html(b"<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext></math>"),
    "html: base and meta": _html(b"<base href='//b.fr/'><meta http-equiv=refresh content='0;//b.fr'><a href=x>x</a>"),
    "html: 2 MB": _html(b"<p>bad</p>" * 200_000),
    "html: half a CDATA section": b"<item><title>bad</title><description><![CDATA[ x ]] ></description></item>",
    "enclosure: a length below nothing": _more(b"<enclosure url='https://a.fr/x.mp3' length='-99' type='audio/mpeg'/>"),
    "enclosure: a length of words": _more(b"<enclosure url='https://a.fr/x.mp3' length='1e999' type='audio'/>"),
    "enclosure: no address": _more(b"<enclosure length='1' type='a/b'/>"),
    "category: 5,000": _more(b"".join(b"<category>c%d</category>" % number for number in range(5_000))),
    "author: 100 KB": _more(b"<author>%b</author>" % (b"a." * 50_000)),
    "picture: of no size": _more(b"<media:thumbnail url='x' width='-1' height='NaN'/>"),
    "language: of nobody's": _more(b"<dc:language>%b</dc:language>" % (b"x-" * 5_000)),
    "content: empty beside a summary": _more(b"<description>bad</description><content:encoded></content:encoded>"),
}
