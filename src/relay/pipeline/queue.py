"""Step 7: what a new or edited post asks of the editors, in the transaction that stores it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, State
from relay.core.entry import Entry
from relay.core.pictures.illustration import illustrate as illustrated
from relay.core.pictures.illustration import keeping
from relay.core.post import Post
from relay.core.review import withdrawal
from relay.core.review.warning import MAY_BE_PUBLIC
from relay.core.review.workflow import revise as revise_crosspost
from relay.pipeline.correctable import why_no_edit
from relay.pipeline.desk import LOST, Desk
from relay.storage import copies, crossposts, entries, journal, sources
from relay.storage.journal import Actor

RELAY = Actor("relay", "poll")
CHANGEABLE = tuple(state for state in State if state not in {State.SENT, State.ABANDONED, State.WITHDRAWN})
PUBLIC = frozenset({State.SENT, State.EDIT_PROPOSED})
"""Where the new words of a source can only be a proposal."""
_PROPOSING = PUBLIC | {State.UPDATING}
_DEPARTING = frozenset({State.SENDING, State.UNCONFIRMED, State.UPDATING, State.DELETE_PROPOSED, State.WITHDRAWING})
"""What is in no state to be asked for anything else: it is asked afterwards, if it stays public."""
_NEW, _RECORDED = "new entry", "recorded, not announced"
MISSED = "source changed, while this was leaving"
OLD = timedelta(days=30)
"""An entry that is older when it appears may be one that came back: editors are told."""
AT_ONCE = 500
"""Entries that are read together."""


def asked(
    desk: Desk, entry_id: int, post: Post, *, skipped: str | None, doubt: str = "", now: datetime
) -> list[Crosspost]:
    """A cross-post for each account; one that is ``skipped`` is recorded with the reason, and can be reopened.

    ``doubt`` is what editors are told of it in any case.
    """
    state = State.WAITING if skipped is None else State.SKIPPED
    note = skipped if skipped is not None else doubt or _doubt(post, now)
    return [
        Crosspost(0, entry_id, account, route.number, state, 1, draft, note=note)
        for account, (route, draft) in desk.drafts(post).items()
    ]


def put(tx: Connection, asked: Sequence[Crosspost], now: datetime) -> None:
    """Queue them."""
    stored = crossposts.queue_all(tx, [replace(one, created_at=now, changed_at=now) for one in asked])
    told = (_RECORDED if one.state is State.SKIPPED else _NEW for one in stored)
    journal.write_queued(tx, RELAY, [*zip(stored, told, strict=True)], now)


def share(
    tx: Connection, desk: Desk, entry: Entry, *, skipped: str | None, now: datetime, had: Collection[str] = ()
) -> int:
    """One source more shows the entry: queue cross-posts for the accounts that no route reached until now.

    The accounts that ``had`` its news by another entry have it recorded as skipped.
    """
    taken = {crosspost.account for crosspost in crossposts.of_entry(tx, entry.id)}
    drafts = desk.drafts(entry.post, entries.sources(tx, (entry.id,))[entry.id])
    missing = {account: found for account, found in drafts.items() if account not in taken}
    passed = {account for account in missing if skipped is not None or account in had}
    states = {account: State.SKIPPED if account in passed else State.WAITING for account in missing}
    new = [
        Crosspost(0, entry.id, account, route.number, states[account], 1, draft, note=skipped or "")
        for account, (route, draft) in missing.items()
    ]
    put(tx, new, now)
    return len(missing) - len(passed)


def may_be_public(tx: Connection, source_id: str) -> str:
    """What a source shows at its first answer after a copy was put back may have been new before, and have left."""
    copy = copies.last(tx)
    before = sources.state(tx, source_id).succeeded_at if copy else None
    is_first = copy is not None and before is not None and (copy.seen_at is None or before <= copy.seen_at)
    return MAY_BE_PUBLIC if is_first else ""


def _doubt(post: Post, now: datetime) -> str:
    return f"It is dated {post.published:%Y-%m-%d}, and new only now." if post.published < now - OLD else ""


def revise(tx: Connection, desk: Desk, entry_id: int, before: Post, post: Post, now: datetime) -> int:
    """The source edited its entry: words that change wait for a fresh yes; for what is public they are proposed.

    Words are compared as relay would write them: an editor's own stay while the source says the same. The route
    stays too, though the post may not be what its ``when`` wants any more: an editor has seen it, and judges.
    """
    changed = 0
    sources = entries.sources(tx, (entry_id,))[entry_id]
    for stored in crossposts.of_entry(tx, entry_id):
        if not any(desk.ways(source_id, stored.account) for source_id in sources):
            continue
        old = _under_route(desk, stored, before, sources)
        route = desk.route(old)
        draft, unchanged = (desk.draft(form, route, old.account) for form in (post, before))
        if draft in (old.draft, unchanged):
            continue
        new = reworded(tx, desk, old, keeping(old.draft, draft), now)
        if new is None:
            _miss(tx, old, now)
        elif crossposts.replace(tx, old, new):
            journal.write(tx, RELAY, old, new, "source edited", now)
            changed += 1
    return changed


def _miss(tx: Connection, crosspost: Crosspost, now: datetime) -> None:
    """It is too late, or too early, to ask anything: what the source did stands in the history until it has arrived."""
    is_half_sent = bool(crosspost.parts) and crosspost.state in CHANGEABLE and crosspost.state not in PUBLIC
    if crosspost.state in _DEPARTING or is_half_sent:
        journal.write(tx, RELAY, crosspost, crosspost, MISSED, now)


def reworded(tx: Connection, desk: Desk, old: Crosspost, draft: Draft, now: datetime) -> Crosspost | None:
    """What is public and cannot be changed where it stands says so, and stays."""
    if old.state in _PROPOSING and not desk.route(old).asks_on_edit:
        return None
    if old.state in _PROPOSING and draft != old.live and (why := why_no_edit(tx, desk, old, draft, now)):
        return replace(old, note=f"The source has changed this entry since. {why}")
    return revise_crosspost(old, draft, now)


def withdraw(tx: Connection, desk: Desk, entry_id: int, now: datetime) -> None:
    """The source took its entry back: what has not left is held until a person looks, or the source shows it again.

    For what is public, a withdrawal is proposed.
    """
    for stored in crossposts.of_entry(tx, entry_id):
        old = under_route(tx, desk, stored)
        if old.state in _PROPOSING and not desk.route(old).asks_on_delete:
            continue
        new = withdrawal.withdraw(old, now)
        if new is None:
            _miss(tx, old, now)
        elif crossposts.replace(tx, old, new):
            journal.write(tx, RELAY, old, new, withdrawal.NOTE, now)


def under_route(tx: Connection, desk: Desk, crosspost: Crosspost) -> Crosspost:
    """What is sent keeps the number of its route; before anything is proposed for it, it gets that of today."""
    entry = entries.get(tx, crosspost.entry_id) if crosspost.state is State.SENT else None
    if entry is None:
        return crosspost
    return _under_route(desk, crosspost, entry.post, entries.sources(tx, (entry.id,))[entry.id])


def _under_route(desk: Desk, crosspost: Crosspost, post: Post, sources: Collection[str]) -> Crosspost:
    if crosspost.state is not State.SENT:
        return crosspost
    return replace(crosspost, route=desk.number_of(post, crosspost.account, tuple(sources)))


def illustrate(tx: Connection, entry_id: int, post: Post, now: datetime, by: Actor | None = None) -> None:
    """The picture of a post is another, or has other words, ``by`` an editor: what waits shows it as it is now."""
    for old in crossposts.of_entry(tx, entry_id):
        new = illustrated(old, post.picture, now, by.who if by else None)
        if new and crossposts.replace(tx, old, new):
            journal.write(tx, by or RELAY, old, new, "picture described" if by else "picture", now)


def reroute(tx: Connection, desk: Desk) -> None:
    """The configuration may number its routes anew: each cross-post keeps to the one from its source to its account."""
    choosing: set[tuple[str, str]] = set()
    for source_id, account, number in crossposts.routes(tx, CHANGEABLE):
        ways = desk.ways(source_id, account)
        if any(route.when for route in ways) or (not ways and number != LOST):
            choosing.add((source_id, account))
        elif number != desk.number(source_id, account):
            crossposts.reroute(tx, CHANGEABLE, source_id, account, desk.number(source_id, account))
    if choosing:
        _reroute_each(tx, desk, choosing)


def _reroute_each(tx: Connection, desk: Desk, choosing: Collection[tuple[str, str]]) -> None:
    """From these sources to these accounts, which of the routes it is depends on the post, and on who else shows it."""
    accounts = {account for _, account in choosing}
    own = [crosspost for crosspost in crossposts.by_state(tx, CHANGEABLE) if crosspost.account in accounts]
    for start in range(0, len(own), AT_ONCE):
        some = own[start : start + AT_ONCE]
        stored = entries.by_ids(tx, (crosspost.entry_id for crosspost in some))
        shown_by = entries.sources(tx, stored)
        for old in some:
            post = stored[old.entry_id].post
            number = desk.number_of(post, old.account, shown_by[old.entry_id])
            if (post.source_id, old.account) in choosing and number != old.route:
                crossposts.replace(tx, old, replace(old, route=number))
