"""Who has begun to sign in: what was asked of a device or a provider, good for one answer."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from relay.core.signing.lasting import CEREMONY
from relay.storage.people import digest
from relay.storage.tables.people import ceremonies

MOST = 100
"""Of one client network: the oldest makes room, so that no stranger fills the table."""


def begin(tx: Connection, token: str, kind: str, network: str, kept: str, now: datetime) -> None:  # a row
    """Keep ``kept`` until whoever knows ``token`` comes back."""
    tx.execute(delete(ceremonies).where(ceremonies.c.expires_at <= now))
    own = select(ceremonies.c.digest).where(ceremonies.c.network == network)
    beyond = own.order_by(ceremonies.c.expires_at.desc(), ceremonies.c.digest).offset(MOST - 1)
    tx.execute(delete(ceremonies).where(ceremonies.c.digest.in_(tx.execute(beyond).scalars().all())))
    row = {"digest": digest(token), "kind": kind, "network": network, "kept": kept, "expires_at": now + CEREMONY}
    tx.execute(insert(ceremonies).values(**row))


def end(tx: Connection, token: str, kind: str, now: datetime) -> str | None:
    """What was kept, once; ``None`` where it is not there, is another kind of thing, or is over."""
    own = (ceremonies.c.digest == digest(token), ceremonies.c.kind == kind)
    row = tx.execute(select(ceremonies).where(*own)).first()
    if row is None or tx.execute(delete(ceremonies).where(*own)).rowcount != 1:
        return None
    kept: str = row.kept
    return kept if row.expires_at > now else None
