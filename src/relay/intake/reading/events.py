"""XML as the events of SAX, for feedparser: read by lxml's own libxml2, not by the expat that is on the machine.

A driver as ``xml.sax.make_parser`` looks for it: a module with ``create_parser``. Events are those of expat, of a
document without a document type; what is not well-formed, or has a prefix that nothing declares, is an error.
"""

from collections.abc import Mapping
from typing import Any, cast
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from lxml import etree

from relay.intake.reading.tree import mistakes_in_namespaces

_ENTITIES: Any = "internal"
"""Though there are none: without it libxml2 writes the ``&amp;`` of an attribute as ``&#38;``."""
_XML = "http://www.w3.org/XML/1998/namespace"
Name = tuple[str | None, str]


def create_parser() -> "Reader":
    """A reader for one document."""
    return Reader()


class Reader:
    """So much of SAX's ``XMLReader`` as is asked for; namespaces are always on, nothing outside is ever read."""

    def __init__(self) -> None:
        self._handler: Any = ContentHandler()

    def setFeature(self, name: str, state: object) -> None:  # noqa: N802  # SAX's own names
        """What is asked for is so."""

    def setContentHandler(self, handler: Any) -> None:  # noqa: N802
        """Who is told of elements and texts, and of errors."""
        self._handler = handler

    def setErrorHandler(self, handler: Any) -> None:  # noqa: N802
        """The same."""

    def parse(self, source: InputSource) -> None:
        """Read all of it; raises ``SAXParseException`` where it is not well-formed."""
        stream, target = cast("Any", source.getByteStream()), cast("Any", _Events(self._handler))
        parser = etree.XMLParser(target=target, resolve_entities=_ENTITIES, no_network=True)
        try:
            etree.fromstring(stream.read(), parser)
        except etree.XMLSyntaxError as error:
            self._fail(str(error), error)
        if undeclared := next(mistakes_in_namespaces(parser.error_log), None):
            self._fail(undeclared, None)

    def _fail(self, why: str, error: Exception | None) -> None:
        self._handler.fatalError(SAXParseException(why, error, Locator()))


class _Events:
    """What lxml tells while it reads, told as SAX tells it."""

    def __init__(self, handler: Any) -> None:
        self._handler = handler
        self._prefixes: list[Mapping[str, str]] = []
        """Of each namespace, inside each element that is open."""

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        """An element begins."""
        for prefix, address in declared.items():
            self._handler.startPrefixMapping(prefix or None, address or None)
        around = self._prefixes[-1] if self._prefixes else {}
        inside = (
            {**around, **{address: prefix for prefix, address in declared.items() if prefix}} if declared else around
        )
        self._prefixes.append(inside)
        values = {_name(name): value for name, value in attributes.items()}
        written = {name: _written(name, inside) for name in values}
        self._handler.startElementNS(_name(tag), None, AttributesNSImpl(values, written))

    def end(self, tag: str) -> None:
        """An element ends."""
        self._prefixes.pop()
        self._handler.endElementNS(_name(tag), None)

    def data(self, text: str) -> None:
        """A piece of text."""
        self._handler.characters(text)

    def close(self) -> None:
        """The document ends."""


def _name(tag: str) -> Name:
    """Of a tag as lxml has it, ``{address}name``."""
    address, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return address or None, name


def _written(name: Name, prefixes: Mapping[str, str]) -> str:
    """As it stands in the document."""
    address, local = name
    prefix = "xml" if address == _XML else prefixes.get(address or "", "")
    return f"{prefix}:{local}" if prefix else local
