"""Editors, their single-use sign-in addresses, and their sessions. Only digests of tokens are stored."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from relay.core.people import Editor, Role
from relay.storage.tables.people import links, sessions, users


def add(tx: Connection, name: str, role: Role, now: datetime) -> bool:
    """Add an editor; whether the name was free."""
    if get(tx, name) is not None:
        return False
    tx.execute(insert(users).values(name=name, role=role, disabled=False, created_at=now))
    return True


def get(tx: Connection, name: str) -> Editor | None:
    """One editor, disabled or not."""
    row = tx.execute(select(users).where(users.c.name == name)).first()
    return Editor(row.name, Role(row.role), row.disabled) if row else None


def everybody(tx: Connection) -> list[Editor]:
    """Every editor, by name."""
    return [Editor(row.name, Role(row.role), row.disabled) for row in tx.execute(select(users).order_by(users.c.name))]


def disable(tx: Connection, name: str) -> bool:
    """End an editor's access and every session at once; whether there was such an editor."""
    tx.execute(delete(sessions).where(sessions.c.user == name))
    tx.execute(delete(links).where(links.c.user == name))
    return tx.execute(update(users).where(users.c.name == name).values(disabled=True)).rowcount == 1


def add_link(tx: Connection, token: str, name: str, expires_at: datetime) -> None:
    """Make ``token`` a way in for ``name``, once, until ``expires_at``."""
    tx.execute(insert(links).values(digest=_digest(token), user=name, expires_at=expires_at))


def use_link(tx: Connection, token: str, now: datetime) -> Editor | None:
    """The editor whose unused, unexpired sign-in token this is; it is used from now on."""
    unused = (links.c.digest == _digest(token), links.c.used_at.is_(None), links.c.expires_at > now)
    if tx.execute(update(links).where(*unused).values(used_at=now)).rowcount != 1:
        return None
    name = tx.execute(select(links.c.user).where(links.c.digest == _digest(token))).scalar_one()
    return _enabled(tx, name)


def add_session(tx: Connection, token: str, name: str, expires_at: datetime) -> None:
    """Keep ``name`` signed in under ``token`` until ``expires_at``."""
    tx.execute(insert(sessions).values(digest=_digest(token), user=name, expires_at=expires_at))


def session_editor(tx: Connection, token: str, now: datetime) -> Editor | None:
    """The editor signed in under ``token``."""
    own = select(sessions.c.user).where(sessions.c.digest == _digest(token), sessions.c.expires_at > now)
    name = tx.execute(own).scalar()
    return _enabled(tx, name) if name else None


def end_session(tx: Connection, token: str) -> None:
    """Sign out, on the server too."""
    tx.execute(delete(sessions).where(sessions.c.digest == _digest(token)))


def _enabled(tx: Connection, name: str) -> Editor | None:
    editor = get(tx, name)
    return editor if editor and not editor.disabled else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
