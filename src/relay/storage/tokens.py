"""Programs and their tokens, of which only digests are stored. None is ever removed: the audit names them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from relay.core.programs.token import Program, Scope, digest
from relay.storage import rows
from relay.storage.tables.programs import tokens

_SELDOM = timedelta(minutes=1)
"""How exactly it is known when a token was last used: not every question writes."""


def add(tx: Connection, program: Program, token: str) -> bool:
    """Store a program under a new token; whether its name was free. Its ``id`` is given by the database."""
    if named(tx, program.name) is not None:
        return False
    tx.execute(
        insert(tokens).values(
            name=program.name,
            digest=digest(token),
            scopes=rows.dump(tuple(sorted(program.scopes))),
            accounts=rows.dump(program.accounts),
            by=program.by,
            created_at=program.created_at,
            expires_at=program.expires_at,
        )
    )
    return True


def bearer(tx: Connection, token: str, now: datetime) -> Program | None:
    """The program whose token this is, if it still is good."""
    row = tx.execute(select(tokens).where(tokens.c.digest == digest(token))).first()
    found = _program(row) if row else None
    return found if found and found.is_good(now) else None


def named(tx: Connection, name: str) -> Program | None:
    """The program of this name, ended or not."""
    row = tx.execute(select(tokens).where(tokens.c.name == name)).first()
    return _program(row) if row else None


def every(tx: Connection) -> list[Program]:
    """All of them, ended ones too, by name."""
    return [_program(row) for row in tx.execute(select(tokens).order_by(tokens.c.name))]


def end(tx: Connection, name: str, now: datetime) -> bool:
    """The token opens nothing from now on; whether there was one that did not have its end already."""
    own = (tokens.c.name == name, tokens.c.ended_at.is_(None))
    return tx.execute(update(tokens).where(*own).values(ended_at=now)).rowcount == 1


def is_unseen(program: Program, now: datetime) -> bool:
    """Whether it is worth a write that it has just been used."""
    return program.used_at is None or not timedelta(0) <= now - program.used_at < _SELDOM


def use(tx: Connection, program: Program, now: datetime) -> None:
    """It has just been used."""
    tx.execute(update(tokens).where(tokens.c.id == program.id).values(used_at=now))


def _program(row: Row[Any]) -> Program:
    return Program(
        id=row.id,
        name=row.name,
        scopes=frozenset(map(Scope, rows.load(row.scopes, tuple[str, ...]))),
        accounts=rows.load(row.accounts, tuple[str, ...]),
        by=row.by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        used_at=row.used_at,
    )
