"""Passkeys (W3C Web Authentication): the public half of what a member's device keeps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from relay.storage.tables.people import passkeys, users


@dataclass(frozen=True, slots=True)
class Passkey:
    """``id`` as the browser writes it (base64url), ``key`` its public key (COSE), ``uses`` its signature counter."""

    id: str
    user: str
    key: bytes
    uses: int
    name: str
    added_at: datetime
    used_at: datetime | None = None


def add(tx: Connection, passkey: Passkey) -> bool:
    """Keep a new one; whether nobody had it."""
    if get(tx, passkey.id) is not None:
        return False
    names = ("id", "user", "key", "uses", "name", "added_at")
    tx.execute(insert(passkeys).values(**{name: getattr(passkey, name) for name in names}))
    return True


def get(tx: Connection, id: str) -> Passkey | None:
    """One passkey, whoever has it."""
    row = tx.execute(select(passkeys).where(passkeys.c.id == id)).first()
    return Passkey(*row) if row else None


def of(tx: Connection, user: str) -> list[Passkey]:
    """A member's passkeys, in the order in which they came."""
    own = select(passkeys).where(passkeys.c.user == user).order_by(passkeys.c.added_at, passkeys.c.id)
    return [Passkey(*row) for row in tx.execute(own)]


def used(tx: Connection, id: str, uses: int, now: datetime) -> None:
    """It has signed; its counter stands at ``uses``."""
    tx.execute(update(passkeys).where(passkeys.c.id == id).values(uses=uses, used_at=now))


def rename(tx: Connection, user: str, id: str, name: str) -> bool:
    """Give a member's passkey another name; whether it is theirs."""
    own = (passkeys.c.id == id, passkeys.c.user == user)
    return tx.execute(update(passkeys).where(*own).values(name=name[:100])).rowcount == 1


def remove(tx: Connection, user: str, id: str) -> bool:
    """Forget a member's passkey; whether it was theirs."""
    return tx.execute(delete(passkeys).where(passkeys.c.id == id, passkeys.c.user == user)).rowcount == 1


def handle(tx: Connection, user: str, fresh: str) -> str:
    """Under which random name devices know a member; ``fresh`` from the first time on."""
    known: str = tx.execute(select(users.c.handle).where(users.c.name == user)).scalar_one()
    if not known:
        tx.execute(update(users).where(users.c.name == user).values(handle=fresh))
    return known or fresh
