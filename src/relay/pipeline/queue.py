"""Step 7: what a new or edited post asks of the editors, in the transaction that stores it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.post import Post
from relay.core.workflow import revise as revise_crosspost
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal
from relay.storage.journal import Actor

RELAY = Actor("relay", "poll")
CHANGEABLE = tuple(state for state in State if state not in {State.SENT, State.ABANDONED})


def add(tx: Connection, desk: Desk, entry_id: int, post: Post, *, is_backlog: bool, now: datetime) -> int:
    """Queue a cross-post for each account; backlog is recorded as skipped, visible, and can be reopened."""
    state = State.SKIPPED if is_backlog else State.WAITING
    for account_id, (route, draft) in desk.drafts(post).items():
        new = Crosspost(0, entry_id, account_id, route.number, state, 1, draft, created_at=now, changed_at=now)
        stored = replace(new, id=crossposts.queue(tx, new))
        journal.write(tx, RELAY, None, stored, "older than the first poll" if is_backlog else "new entry", now)
    return 0 if is_backlog else len(desk.drafts(post))


def revise(tx: Connection, desk: Desk, entry_id: int, before: Post, post: Post, now: datetime) -> int:
    """The source edited its entry: words that change wait for a fresh yes; what has left stays as it is.

    Words are compared as relay would write them: an editor's own stay while the source says the same.
    """
    unchanged = desk.drafts(before)
    drafts = {account: draft for account, (_, draft) in desk.drafts(post).items()}
    changed = 0
    for old in crossposts.of_entry(tx, entry_id):
        draft = drafts.get(old.account)
        if draft is None or draft in (old.draft, unchanged[old.account][1]):
            continue
        new = revise_crosspost(old, draft, now)
        if new and crossposts.replace(tx, old, new):
            journal.write(tx, RELAY, old, new, "source edited", now)
            changed += 1
    return changed


def reroute(tx: Connection, desk: Desk) -> None:
    """The configuration may number its routes anew: each cross-post keeps to the one from its source to its account."""
    for source_id, account, number in crossposts.routes(tx, CHANGEABLE):
        if number != desk.number(source_id, account):
            crossposts.reroute(tx, CHANGEABLE, source_id, account, desk.number(source_id, account))
