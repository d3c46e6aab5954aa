"""Addresses as feedparser joins them."""

import re
from urllib.parse import urljoin

from relay.intake.reading.direct.unsure import Unsure

_SLASHES = re.compile("^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[\w/.~%=&@+,:!$'*()-]*)?(?:\?[\w/.~%=&@+,:!$'*()?-]+)?"
    r"(?:#[\w/.~%=&@+,:!$'*()?-]+)?",
    re.ASCII,
)


def is_plain(address: str) -> bool:
    """Whether joining (RFC 3986 §5) leaves it as it is, whatever it is joined to: a whole address without oddities."""
    return _PLAIN.fullmatch(address) is not None


def joined(base: str, address: str) -> str:
    """Absolute; empty if there is no sense in it."""
    if is_plain(address):
        return address
    try:
        return urljoin(base, _SLASHES.sub(r"\1\3", address))
    except ValueError:
        return ""


def rebased(base: str, written: str | None) -> str:
    """The base of an element that has one of its own: an http or https address, or that of what is around it."""
    if not base:
        return joined("", written) if written else ""
    if not written:
        return base
    found = joined(base, written)
    scheme, colon, _ = found.strip().partition(":")
    if found and colon and scheme not in {"http", "https"}:
        raise Unsure
    if joined(found, found) != found:
        raise Unsure
    return found or base


def beginning(url: str) -> str:
    """The base of a document that came from ``url``."""
    if url and (not url.startswith(("http://", "https://")) or joined(url, url) != url):
        raise Unsure
    return url
