"""Bugs that other readers have, to be found: what an entry is known by."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import Connection

from relay.core.entry import Identity, KnownEntry
from relay.storage import entries

KINDS = {"only-guids": "guid", "only-titles": "title"}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """One of them, or none."""
    if not name:
        yield
        return
    real = entries.known

    def known(
        tx: Connection, source_id: str, names: Iterable[Identity], apart: Collection[str] = ()
    ) -> list[KnownEntry]:
        return real(tx, source_id, [one for one in names if one.kind == KINDS[name]], apart)

    with patch.object(entries, "known", known):
        yield
