"""Who is on the way to a network to connect an account: a state of one use, of which only the digest is stored."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from relay.storage.sealing import Sealed
from relay.storage.tables.accounts import visits


@dataclass(frozen=True, slots=True)
class Underway:
    """``session`` is whoever began it, by a digest; ``sealed`` what is needed again at the end."""

    account: str
    session: str
    sealed: Sealed
    redirect: str
    expires_at: datetime


def begin(tx: Connection, state: str, visit: Underway, now: datetime) -> None:
    """Somebody leaves for the network under ``state``; those that never came back are forgotten."""
    sweep(tx, now)
    tx.execute(
        insert(visits).values(
            state=digest(state),
            account=visit.account,
            session=visit.session,
            key_id=visit.sealed.key_id,
            sealed=visit.sealed.bytes_,
            redirect=visit.redirect,
            expires_at=visit.expires_at,
        )
    )


def sweep(tx: Connection, now: datetime) -> None:
    """Forget those that are over."""
    tx.execute(delete(visits).where(visits.c.expires_at <= now))


def are_over(tx: Connection, now: datetime) -> bool:
    """Whether there is one to forget."""
    return tx.execute(select(visits.c.state).where(visits.c.expires_at <= now).limit(1)).first() is not None


def cancel(tx: Connection, account: str) -> None:
    """Nobody who is on the way to connect this account comes back to anything."""
    tx.execute(delete(visits).where(visits.c.account == account))


def look(tx: Connection, state: str, session: str, now: datetime) -> Underway | None:
    """The visit that this session began under ``state``, while it is not over."""
    row = tx.execute(select(visits).where(_is(state, session, now))).first()
    if row is None:
        return None
    return Underway(row.account, row.session, Sealed(row.key_id, row.sealed), row.redirect, row.expires_at)


def end(tx: Connection, state: str, session: str, now: datetime) -> bool:
    """Use the state up; whether it was there for this session. Of two that come back at once, one has it."""
    return tx.execute(delete(visits).where(_is(state, session, now))).rowcount == 1


def digest(token: str) -> str:
    """What stands in the tables for an unguessable text."""
    return hashlib.sha256(token.encode()).hexdigest()


def _is(state: str, session: str, now: datetime) -> Any:
    return (visits.c.state == digest(state)) & (visits.c.session == session) & (visits.c.expires_at > now)
