"""What still waits is told once more, as long after anybody touched it as its rule of approval has it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.crosspost import State
from relay.core.telling.happening import ASKING
from relay.core.telling.listener import Kind, Listener
from relay.core.telling.notice import AGAIN, Notice
from relay.pipeline.desk import Desk
from relay.pipeline.telling.wishes import Wishes
from relay.storage import notices
from relay.storage.database import Database

AT_ONCE = 2000
"""Reminders that are written in one transaction."""
_REMINDED = ASKING - {State.CHANGES}


def remind(db: Database, desk: Desk, wishes: Wishes, now: datetime) -> int:
    """Everything that has waited for long enough, for every listener; how much that is."""
    return sum(_remind(db, desk, listener, now) for listener in wishes.listeners)


def _remind(db: Database, desk: Desk, listener: Listener, now: datetime) -> int:
    found = 0
    while True:
        with db.read() as tx:
            due = list(_overdue(tx, desk, listener, now))
        if not due:
            return found
        with db.write() as tx:  # what was judged meanwhile is moot, and forgotten before it is told
            new = notices.put(tx, due)
        found += new
        if not new:
            return found


def _overdue(tx: Connection, desk: Desk, listener: Listener, now: datetime) -> Iterator[Notice]:
    for wait, accounts in _patience(desk, listener).items():
        for id, account, state, since in notices.overdue(tx, listener.id, _REMINDED, accounts, now - wait, AT_ONCE):
            key = f"{AGAIN}{id}:{since:%Y%m%dT%H%M%S.%f}"
            yield Notice(listener.id, key, Kind.WAITING, now, id, account, state)


def _patience(desk: Desk, listener: Listener) -> dict[timedelta, set[str]]:
    """By how long it may wait, the accounts that are reminded then."""
    waits: dict[str, timedelta] = {}
    for route in desk.routes:
        if wait := route.approval.remind:
            own = (account for account in route.accounts if listener.hears(Kind.WAITING, account))
            waits |= {account: min(wait, waits.get(account, wait)) for account in own}
    return {wait: {account for account, own in waits.items() if own == wait} for wait in set(waits.values())}
