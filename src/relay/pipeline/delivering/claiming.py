"""Step 11: a worker takes a cross-post and journals the attempt, or puts it off, or on hold."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.review import workflow
from relay.core.scheduling.departure import Delay, Why
from relay.core.scheduling.pacing import APART, DAY, Bounds, by_network, delay
from relay.pipeline.accounts import standing
from relay.pipeline.delivering.shift import LEASE, RELAY, Shift
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal

AGAIN = timedelta(minutes=10)
_QUIET = "Quiet hours: it leaves when they are over."
_PACE = "The account's pace: it leaves a little later."
WHY = {
    Why.LATE: "It missed its slot: it leaves at the next.",
    Why.QUIET: _QUIET,
    Why.HOLIDAY: _QUIET,
    Why.GAP: _PACE,
    Why.BUDGET: _PACE,
    Why.ALLOWANCE: "The network allows this account no more until then.",
}
"""What stands beside a cross-post that was put off."""
AT_WORK = frozenset({State.SENDING, State.UPDATING, State.WITHDRAWING})


def claim(shift: Shift, due: Crosspost) -> Crosspost | None:
    """The row as it stands then: taken if its lease runs. ``None``: somebody else has it, or relay is about to end."""
    now = shift.clock()
    with shift.db.write() as tx:
        if shift.hand.is_over or standing.is_barred(tx, due.account):
            return None
        new = _claimed(tx, shift.desk, due, now)
        if not crossposts.replace(tx, due, new):
            return None
        if is_taken(new):
            shift.hand.take(new)
            journal.begin_attempt(tx, new, now)
        if new.state is not due.state:
            journal.write(tx, RELAY, due, new, new.note or f"attempt {new.attempt}", now)
    return new


def is_taken(crosspost: Crosspost) -> bool:
    """Whether a worker has it."""
    return crosspost.state in AT_WORK and crosspost.lease_until is not None


def _claimed(tx: Connection, desk: Desk, due: Crosspost, now: datetime) -> Crosspost:
    if missing := desk.unusable(due.account):
        standing.hold(tx, desk, due.account, missing, now)
        is_unsent = due.state is State.SCHEDULED
        return workflow.hold_account(due, missing, now) if is_unsent else workflow.defer(due, now + AGAIN, missing)
    fast = bounds(tx, desk, due.account)
    is_shut = fast.allowance is not None and fast.allowance.is_shut(now)
    if due.state is State.WITHDRAWING and not is_shut:  # what an account may still post says nothing of that
        return workflow.claim(due, LEASE, now)
    if due.parts or is_shut:  # a thread is finished, and what is public corrected, at any hour
        return _put_off(due, by_network(fast, now), now) or workflow.claim(due, LEASE, now)
    before = sent(tx, due.account, fast.longest, now)
    later = delay(fast, desk.schedule(due), before, due.not_before or now, now)
    return _put_off(due, later, now) or workflow.claim(due, LEASE, now)


def bounds(tx: Connection, desk: Desk, account_id: str) -> Bounds:
    """How fast an account may post: by its own pace, its network's terms, and what its answers have said."""
    account = desk.accounts[account_id]
    able = desk.abilities(account_id)
    most = [(budget.posts, budget.within) for budget in able.budgets]
    if account.pace.per_day is not None:
        most.append((account.pace.per_day, DAY))
    apart = timedelta(0) if able.digest else APART
    return Bounds(account.pace.min_gap, tuple(most), accounts.allowance(tx, account_id), apart)


def sent(tx: Connection, account_id: str, longest: timedelta, now: datetime) -> list[datetime]:
    """When its last posts left, the newest last; what a clock wrote that was set back meanwhile does not count."""
    return [began for began in reversed(journal.sent_since(tx, account_id, now - longest)) if began <= now]


def _put_off(due: Crosspost, later: Delay | None, now: datetime) -> Crosspost | None:
    if later is None:
        return None
    if later.until is None:
        return workflow.shut(due, now)
    return workflow.defer(due, later.until, WHY[later.reason.why])
