"""Step 11: a worker takes a cross-post and journals the attempt, or puts it off, or on hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.review import workflow
from relay.core.review.calendar import next_moment
from relay.networks.abilities import Budget
from relay.pipeline.accounts import standing
from relay.pipeline.delivering.shift import LEASE, RELAY, Shift
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal

LATE = timedelta(minutes=30)
"""A slot that was missed by more than this is over: the next one comes."""
DAY, AGAIN = timedelta(days=1), timedelta(minutes=10)
AT_WORK = frozenset({State.SENDING, State.UPDATING, State.WITHDRAWING})


def claim(shift: Shift, due: Crosspost) -> Crosspost | None:
    """The row as it stands then: taken if its lease runs. ``None``: somebody else has it."""
    now = shift.clock()
    with shift.db.write() as tx:
        if standing.held(tx, due.account):
            return None
        new = _claimed(tx, shift.desk, due, now)
        if not crossposts.replace(tx, due, new):
            return None
        if is_taken(new):
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
    if due.state is State.WITHDRAWING:  # what an account may still post says nothing of that
        return workflow.claim(due, LEASE, now)
    if due.parts:  # a thread is finished, and what is public corrected, at any hour
        return _spent(tx, due, now) or workflow.claim(due, LEASE, now)
    return _put_off(desk, due, now) or _paced(tx, desk, due, now) or workflow.claim(due, LEASE, now)


def _put_off(desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Later, where its schedule does not let it go now: it missed its slot, or is sent again in quiet hours."""
    schedule = desk.schedule(due)
    missed = bool(schedule.slots) and due.not_before is not None and now - due.not_before > LATE
    moment = next_moment(schedule if missed else replace(schedule, slots=()), now)
    if moment is None:
        return workflow.shut(due, now)
    why = "It missed its slot: it leaves at the next." if missed else "Quiet hours: it leaves when they are over."
    return workflow.defer(due, moment, why) if moment > now else None


def _paced(tx: Connection, desk: Desk, due: Crosspost, now: datetime) -> Crosspost | None:
    """Later, where the account's pace, or what its network allows it, does not let it go now."""
    account = desk.accounts[due.account]
    budgets = list(desk.networks[account.network].abilities(account).budgets)
    if account.pace.per_day is not None:
        budgets.append(Budget(account.pace.per_day, DAY))
    longest = max([account.pace.min_gap, *(budget.within for budget in budgets)])
    sent = [began for began in journal.sent_since(tx, due.account, now - longest) if began <= now]
    later = _too_soon(account.pace.min_gap, budgets, sent, now)
    if later:
        return workflow.defer(due, later, "The account's pace: it leaves a little later.")
    return _spent(tx, due, now)


def _too_soon(gap: timedelta, budgets: Sequence[Budget], sent: list[datetime], now: datetime) -> datetime | None:
    """When the next post may leave, ``None`` when that is now. ``sent`` is newest first, as far back as any budget."""
    moments = [sent[0] + gap] if sent else []
    moments += [
        sent[budget.posts - 1] + budget.within if budget.posts else now + budget.within
        for budget in budgets
        if len(sent) >= budget.posts
    ]
    latest = max(moments, default=now)
    return latest if latest > now else None


def _spent(tx: Connection, due: Crosspost, now: datetime) -> Crosspost | None:
    """Later, where the network has said itself that nothing is left to the account until then."""
    allowance = accounts.allowance(tx, due.account)
    if allowance is None or allowance.left > 0 or not now < allowance.until <= now + DAY:
        return None
    return workflow.defer(due, allowance.until, "The network allows this account no more until then.")
