"""Which reader for this document: XML or JSON, told by what it holds and not by what it is called."""

from dataclasses import replace

from relay.core.document import ParsedFeed
from relay.intake import jsonfeed, xmlfeed
from relay.intake.reading.decoding import Decoded, decode


def parse(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    """What ``body`` says, having come from ``url`` as ``content_type``. Whatever the bytes are, nothing is raised."""
    try:
        return attempt(body, url, content_type)
    except Exception as error:  # noqa: BLE001  # the libraries beneath are fed by strangers: one feed stops no other
        return ParsedFeed(error=f"This document cannot be read ({type(error).__name__}: {str(error)[:100]}).")


def attempt(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    """The same, for whoever wants to know what the libraries beneath raise."""
    decoded = decode(body, content_type)
    start = decoded.text.lstrip("\ufeff \t\r\n\0")
    if not start:
        return ParsedFeed(error="This document is empty.")
    if start.startswith(("{", "[")):
        return jsonfeed.read(start, url)
    document = xmlfeed.read(decoded.text, url)
    notes = _notes_on_encoding(decoded, body, content_type)
    return document if document.error else replace(document, repaired=(*notes, *document.repaired))


def _notes_on_encoding(decoded: Decoded, body: bytes, content_type: str | None) -> tuple[str, ...]:
    """``text/xml`` alone was US-ASCII until RFC 7303 §9.2 replaced RFC 3023: some readers hold to it."""
    if decoded.is_misdeclared:
        return ("wrong encoding",)
    named = (content_type or "").lower().replace(" ", "")
    is_bare = named.partition(";")[0] == "text/xml" and "charset=" not in named
    return ("text/xml without a charset",) if is_bare and not (decoded.is_marked or body.isascii()) else ()
