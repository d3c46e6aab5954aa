"""One document, ready to be sent: everything that can be known before anybody asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

IDENTITY = "identity"

Stamp = tuple[int, int]
"""Time of modification (ns) and size: a file with another has other bytes."""


@dataclass(frozen=True, slots=True)
class Ready:
    """``bodies`` by content coding (``identity`` is always there); ``digest`` names the version (hexadecimal).

    ``modified`` is in UTC, to the second. ``entries`` are the digests of a feed's entries, empty for what is no feed.
    ``stamp`` is that of the file that was read.
    """

    media_type: str
    modified: datetime
    digest: str
    bodies: Mapping[str, bytes]
    entries: frozenset[str] = frozenset()
    stamp: Stamp = (0, 0)

    def etag(self, coding: str) -> str:
        """A strong tag of these very bytes: each coding has its own (RFC 9110 §8.8.3.3)."""
        return f'"{self.digest}"' if coding == IDENTITY else f'"{self.digest}-{coding}"'
