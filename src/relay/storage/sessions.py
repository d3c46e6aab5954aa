"""Who is signed in, where, and since when; only digests of what browsers show are stored."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from relay.core.people import Editor
from relay.core.signing import lasting
from relay.core.signing.members import Session
from relay.storage import people
from relay.storage.tables.people import sessions, users

_SHOWN = 16
"""Hexadecimal digits of a digest by which a session is named: nobody signs in by a digest."""


def add(tx: Connection, token: str, name: str, now: datetime, browser: str = "", way: str = "") -> None:
    """Keep ``name`` signed in under ``token``; sessions that are over are forgotten."""
    idle = sessions.c.seen_at <= now - lasting.IDLE
    tx.execute(delete(sessions).where((sessions.c.expires_at <= now) | idle))
    moments = {"expires_at": now + lasting.LONGEST, "begun_at": now, "seen_at": now}
    tx.execute(
        insert(sessions).values(digest=people.digest(token), user=name, browser=browser[:80], way=way, **moments)
    )
    tx.execute(update(users).where(users.c.name == name).values(seen_at=now))


def editor(tx: Connection, token: str, now: datetime) -> tuple[Editor | None, bool]:
    """The editor signed in under ``token``, and whether it is worth noting that they are there."""
    row = tx.execute(select(sessions).where(sessions.c.digest == people.digest(token))).first()
    if row is None or lasting.is_over(row.seen_at, row.expires_at, now):
        return None, False
    return people.enabled(tx, row.user), lasting.is_worth_noting(row.seen_at, now)


def note(tx: Connection, token: str, name: str, now: datetime) -> None:
    """Write down that they are there."""
    tx.execute(update(sessions).where(sessions.c.digest == people.digest(token)).values(seen_at=now))
    tx.execute(update(users).where(users.c.name == name).values(seen_at=now))


def of(tx: Connection, name: str, now: datetime, token: str = "") -> list[Session]:
    """An editor's sessions, the latest first; the one under ``token`` is marked."""
    own, this = select(sessions).where(sessions.c.user == name), people.digest(token)
    found = [
        Session(
            id=row.digest[:_SHOWN],
            begun_at=row.begun_at or row.expires_at - timedelta(days=30),
            seen_at=row.seen_at,
            browser=row.browser,
            way=row.way,
            is_this=row.digest == this,
        )
        for row in tx.execute(own)
        if not lasting.is_over(row.seen_at, row.expires_at, now)
    ]
    return sorted(found, key=lambda one: (one.is_this, one.seen_at or one.begun_at), reverse=True)


def end(tx: Connection, token: str) -> None:
    """Sign out, on the server too."""
    tx.execute(delete(sessions).where(sessions.c.digest == people.digest(token)))


def end_one(tx: Connection, name: str, id: str) -> bool:
    """End one session of an editor by the name it is shown under; whether there was one."""
    if len(id) != _SHOWN or not id.isalnum():
        return False
    own = (sessions.c.user == name, sessions.c.digest.startswith(id, autoescape=True))
    return tx.execute(delete(sessions).where(*own)).rowcount > 0


def end_all(tx: Connection, name: str, but: str = "") -> int:
    """End every session of an editor, except the one under the token ``but``; how many."""
    own = (sessions.c.user == name, sessions.c.digest != people.digest(but))
    return tx.execute(delete(sessions).where(*own)).rowcount
