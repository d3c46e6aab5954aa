"""What is kept of an entry, so that it need not be read again while its bytes stay as they are."""

from datetime import datetime
from typing import NamedTuple


class Mark(NamedTuple):
    """Bytes of a document that stand for one entry: their ``digest``, and what they ``weigh`` for whoever reads."""

    digest: bytes
    weight: int


class Sketch(NamedTuple):
    """An entry as it was read once. ``entry_id`` is the stored one, 0 where the source's rules leave it out.

    ``names`` and ``fingerprint`` are digests, as bytes; dates are those that the document gives.
    """

    mark: Mark
    entry_id: int
    fingerprint: bytes
    names: tuple[tuple[str, bytes], ...]
    published: datetime | None
    updated: datetime | None
