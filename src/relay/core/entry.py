"""An entry, and the several ways in which it is known again."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from string import punctuation
from typing import Literal, cast
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from relay.core.document import ParsedEntry
from relay.core.post import Post

IdentityKind = Literal["guid", "url", "dated", "title", "content"]


@dataclass(frozen=True, slots=True)
class Identity:
    """One name under which an entry is known. ``value`` is at most 64 characters, so it can be kept for ever."""

    kind: IdentityKind
    value: str


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What storage knows of an entry already relayed, as the source that is being read sees it.

    Of an entry that another source brought, ``identities`` are this source's own and the addresses of all.
    """

    id: int
    identities: frozenset[Identity]
    fingerprint: str
    title: str | None = None
    """As the source last wrote it; ``None`` also where nobody wrote it down."""
    published: datetime | None = None
    revisions: int = 0
    """How often the source has changed its words."""
    is_own: bool = True
    """Whether its words are this source's: of two sources, those of the first are kept."""
    is_here: bool = True
    """Whether this source has shown it before."""
    is_withdrawn: bool = False


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
    merged_into: int | None = None
    """The entry of another source that tells the same, and is published in its place."""


def identities(entry: ParsedEntry) -> frozenset[Identity]:
    """Every name this entry can be known by; a guid that is an address is compared as an address.

    The address of a site as such names none of its entries. What has neither guid nor address is known by its words.
    """
    if entry.sketch:
        return frozenset([Identity(cast("IdentityKind", kind), value.hex()) for kind, value in entry.sketch.names])
    found: set[Identity] = set()
    if entry.id and (guid := _canonical(entry.id)):
        found.add(Identity("guid", _digest(guid)))
    if entry.url and (address := _canonical(entry.url)):
        found.add(Identity("url", _digest(address)))
    if not found:
        found.add(Identity("content", fingerprint(entry)))
    if entry.title and entry.published:
        title = " ".join(unicodedata.normalize("NFC", entry.title).casefold().split())
        found.add(Identity("title", _digest(f"{title}|{entry.published.isoformat()}")))
    return frozenset(found)


def dated(entry: ParsedEntry) -> frozenset[Identity]:
    """The name of an entry whose address several have: that address with its date."""
    if not entry.url or not entry.published:
        return frozenset()
    return frozenset({Identity("dated", _digest(f"{_canonical(entry.url)}|{entry.published.isoformat()}"))})


def fingerprint(entry: ParsedEntry) -> str:
    """A digest of what a reader sees; it stays the same when only dates, counters or order of fields change."""
    if entry.sketch:
        return entry.sketch.fingerprint.hex()
    picture = entry.picture.url if entry.picture else None
    seen = (entry.title, entry.summary, entry.content_html, entry.url, picture, sorted(entry.categories))
    return _digest(repr(seen))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_TRACKING = ("utm_", "xtor", "fbclid", "gclid", "mc_cid", "mc_eid", "pk_", "mtm_", "at_medium", "at_campaign")
_OWN_PORTS = (":80", ":443")


_LONG = 2048
"""Characters of an address that is not remembered: a stranger may write any number of them."""


def _canonical(address: str) -> str:
    """The form by which an address is compared: what is asked for several names of an entry is found once."""
    return _formed(address) if len(address) > _LONG else _remembered(address)


def _formed(address: str) -> str:
    """One form for addresses that differ in scheme, ``www.``, trailing slash, escapes or tracking parameters only.

    A query may be a bare word (``spip.php?article12``), its parameters come in any order, and an anchor may be all that
    tells two entries apart. Empty for the address of a whole site.
    """
    text = unicodedata.normalize("NFC", address.strip())
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    if parts.scheme not in {"http", "https"}:
        return text
    host = parts.netloc.lower().removeprefix("www.")
    host = next((host.removesuffix(port) for port in _OWN_PORTS if host.endswith(port)), host)
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0]))
    anchor = "" if _tracks(parts.fragment) else parts.fragment
    path = _unescaped(parts.path.rstrip("/"))
    return f"{host}{path}?{urlencode(query)}#{anchor}" if path or query or anchor else ""


_remembered = lru_cache(maxsize=256)(_formed)


def _unescaped(path: str) -> str:
    """``/%C3%A9`` and ``/é`` are one path (RFC 3987 §3.1)."""
    octets = unquote_to_bytes(quote(path, safe=punctuation))
    try:
        return unicodedata.normalize("NFC", octets.decode())
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _tracks(name: str) -> bool:
    return name.lower().startswith(_TRACKING)
