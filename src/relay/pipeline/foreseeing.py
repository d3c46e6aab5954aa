"""When each cross-post leaves, and why then: what pages, commands and programs show, by the rules of deliveries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, State
from relay.core.review.release import NOTE as RELEASED
from relay.core.route import Schedule
from relay.core.scheduling.departure import Departure, Reason, Why
from relay.core.scheduling.foresight import Waiting, foresee, together
from relay.core.scheduling.pacing import Bounds
from relay.core.scheduling.planning import after_window, due_at, reasons
from relay.pipeline import stopping
from relay.pipeline.delivering.claiming import WHY, bounds, sent
from relay.pipeline.delivering.spreading import LATE
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, planned, stops
from relay.storage.planned import Planned

_SPREAD = frozenset({LATE, RELEASED, stopping.NOTE})
_PACED = {text: why for why, text in reversed(WHY.items())}
_ANY = Crosspost(0, 0, "", 0, State.SCHEDULED, 1, Draft("", "", ""))
_NEXT = 200
GONE = "Its account is no longer in the configuration."


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that is on its way, by account, as it was read at ``now``; ``held`` is why nothing of an account leaves."""

    desk: Desk
    now: datetime
    leaving: Mapping[str, Sequence[Planned]]
    held: Mapping[str, Reason]
    stopped: Reason | None

    def schedule(self, account: str, route: int) -> Schedule:
        """When what this route sends to the account may leave."""
        return self.desk.schedule(replace(_ANY, account=account, route=route))

    def barred(self, account: str) -> Reason | None:
        """Why nothing of the account leaves until somebody sees to it."""
        if account not in self.desk.accounts:
            return self.stopped or Reason(Why.HELD, text=GONE)
        return self.stopped or self.held.get(account)


def outlook(tx: Connection, desk: Desk, now: datetime, wanted: Collection[str] | None = None) -> Outlook:
    """Read it, for these accounts or for all."""
    by_account = defaultdict[str, list[Planned]](list)
    for one in planned.leaving(tx, wanted):
        by_account[one.account].append(one)
    held = {id: Reason(Why.HELD, text=hold.why) for id, hold in accounts.holds(tx).items()}
    stop = stops.in_force(tx)
    return Outlook(desk, now, by_account, held, Reason(Why.STOPPED, text=f"{stop.who}: {stop.why}") if stop else None)


def departure(tx: Connection, desk: Desk, crosspost: Crosspost, now: datetime) -> Departure | None:
    """When it leaves, or would if it were approved now, and why then; ``None`` where nothing is planned."""
    return departures(tx, desk, (crosspost,), now).get(crosspost.id)


def departures(tx: Connection, desk: Desk, some: Sequence[Crosspost], now: datetime) -> dict[int, Departure]:
    """The same of many, by id; those of which nothing is planned are not there."""
    seen = outlook(tx, desk, now, {one.account for one in some})
    wanted = defaultdict[str, set[int]](set)
    for one in some:
        if one.state in planned.LEAVING and one.lease_until is None:
            wanted[one.account].add(one.id)
    lanes = {account: lane(tx, seen, account) for account in {one.account for one in some}}
    found: dict[int, Departure] = {}
    for account, ids in wanted.items():
        found |= _these(lanes[account].departures(), ids)
    apart = {one.id: _apart(seen, lanes[one.account], one) for one in some if one.id not in found}
    return found | {id: departure for id, departure in apart.items() if departure}


def around(tx: Connection, desk: Desk, one: Crosspost, now: datetime) -> tuple[Departure | None, tuple[datetime, ...]]:
    """When one leaves, and when the next of the others of its account do."""
    seen = outlook(tx, desk, now, (one.account,))
    own = lane(tx, seen, one.account)
    found = _these(own.departures(), {one.id}).get(one.id) if one.state in planned.LEAVING else _apart(seen, own, one)
    others = (departure.moment for id, departure in islice(own.departures(), _NEXT) if id != one.id)
    return found, tuple(moment for moment in others if moment)


def of_account(tx: Connection, seen: Outlook, account: str) -> Iterator[tuple[int, Departure]]:
    """The departures of one account, in their order."""
    return lane(tx, seen, account).departures()


@dataclass(frozen=True, slots=True)
class Lane:
    """What is on its way from one account; ``barred`` is why nothing of it leaves."""

    waiting: tuple[Waiting, ...]
    bounds: Bounds
    sent: tuple[datetime, ...]
    now: datetime
    barred: Reason | None = None
    is_digest: bool = False

    def departures(self, *more: Waiting) -> Iterator[tuple[int, Departure]]:
        """In their order; ``more`` is what might be on its way with them."""
        some, barred = (*self.waiting, *more), self.barred
        if barred is not None:
            return ((one.id, Departure(None, (barred,), one.schedule.zone)) for one in some)
        return together(some, self.now) if self.is_digest else foresee(self.bounds, some, self.sent, self.now)


def lane(tx: Connection, seen: Outlook, account: str) -> Lane:
    """Read it."""
    own, barred = seen.leaving.get(account, ()), seen.barred(account)
    if account not in seen.desk.accounts:
        gone = (Waiting(one.id, None, seen.schedule(account, one.route), ()) for one in own)
        return Lane(tuple(gone), Bounds(), (), seen.now, barred)
    fast = bounds(tx, seen.desk, account)
    before = tuple(sent(tx, account, fast.longest, seen.now))
    is_digest = seen.desk.abilities(account).digest is not None
    return Lane(tuple(_waiting(tx, seen, account, own)), fast, before, seen.now, barred, is_digest)


def _these(departures: Iterator[tuple[int, Departure]], ids: set[int]) -> dict[int, Departure]:
    """Those that are wanted; what comes after the last of them is not looked at."""
    found: dict[int, Departure] = {}
    for id, departure in departures:
        if id in ids:
            found[id] = departure
            if len(found) == len(ids):
                break
    return found


def _waiting(tx: Connection, seen: Outlook, account: str, own: Sequence[Planned]) -> Iterator[Waiting]:
    schedules = {route: seen.schedule(account, route) for route in {one.route for one in own}}
    able, known = seen.desk.abilities(account), dict[tuple[object, ...], tuple[Reason, ...]]()
    for one in own:
        schedule = schedules[one.route]
        due: datetime | None = one.not_before or seen.now
        if one.state is State.APPROVED:
            due = after_window(schedule, one.wanted_at, one.not_before or seen.now, seen.now)
        posts = _posts(tx, seen.desk, one) if able.threads and one.may_be_thread else 1
        is_begun = one.is_begun or (one.is_frozen and able.digest is not None)
        alike = (one.route, one.wanted_at, one.changed_at, one.note, one.attempt, one.state, due)
        if alike not in known:
            known[alike] = _why(one, schedule, due) if due else ()
        yield Waiting(one.id, due, schedule, known[alike], posts, is_begun)


def _why(one: Planned, schedule: Schedule, due: datetime) -> tuple[Reason, ...]:
    if one.state is State.SCHEDULED and one.note in _SPREAD:
        return (Reason(Why.LATE),)
    if one.state is State.SCHEDULED and one.note in _PACED:
        return (Reason(_PACED[one.note]),)
    if one.state is State.SCHEDULED and one.attempt and one.note:
        return (Reason(Why.AGAIN, text=one.note),)
    return reasons(schedule, one.wanted_at, one.changed_at, due)


def _posts(tx: Connection, desk: Desk, one: Planned) -> int:
    """As how many posts it leaves, less those that have."""
    whole = crossposts.get(tx, one.id)
    return max(len(desk.posts(whole)) - len(whole.parts), 1) if whole else 1


def _apart(seen: Outlook, lane: Lane, one: Crosspost) -> Departure | None:
    """Of what is not on its way."""
    schedule, undo = seen.schedule(one.account, one.route), seen.desk.route(one).approval.undo
    match one.state:
        case State.WAITING:
            added = _if_approved(seen, one, schedule, seen.now + undo)
            return _these(lane.departures(added), {one.id}).get(one.id)
        case State.UPDATING if one.not_before:
            return Departure(one.not_before, (Reason(Why.AT_ONCE),), schedule.zone)
        case State.EDIT_PROPOSED:
            return Departure(seen.now + undo, (Reason(Why.AT_ONCE),), schedule.zone)
        case _:
            return None


def _if_approved(seen: Outlook, one: Crosspost, schedule: Schedule, now: datetime) -> Waiting:
    due = due_at(schedule, one.wanted_at, now)
    is_known = one.account in seen.desk.accounts
    posts = max(len(seen.desk.posts(one)) - len(one.parts), 1) if is_known else 1
    return Waiting(
        one.id, due, schedule, reasons(schedule, one.wanted_at, now, due) if due else (), posts, bool(one.parts)
    )
