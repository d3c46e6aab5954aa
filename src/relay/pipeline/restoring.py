"""After a copy was put back, and before anything is sent: what it does not know of is looked for."""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx
from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Request
from relay.core.review import restoring
from relay.pipeline.accounts.connected import current
from relay.pipeline.delivering.sending import request_of
from relay.pipeline.delivering.shift import Clock, Shift
from relay.pipeline.delivering.together import leaves_together
from relay.pipeline.desk import Desk
from relay.storage import copies, crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor

log = logging.getLogger("relay")

RELAY = Actor("relay", "restore")
SUBJECT = "restore"
AT_ONCE = 8
"""Requests that are prepared side by side."""


def look_over(
    db: Database, http: httpx.Client, desk: Desk, clock: Clock, alive: Callable[[], None] = lambda: None
) -> bool:
    """Bring each cross-post to where it is looked for, or asked again. Whether anything may leave now.

    ``alive`` is called again and again meanwhile: a network that hangs while requests are made takes its time.
    All states change with the mark, in one transaction: after a crash it is done again from the start.
    """
    with db.read() as tx:
        made_at = copies.unseen(tx)
        if made_at is None:
            return True
        desk, leaving = current(tx, desk), _leaving(tx)
    requests = _requests(Shift(db, http, desk, clock), leaving, alive)
    now = clock()
    with db.write() as tx:
        if copies.unseen(tx) != made_at or _leaving(tx) != leaving:
            return False  # somebody was quicker: the next pass begins anew
        _move_all(tx, requests, made_at, now)
        copies.see(tx, now)
    return True


def _leaving(tx: Connection) -> list[Crosspost]:
    return crossposts.by_state(tx, tuple(restoring.LEAVING))


def _requests(shift: Shift, leaving: Sequence[Crosspost], alive: Callable[[], None]) -> dict[int, Request]:
    """As which each may have left: with the keys of its approval, this is the same request at any time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found: dict[int, Request] = {}
        for one, request in zip(leaving, pool.map(lambda one: _request(shift, one), leaving), strict=True):
            alive()
            if request is not None:
                found[one.id] = request
        return found


def _request(shift: Shift, one: Crosspost) -> Request | None:
    """``None`` where it cannot be made again, or where finding one post would not tell of those that come after."""
    desk = shift.desk
    if one.account not in desk.accounts or desk.unusable(one.account):
        return one.request
    posts = desk.posts(one)
    if len(posts) - len(one.parts) > 1:
        return None
    if one.request is None and (leaves_together(desk, one) or desk.abilities(one.account).digest is not None):
        return None
    made = request_of(shift, one, posts)
    return made if isinstance(made, Request) else None


def _move_all(tx: Connection, requests: Mapping[int, Request], made_at: datetime, now: datetime) -> None:
    rows = crossposts.by_state(tx, restoring.OPEN)
    for old in rows:
        _move(tx, old, restoring.restored(old, requests.get(old.id), made_at, now), made_at, now)
    what = f"put back from a copy of {made_at:%Y-%m-%d %H:%M} UTC: {len(requests)} looked for, of {len(rows)} open"
    journal.note(tx, RELAY, SUBJECT, what, now)
    log.warning("the database was %s", what)


def _move(tx: Connection, old: Crosspost, steps: Sequence[Crosspost], made_at: datetime, now: datetime) -> None:
    """Each step has its line; what may have been attempted since the copy was, from then on."""
    before = old
    for new in steps:
        if not crossposts.replace(tx, before, new):
            raise RuntimeError(f"cross-post {old.id} changed while the database was written by nobody else")
        if new.attempt != before.attempt and new.keys is not None:
            journal.begin_attempt(tx, new, max(made_at, new.keys.created_at))
            journal.end_attempt(tx, new, "Unsure", restoring.LOOKED_FOR, now)
        journal.write(tx, RELAY, before, new, new.note or str(new.state), now)
        before = new
