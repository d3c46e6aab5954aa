"""Documents of strangers are read by lxml's libxml2; the machine's expat, of whatever age, is not even loaded."""

import io
import subprocess
import sys
from contextlib import suppress
from typing import Any
from xml.sax import SAXParseException, expatreader
from xml.sax.handler import ContentHandler, feature_external_ges, feature_namespaces
from xml.sax.xmlreader import InputSource

import pytest

from relay.intake.reading import events

FEED = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Blog</title>
<item><guid>urn:1</guid><title>One &amp; two</title><dc:creator>Camille</dc:creator></item></channel></rss>"""
WITHOUT = f"""
import sys
sys.modules["pyexpat"] = None
{{first}}
from relay.intake import xmlfeed
from relay.intake.parse import parse
{{plant}}
found = parse({FEED.encode()!r}, "https://a.example/rss", None)
print(found.entries[0].title, found.repaired, "xml.parsers.expat" in sys.modules)
"""


def without_expat(first: str, plant: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT.format(first=first, plant=plant)],
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


BY_FEEDPARSER = "xmlfeed.direct.found = lambda *_: None"


@pytest.mark.parametrize("by", ["", BY_FEEDPARSER])
def test_a_feed_is_read_without_expat(by: str) -> None:
    assert without_expat("import relay.daemon, relay.wiring", by) == "One & two () False"


def test_a_reader_that_needs_expat_is_found() -> None:
    assert without_expat("", f"{BY_FEEDPARSER}; xmlfeed.events.__name__ = 'no_such_driver'") != "One & two () False"


class Told(ContentHandler):
    """All that a reader tells, texts joined."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[object, ...]] = []

    def startPrefixMapping(self, prefix: str | None, uri: str) -> None:  # noqa: N802  # SAX's own name
        self.all.append(("prefix", prefix, uri))

    def startElementNS(self, name: object, qname: str | None, attrs: Any) -> None:  # noqa: N802  # SAX's own name
        named = sorted((name, attrs.getValueByQName(name)) for name in attrs.getQNames())
        self.all.append(("start", name, qname, sorted(attrs.items(), key=str), named))

    def endElementNS(self, name: object, qname: str | None) -> None:  # noqa: N802  # SAX's own name
        self.all.append(("end", name, qname))

    def characters(self, content: str) -> None:
        before = self.all.pop()[1] if self.all and self.all[-1][0] == "text" else ""
        self.all.append(("text", f"{before}{content}"))

    def fatalError(self, exception: BaseException) -> None:  # noqa: N802  # SAX's own name
        self.all.append(("error",))
        raise exception


def expat() -> Any:
    """Python's own reader, for documents of ours."""
    return expatreader.create_parser()  # noqa: S315


def told(reader: Any, xml: str) -> list[tuple[object, ...]]:
    handler, source = Told(), InputSource()
    source.setByteStream(io.BytesIO(xml.encode()))
    reader.setFeature(feature_namespaces, 1)
    reader.setFeature(feature_external_ges, 0)
    reader.setContentHandler(handler)
    reader.setErrorHandler(handler)
    with suppress(SAXParseException):
        reader.parse(source)
    return handler.all


@pytest.mark.parametrize(
    "xml",
    [
        FEED,
        '<a xmlns="u" b="1" xml:lang="fr">t<!-- no --><?no no?><b xmlns="v"/><![CDATA[<i> & co]]>\r\n&#233;</a>',
        '<a xmlns:m="u" m:b="1 &amp; 2" c="&quot;&lt;"><m:b xmlns:m="v" m:c="3"/><m:b m:d=" 4\n5 "/></a>',
        '<a xmlns="u"><b xmlns="" c="1"/></a>',
        "<a/>",
    ],
)
def test_it_tells_what_expat_tells(xml: str) -> None:
    assert told(events.create_parser(), xml) == told(expat(), xml)


@pytest.mark.parametrize(
    "xml",
    ["<a><b></a>", "<a>&nbsp;</a>", "<a b=1/>", "<a", "", "<a/><b/>", "<m:a/>", '<a m:b="1"/>', '<a b="1" b="2"/>'],
)
def test_what_expat_refuses_is_refused(xml: str) -> None:
    for reader in (events.create_parser(), expat()):
        assert ("error",) in told(reader, xml)
