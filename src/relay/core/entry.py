"""An entry, and the several ways in which it is known again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from relay.core.document import ParsedEntry
from relay.core.post import Post

IdentityKind = Literal["guid", "url", "title", "content"]


@dataclass(frozen=True, slots=True)
class Identity:
    """One name under which an entry is known. ``value`` is at most 64 characters, so it can be kept for ever."""

    kind: IdentityKind
    value: str


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What storage knows of an entry already relayed."""

    id: int
    identities: frozenset[Identity]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored entry with the post made of it."""

    id: int
    source_id: str
    guid: str | None
    url: str | None
    fingerprint: str
    first_seen: datetime
    post: Post


def identities(entry: ParsedEntry) -> frozenset[Identity]:
    """Every name this entry can be known by; a guid that is an address is compared as an address."""
    found: set[Identity] = set()
    for kind, text in (("guid", entry.id), ("url", entry.url)):
        if text:
            found.add(Identity("guid" if kind == "guid" else "url", _digest(_canonical(text))))
    if entry.title and entry.published:
        found.add(Identity("title", _digest(f"{entry.title.casefold()}|{entry.published.isoformat()}")))
    if not found:
        found.add(Identity("content", fingerprint(entry)))
    return frozenset(found)


def fingerprint(entry: ParsedEntry) -> str:
    """A digest of what a reader sees; it stays the same when only dates, counters or order of fields change."""
    picture = entry.picture.url if entry.picture else None
    seen = (entry.title, entry.summary, entry.content_html, entry.url, picture, sorted(entry.categories))
    return _digest(repr(seen))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_TRACKING = ("utm_", "xtor", "fbclid", "gclid", "mc_cid", "mc_eid", "pk_", "mtm_", "at_medium", "at_campaign")
_OWN_PORTS = (":80", ":443")


def _canonical(address: str) -> str:
    """One form for addresses that differ in scheme, ``www.``, trailing slash or tracking parameters only.

    A query may be a bare word (``spip.php?article12``) and an anchor may be all that tells two entries apart.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"}:
        return address
    host = parts.netloc.lower().removeprefix("www.")
    host = next((host.removesuffix(port) for port in _OWN_PORTS if host.endswith(port)), host)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    anchor = "" if _tracks(parts.fragment) else parts.fragment
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}#{anchor}"


def _tracks(name: str) -> bool:
    return name.lower().startswith(_TRACKING)
