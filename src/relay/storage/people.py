"""Editors, what they sign in by, and their single-use sign-in addresses. Only digests of tokens are stored."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from relay.core.people import Editor, Role
from relay.core.signing.lasting import IDLE
from relay.core.signing.members import Member
from relay.storage.tables.people import links, passkeys, sessions, users


def add(tx: Connection, name: str, role: Role, now: datetime, accounts: Sequence[str] = (), email: str = "") -> bool:
    """Add an editor; whether the name was free."""
    if get(tx, name) is not None:
        return False
    scope = json.dumps(list(accounts))
    row = {"name": name, "role": role, "disabled": False, "created_at": now, "accounts": scope, "email": email.lower()}
    tx.execute(insert(users).values(**row))
    return True


def get(tx: Connection, name: str) -> Editor | None:
    """One editor, disabled or not."""
    row = tx.execute(select(users).where(users.c.name == name)).first()
    return _editor(row) if row else None


def everybody(tx: Connection) -> list[Editor]:
    """Every editor, by name."""
    return [_editor(row) for row in tx.execute(select(users).order_by(users.c.name))]


def members(tx: Connection, now: datetime) -> list[Member]:
    """Every editor with how they sign in, by name."""
    lives = (sessions.c.expires_at > now) & (sessions.c.seen_at.is_(None) | (sessions.c.seen_at > now - IDLE))
    keys, open_ = _counts(tx, passkeys), _counts(tx, sessions, lives)
    return [
        Member(
            editor=_editor(row),
            seen_at=row.seen_at,
            passkeys=keys.get(row.name, 0),
            has_password=bool(row.password),
            is_bound=bool(row.subject),
            sessions=open_.get(row.name, 0),
        )
        for row in tx.execute(select(users).order_by(users.c.name))
    ]


def by_email(tx: Connection, email: str) -> Editor | None:
    """The editor who may sign in and has this address; ``None`` also where two have it."""
    plain = email.strip()
    # Only plain letters are made small: beyond them another sign may have the small letter of one of these.
    known_as = plain.lower() if plain.isascii() else plain
    return _only(tx, users.c.email == known_as) if plain else None


def by_subject(tx: Connection, subject: str) -> Editor | None:
    """The editor whom a provider knows as ``subject``, disabled or not."""
    row = tx.execute(select(users).where(users.c.subject == subject)).first() if subject else None
    return _editor(row) if row else None


def change(tx: Connection, editor: Editor) -> bool:
    """Write an editor as it is to be from now on; whether there was one of that name."""
    values = {"role": editor.role, "disabled": editor.disabled, "email": editor.email.lower()}
    own = update(users).where(users.c.name == editor.name)
    return tx.execute(own.values(accounts=json.dumps(list(editor.accounts)), **values)).rowcount == 1


def disable(tx: Connection, name: str) -> bool:
    """End an editor's access and every session at once; whether there was such an editor."""
    tx.execute(delete(sessions).where(sessions.c.user == name))
    end_links(tx, name)
    return tx.execute(update(users).where(users.c.name == name).values(disabled=True)).rowcount == 1


def add_link(tx: Connection, token: str, name: str, expires_at: datetime) -> None:
    """Make ``token`` a way in for ``name``, once, until ``expires_at``. Others that were made stay good."""
    tx.execute(insert(links).values(digest=digest(token), user=name, expires_at=expires_at))


def end_links(tx: Connection, name: str) -> None:
    """Sign-in addresses that are on their way to an editor let nobody in any more."""
    tx.execute(delete(links).where(links.c.user == name))


def use_link(tx: Connection, token: str, now: datetime) -> Editor | None:
    """The editor whose unused, unexpired sign-in token this is; it is used from now on."""
    unused = (links.c.digest == digest(token), links.c.used_at.is_(None), links.c.expires_at > now)
    if tx.execute(update(links).where(*unused).values(used_at=now)).rowcount != 1:
        return None
    return enabled(tx, tx.execute(select(links.c.user).where(links.c.digest == digest(token))).scalar_one())


def enabled(tx: Connection, name: str) -> Editor | None:
    """One editor who may sign in."""
    editor = get(tx, name)
    return editor if editor and not editor.disabled else None


def password(tx: Connection, name: str) -> str:
    """What is kept of an editor's password; empty for none."""
    return tx.execute(select(users.c.password).where(users.c.name == name)).scalar() or ""


def set_password(tx: Connection, name: str, kept: str) -> None:
    """Keep another one; empty takes it away."""
    tx.execute(update(users).where(users.c.name == name).values(password=kept))


def subject(tx: Connection, name: str) -> str:
    """As whom a provider knows an editor; empty where none does."""
    return tx.execute(select(users.c.subject).where(users.c.name == name)).scalar() or ""


def bind(tx: Connection, name: str, known_as: str) -> None:
    """From now on a provider knows this editor as ``known_as``; empty for no longer."""
    tx.execute(update(users).where(users.c.name == name).values(subject=known_as))


def digest(token: str) -> str:
    """What stands in the tables for an unguessable text."""
    return hashlib.sha256(token.encode()).hexdigest()


def _only(tx: Connection, condition: Any) -> Editor | None:
    rows = tx.execute(select(users).where(condition, users.c.disabled.is_(False)).limit(2)).all()
    return _editor(rows[0]) if len(rows) == 1 else None


def _editor(row: Row[Any]) -> Editor:
    return Editor(row.name, Role(row.role), row.disabled, tuple(json.loads(row.accounts)), row.email)


def _counts(tx: Connection, table: Table, *conditions: Any) -> dict[str, int]:
    found = tx.execute(select(table.c.user, func.count()).where(*conditions).group_by(table.c.user))
    return {row[0]: row[1] for row in found}
