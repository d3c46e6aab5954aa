"""The one place that says what of the service needs somebody; whoever tells of it asks here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.ailment import Ailing
from relay.core.alarm import Alarm, Raised
from relay.core.crosspost import State
from relay.core.unread import Unread
from relay.pipeline import lateness
from relay.pipeline.accounts import seen as accounts
from relay.pipeline.desk import Desk
from relay.storage import copies, crossposts, messages, service, stops, workers

LOOPS = ("poll", "deliver")
PATIENCE = timedelta(minutes=2)
"""A loop that said nothing for so long is dead."""
WEEK = timedelta(days=7)
"""So long a message that was given up is told of."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is asked about, and when. What no table has: what of the machine fails, and a configuration not taken."""

    desk: Desk
    now: datetime
    ailing: tuple[Ailing, ...] = ()
    unread: Unread | None = None


def raised(tx: Connection, moment: Moment) -> tuple[Raised, ...]:
    """Every alarm of this moment, the most pressing first."""
    found = [*of_machine(moment.ailing), *_service(tx, moment), *_queue(tx, moment), *_accounts(tx, moment)]
    order = list(Alarm)
    return tuple(sorted(found, key=lambda one: order.index(one.alarm)))


def of_machine(ailing: tuple[Ailing, ...]) -> Iterator[Raised]:
    """Those that are known although no table can be read."""
    for one in ailing:
        yield Raised(Alarm.MACHINE if one.is_serious else Alarm.SCARCE, one.place, one.since, what=one.what)


def _service(tx: Connection, moment: Moment) -> Iterator[Raised]:
    beats = service.beats(tx)
    for loop in LOOPS:
        at = beats.get(loop)
        if at is None or moment.now - at >= PATIENCE:
            yield Raised(Alarm.LOOP, loop, at)
    yield from _workers(tx, moment.desk)
    if stop := stops.in_force(tx):
        yield Raised(Alarm.STOPPED, since=stop.at)
    if (made := copies.unseen(tx)) is not None:
        yield Raised(Alarm.COPY, since=made)
    if moment.unread:
        yield Raised(Alarm.CONFIGURATION, since=moment.unread.since)


def _workers(tx: Connection, desk: Desk) -> Iterator[Raised]:
    """Where one process does all, those that were left behind by others are nobody's business."""
    known = workers.every(tx) if desk.has_workers else []
    if desk.has_workers and all(one.silent > workers.LATELY for one in known):
        yield Raised(Alarm.WORKERS, since=max((one.seen_at for one in known), default=None))


def _queue(tx: Connection, moment: Moment) -> Iterator[Raised]:
    late = lateness.of_sources(tx, moment.desk, moment.now)
    if late.overdue:
        yield Raised(Alarm.OVERDUE, since=late.due, number=late.overdue)
    if number := crossposts.count_by_state(tx).get(State.UNCONFIRMED):
        yield Raised(Alarm.UNCONFIRMED, number=number)
    if untold := len(messages.troubled(tx, moment.now - WEEK)):
        yield Raised(Alarm.UNTOLD, number=untold)


def _accounts(tx: Connection, moment: Moment) -> Iterator[Raised]:
    for one in accounts.every(tx, moment.desk, moment.now):
        if one.standing != "fine":
            yield Raised(Alarm.ACCOUNT, one.account.id, one.hold.since if one.hold else None)
        elif one.days is not None:
            yield Raised(Alarm.EXPIRING, one.account.id, one.until)
