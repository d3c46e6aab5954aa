"""Which reader for this document: XML or JSON, told by what it holds and not by what it is called."""

from dataclasses import replace

from relay.core.document import ParsedFeed
from relay.intake import jsonfeed, xmlfeed
from relay.intake.reading.decoding import decode


def parse(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    """What ``body`` says, having come from ``url`` as ``content_type``. Whatever the bytes are, nothing is raised."""
    try:
        return _parse(body, url, content_type)
    except Exception as error:  # noqa: BLE001  # the libraries beneath are fed by strangers: one feed stops no other
        return ParsedFeed(error=f"This document cannot be read ({type(error).__name__}: {str(error)[:100]}).")


def _parse(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    decoded = decode(body, content_type)
    start = decoded.text.lstrip("\ufeff \t\r\n\0")
    if not start:
        return ParsedFeed(error="This document is empty.")
    if start.startswith(("{", "[")):
        return jsonfeed.read(start, url)
    document = xmlfeed.read(decoded.text, url)
    if decoded.is_misdeclared and not document.error:
        return replace(document, repaired=("wrong encoding", *document.repaired))
    return document
