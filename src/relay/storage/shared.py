"""Secrets that relay shares with hubs and with subscribers (WebSub §5.1), as they stand in rows: sealed.

In the clear they stand only where there is no key: on PostgreSQL without ``key`` in [service]. A text that begins with
a control character is a sealed one: no secret has any.
"""

import base64
from binascii import Error
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, select, update

from relay.storage import keys
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, Sealed, Unopened, seal, unseal
from relay.storage.tables.hub import errands, subscribers
from relay.storage.tables.intake import subscriptions

Ring = Keyring | Unopened | None
"""The keys there are, or why there are none; ``None`` where there are to be none."""
_MARK = "\x1f"


def of_subscription(token: str) -> str:
    """What the secret of one of relay's own subscriptions is bound to."""
    return f"subscription {token}"


def of_subscriber(callback: str, address: str) -> str:
    """What a subscriber's secret is bound to, from the request on."""
    return f"subscriber {callback} {address}"


def ring_of(place: Keyplace) -> Ring:
    """The keys to seal by; relay's own is made where it is not yet there. ``None`` where there is to be none.

    Asked under the write to the rows: a change of the key is one, too.
    """
    return keys.sealing(place) if _is_meant(place) else None


def opening(place: Keyplace) -> Ring:
    """The same, and none is made."""
    return keys.opening(place) if _is_meant(place) else None


def closed(ring: Keyring | None, whose: str, secret: str) -> str:
    """As it stands in the row of ``whose``."""
    if ring is None or not secret:
        return secret
    found = seal(ring, whose, secret.encode())
    return f"{_MARK}{found.key_id}{_MARK}{base64.b64encode(found.bytes_).decode()}"


def opened(ring: Ring, whose: str, kept: str) -> str:
    """The secret in a row; still ``is_closed`` where it cannot be opened, and then nothing may be signed by it."""
    if not is_closed(kept) or not isinstance(ring, Keyring):
        return kept
    key_id, _, text = kept[1:].partition(_MARK)
    try:
        plain = unseal(ring, whose, Sealed(key_id, base64.b64decode(text)))
    except Error:
        return kept
    return kept if isinstance(plain, Unopened) else plain.decode()


def is_closed(text: str) -> bool:
    """Whether it is sealed."""
    return text.startswith(_MARK)


def close_all(tx: Connection, place: Keyplace) -> bool:
    """Seal what stands in the clear, from before there was a key; whether there was any."""
    found = [one for one in _kept(tx) if not is_closed(one.text)]
    ring = ring_of(place) if found else None
    if not isinstance(ring, Keyring):
        return False
    _renew(tx, ring, found)
    return True


def reseal(tx: Connection, ring: Keyring) -> None:
    """Seal all of them under the current key; what does not open stays as it is."""
    found = [replace(one, text=opened(ring, one.whose, one.text)) for one in _kept(tx)]
    _renew(tx, ring, [one for one in found if not is_closed(one.text)])


@dataclass(frozen=True, slots=True)
class _Kept:
    """A secret in its row, and what it is bound to."""

    table: Table
    row: Any
    whose: str
    text: str


def _kept(tx: Connection) -> Iterator[_Kept]:
    """Every secret there is."""
    own = subscriptions.c
    for row in tx.execute(select(own.token, own.secret).where(own.secret != "")):
        yield _Kept(subscriptions, own.token == row.token, of_subscription(row.token), row.secret)
    for table in (errands, subscribers):
        for row in tx.execute(select(table).where(table.c.secret != "")):
            yield _Kept(table, table.c.id == row.id, of_subscriber(row.callback, row.address), row.secret)


def _renew(tx: Connection, ring: Keyring, found: Sequence[_Kept]) -> None:
    for one in found:
        tx.execute(update(one.table).where(one.row).values(secret=closed(ring, one.whose, one.text)))


def _is_meant(place: Keyplace) -> bool:
    return place.text is not None or place.file is not None
