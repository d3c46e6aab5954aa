"""What leaves as one letter is taken in one transaction: its posts, their attempts, and the letter, frozen."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Request
from relay.core.issue import Issue, is_in_doubt, is_whole, key_of, keys_of, reference
from relay.core.outcome import AuthLost, Refused
from relay.core.review import workflow
from relay.core.review.moving import is_approved
from relay.core.scheduling.calendar import next_moment
from relay.core.scheduling.pacing import LATE
from relay.networks.abilities import Gathered
from relay.pipeline.accounts import standing
from relay.pipeline.delivering.claiming import is_taken
from relay.pipeline.delivering.shift import LEASE, RELAY, Shift
from relay.pipeline.desk import Desk
from relay.storage import crossposts, issues, journal

log = logging.getLogger("relay")

NEXT = "It leaves with the next digest."
FULL = "This digest was full: it leaves with the next."
CHANGED = "Another post of its digest was changed or taken back: it leaves with the next."
QUIET = "Quiet hours: it leaves when they are over."
_Letter = Request | Refused | AuthLost


@dataclass(frozen=True, slots=True)
class Taken:
    """An issue under way: its posts, and its letter, or why there is none."""

    rows: tuple[Crosspost, ...]
    letter: Request | Refused | AuthLost


def take(shift: Shift, due: Sequence[Crosspost]) -> Taken | None:
    """These, or those of them that may leave now; ``None`` where that is none, or another worker has them."""
    now, account_id = shift.clock(), due[0].account
    with shift.db.write() as tx:
        rows = [one for one in due if is_approved(one) and crossposts.get(tx, one.id) == one]
        if not rows or shift.hand.is_over or standing.is_barred(tx, account_id):
            return None
        if why := shift.desk.unusable(account_id):
            standing.hold(tx, shift.desk, account_id, why, now)
            _store(tx, rows, [workflow.hold_account(one, why, now) for one in rows], now)
            return None
        issue = issues.get(tx, key_of(rows[0]))
        return _again(tx, shift, rows, issue, now) if issue else _anew(tx, shift, rows, now)


def _anew(tx: Connection, shift: Shift, rows: Sequence[Crosspost], now: datetime) -> Taken | None:
    """A new letter, of those whose hour it is: the oldest first, as many as it has room for."""
    moments = {one.id: _moment(shift.desk, one, now) for one in rows}
    early = [one for one in rows if moments[one.id] != now]
    _store(tx, early, [_put_off(one, moments[one.id], NEXT, now) for one in early], now)
    ready = sorted((one for one in rows if moments[one.id] == now), key=_age)
    if not ready:
        return None
    letter, count = _letter(shift, ready, now)
    members, others = ready[:count], ready[count:]
    after = [next_moment(shift.desk.schedule(one), now + timedelta(seconds=1)) for one in others]
    _store(tx, others, [_put_off(*pair, FULL, now) for pair in zip(others, after, strict=True)], now)
    if isinstance(letter, Request):
        issues.add(tx, Issue(members[0].account, tuple(one.id for one in members), letter), now)
    return Taken(_claim(tx, shift, members, letter, now), letter)


def _letter(shift: Shift, ready: Sequence[Crosspost], now: datetime) -> tuple[_Letter, int]:
    """The letter, and of how many of them. Nothing is asked of anybody for it, so that it is made in a transaction."""
    network, account = shift.at(ready[0])
    digest = network.abilities(account).digest
    if digest is None:
        return Refused("Its account has no digest any more: approve it again."), len(ready)
    try:
        made = digest.gather(account, tuple(one.draft for one in ready), keys_of(account.id, ready, now))
    except Exception as error:
        log.exception("a digest could not be put together for %(account)s", {"account": account.id})
        return Refused(f"It could not be prepared ({type(error).__name__}: {error})."), len(ready)
    return (made.request, made.count) if isinstance(made, Gathered) else (made, len(ready))


def _again(tx: Connection, shift: Shift, rows: Sequence[Crosspost], issue: Issue, now: datetime) -> Taken | None:
    """A letter that was frozen is sent as it was; one that lost a post is not sent, if it surely never was."""
    members = issues.members(tx, issue)
    if is_whole(issue, members):
        moment = _moment(shift.desk, rows[0], now)
        if moment == now:
            return Taken(_claim(tx, shift, members, issue.request, now), issue.request)
        _store(tx, members, [_put_off(one, moment, QUIET, now) for one in members], now)
    elif not is_in_doubt(issue, members):
        _store(tx, rows, [replace(one, request=None, note=CHANGED) for one in rows], now)
    return None


def _claim(
    tx: Connection, shift: Shift, members: Sequence[Crosspost], letter: _Letter, now: datetime
) -> tuple[Crosspost, ...]:
    """The attempt of each, under the key of the letter."""
    known = reference(letter) if isinstance(letter, Request) else None
    claimed = [replace(workflow.claim(one, LEASE, now), request=known) for one in members]
    for one in claimed:
        shift.hand.take(one)
    _store(tx, members, claimed, now)
    return tuple(claimed)


def _moment(desk: Desk, one: Crosspost, now: datetime) -> datetime | None:
    """From when it may leave. A new letter has its hour; one that was frozen leaves again at any that is not quiet."""
    schedule = desk.schedule(one)
    if key_of(one):
        return next_moment(replace(schedule, slots=()), now)
    hour = one.not_before
    is_hour = hour is not None and next_moment(schedule, hour) == hour and now - hour <= LATE
    return now if is_hour else next_moment(schedule, now)


def _put_off(one: Crosspost, moment: datetime | None, why: str, now: datetime) -> Crosspost:
    return workflow.defer(one, moment, why) if moment else workflow.shut(one, now)


def _age(one: Crosspost) -> tuple[float, int]:
    """By when it was approved."""
    return one.keys.created_at.timestamp() if one.keys else 0.0, one.id


def _store(tx: Connection, old: Sequence[Crosspost], new: Sequence[Crosspost], now: datetime) -> None:
    for before, after in zip(old, new, strict=True):
        crossposts.replace(tx, before, after)
        if is_taken(after):
            journal.begin_attempt(tx, after, now)
        if after.state is not before.state:
            journal.write(tx, RELAY, before, after, after.note or f"attempt {after.attempt}", now)
