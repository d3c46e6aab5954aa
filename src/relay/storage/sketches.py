"""What is kept of the entries of each source's last document, so that only what is new of the next one is read."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from relay.core.entry import Identity, KnownEntry
from relay.core.sketch import Sketch
from relay.storage.tables.editorial import entries
from relay.storage.tables.intake import sketches

_NONE = frozenset[Identity]()
_KEPT = select(sketches.c.kept).where(sketches.c.source_id == bindparam("own"))
_ANEW = update(sketches).where(sketches.c.source_id == bindparam("own")).values(kept=bindparam("packed"))
_FIRST = insert(sketches).values(source_id=bindparam("own"), kept=bindparam("packed"))
_STANDING = select(entries.c.id, entries.c.source_id, entries.c.fingerprint, entries.c.revisions).where(
    entries.c.id.in_(bindparam("ids", expanding=True)), entries.c.withdrawn_at.is_(None)
)
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[Sketch, ...])


def of(tx: Connection, source_id: str) -> tuple[Sketch, ...]:
    """Those of a source, in the order of its document; none where they are of another version of relay's."""
    kept = tx.execute(_KEPT, {"own": source_id}).scalar()
    try:
        return _DECODER.decode(kept) if kept else ()
    except msgspec.DecodeError:
        return ()


def put(tx: Connection, source_id: str, kept: Sequence[Sketch]) -> None:
    """In the place of what was kept before; some 200 bytes an entry."""
    values = {"own": source_id, "packed": _ENCODER.encode(tuple(kept))}
    if not tx.execute(_ANEW, values).rowcount:
        tx.execute(_FIRST, values)


def forget(tx: Connection, source_id: str) -> None:
    """Its next document is read whole."""
    tx.execute(delete(sketches).where(sketches.c.source_id == source_id))


def standing(tx: Connection, source_id: str, kept: Sequence[Sketch]) -> list[KnownEntry]:
    """The entries that sketches are of; only those that still are as it says, and without their names.

    An entry that has a name in common with one of them is to be looked for by that.
    """
    prints = {one.entry_id: one.fingerprint.hex() for one in kept if one.entry_id}
    if not prints:
        return []
    return [
        KnownEntry(id, _NONE, fingerprint, revisions=revisions, is_own=owner == source_id)
        for id, owner, fingerprint, revisions in tx.execute(_STANDING, {"ids": sorted(prints)})
        if owner != source_id or fingerprint == prints[id]
    ]
