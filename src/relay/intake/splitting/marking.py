"""Digests by which an entry's bytes are known again, with all that stands around them and may change their meaning."""

import hashlib
import re

from relay.core.sketch import Mark
from relay.intake.splitting.alone import weight
from relay.intake.splitting.split import Split

LENGTH = 16
"""Bytes of a digest: enough that no two are met that are the same, also where somebody looks for them."""

_DATED = re.compile(
    rb"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:pubDate|lastBuildDate|updated|modified|date))(?:\s[^<>]{0,300})?>[^<>]{0,100}</\1\s{0,10}>"
)
_ENDING = re.compile(rb"</(?:[\w.-]{1,41}:)?(?:rss|RDF|feed)\s{0,10}>")


def context(parts: Split, *about: str) -> bytes:
    """A digest of what is not the entries', but for what changes with each of them, and of what else it depends on."""
    declaration, feed = parts.head[: parts.root].partition(b"?>")[0], parts.head[parts.root :]
    before, _, rest = feed.partition(b"<items>")
    _, _, behind = rest.partition(b"</items>")
    feed = before + behind if behind else feed
    ending = _ENDING.search(parts.tail)
    around = feed + b"\0" + parts.tail[: ending.end() if ending else None]
    said = b"\0".join(one.encode("utf-8", "surrogatepass") for one in about)
    words = b" ".join(_DATED.sub(b"", around).split())
    return hashlib.sha256(b"\0".join((said, declaration, words))).digest()


def mark(around: bytes, entry: bytes) -> Mark:
    """The entry's, in such a context."""
    return Mark(digest(around, entry), weight(entry))


def digest(around: bytes, entry: bytes) -> bytes:
    """Half of a SHA-256."""
    return hashlib.sha256(around + entry).digest()[:LENGTH]
