"""An engine for PostgreSQL: for how long it waits, which connections it believes in, and whose turn it is to write."""

from functools import partial
from math import inf
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Of libpq, so that a server that is gone without a word is noticed within a minute; in seconds, the last in ms."""
BUSY_SECONDS = 30
"""How long a writer waits for its turn: longer than the largest first poll takes."""
IDLE_SECONDS = 20
"""After so long a writer that says nothing in its turn loses it; those who wait still do so."""
FRESH = 2.0
"""Seconds for which a connection is believed to be as it was."""
WHOLE = "*"
"""In the place of a subject: whoever writes of anything."""
BESIDE = "+"
"""The same: whoever writes only rows that it has locked, beside all that do not write of anything."""
_WRITERS = 0x72656C6179
"""The advisory lock that writers take; any number that nothing else in the database uses.

Whoever writes of one subject alone has it together with others, and beside it that of the subject for himself: two of
32 bits, of which the first says that it is one. Two subjects of one digest wait for each other, which does no harm.
"""
_SUBJECT = 0x72656C


def engine(url: URL) -> Engine:
    """Its transactions say by their option ``relay_writes`` of which subject they write."""
    made = create_engine(url, connect_args=PATIENCE)
    event.listen(made, "connect", _configure)
    event.listen(made, "checkin", _left)
    event.listen(made, "checkout", partial(_asked, made.dialect))
    event.listen(made, "begin", _begin)
    return made


def _configure(connection: Any, _record: object) -> None:
    """A writer that was cut off or stopped in its transaction gives its turn back, and nobody waits for it for ever."""
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
    connection.commit()


def _left(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["left"] = monotonic()


def _asked(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """A connection that lay idle may be gone: it is asked first, and every one is made anew where it is.

    Not one that has just been used, as SQLAlchemy's own ``pool_pre_ping`` does: a poll has some ten transactions.
    """
    if monotonic() - record.info.get("left", inf) > FRESH:
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _begin(connection: Connection) -> None:
    """One writer of a subject at a time, whatever it looks up before it writes.

    Whoever waits for the lock of all comes before those who want to share it later, so that both get on. No two wait
    for each other: who has the lock of all wants no other.
    """
    of = subject(connection)
    if of == WHOLE:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
    elif of == BESIDE:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_WRITERS})")
    elif of:
        both = f"SELECT pg_advisory_xact_lock_shared({_WRITERS}), pg_advisory_xact_lock({_SUBJECT}, hashtext(%s))"
        connection.exec_driver_sql(both, (of,))


def subject(connection: Connection) -> str | None:
    """Of what it writes, ``WHOLE`` for anything; ``None``: it only reads."""
    found = connection.get_execution_options().get("relay_writes")
    return str(found) if found else None
