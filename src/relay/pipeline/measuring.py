"""What is measured: the tables that the pages and ``relay status`` read as well, as numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from relay.core.ailment import Ailing
from relay.core.crosspost import State
from relay.core.measure import Measure, Reading
from relay.pipeline.accounts import seen as accounts
from relay.pipeline.care import seen as sources
from relay.pipeline.care.seen import Seen, Trouble
from relay.pipeline.desk import Desk
from relay.storage import crossposts, messages, questions, service, stops, subscribers, tallies

LATE = timedelta(hours=1)
"""So long after it was due a source that was not asked is overdue."""
WEEK = timedelta(days=7)

INFO = Measure("relay_info", "Always 1. Which version of relay answers.", ("version",))
LOOP = Measure("relay_loop_last_run_timestamp_seconds", "When each loop of the service last ran.", ("loop",))
STOPPED = Measure("relay_stopped", "1 while somebody has stopped everything from leaving.")
MACHINE = Measure("relay_machine_failing", "1 while the machine keeps a place from being written.", ("place", "what"))
SOURCES = Measure("relay_sources", "Sources by what ails them; `none` do well.", ("trouble",))
OVERDUE = Measure("relay_sources_overdue", "Sources that were due an hour ago and have not been asked.")
POLLED = Measure("relay_last_poll_timestamp_seconds", "When any source was last asked.")
QUESTIONS = Measure("relay_questions", "Questions about sources that wait for an editor.")
ENTRIES = Measure("relay_entries", "Entries that are kept.")
CROSSPOSTS = Measure("relay_crossposts", "Cross-posts by state, as in [states](states.md).", ("state",))
LONGEST = Measure(
    "relay_crosspost_state_since_timestamp_seconds",
    "Since when the cross-post that is longest in a state is in it; absent where there is none.",
    ("state",),
)
ATTEMPTS = Measure("relay_attempts_total", "Attempts to publish by how they ended.", ("outcome",), "total")
USABLE = Measure(
    "relay_account_usable", "1 where an account publishes, 0 where it waits for a person.", ("account", "network")
)
WAITING = Measure("relay_account_waiting", "Cross-posts that wait because their account does.", ("account",))
UNTIL = Measure(
    "relay_account_expires_timestamp_seconds",
    "When a person must connect an account anew, where that is known.",
    ("account",),
)
SUBSCRIBERS = Measure("relay_feed_subscribers", "Subscribers of a feed at relay's own hub.", ("feed",))
UNTOLD = Measure("relay_messages_untold", "Messages to editors of the last week that have not arrived.")
MEASURES = (
    INFO, LOOP, STOPPED, MACHINE, SOURCES, OVERDUE, POLLED, QUESTIONS, ENTRIES,
    CROSSPOSTS, LONGEST, ATTEMPTS, USABLE, WAITING, UNTIL, SUBSCRIBERS, UNTOLD,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """What is measured, and when; ``ailing`` is what of the machine fails relay."""

    desk: Desk
    now: datetime
    version: str
    ailing: tuple[Ailing, ...] = ()


def readings(tx: Connection, moment: Moment) -> list[Reading]:
    """Every measure but those that have no number now."""
    found = (*_service(tx, moment), *_intake(tx, moment), *_queue(tx), *_accounts(tx, moment), *_told(tx, moment))
    return [reading for reading in found if reading.numbers]


def _service(tx: Connection, moment: Moment) -> Iterable[Reading]:
    yield Reading(INFO, {(moment.version,): 1})
    yield Reading(LOOP, {(loop,): at.timestamp() for loop, at in service.beats(tx).items()})
    yield _one(STOPPED, stops.in_force(tx) is not None)
    yield Reading(MACHINE, {(one.place, one.what): 1 for one in moment.ailing})


def _intake(tx: Connection, moment: Moment) -> Iterable[Reading]:
    found = sources.every(tx, moment.desk, moment.now)
    yield _counted(SOURCES, Counter(one.trouble or "none" for one in found), ("none", *Trouble))
    yield _one(OVERDUE, sum(_is_overdue(one, moment.now) for one in found))
    polled = [one.state.polled_at for one in found if one.state.polled_at]
    yield Reading(POLLED, {(): max(polled).timestamp()} if polled else {})
    yield _one(QUESTIONS, questions.count(tx))
    yield _one(ENTRIES, tallies.entries_kept(tx))


def _is_overdue(one: Seen, now: datetime) -> bool:
    due = one.state.due
    return due is not None and one.pause is None and now - due >= LATE


def _queue(tx: Connection) -> Iterable[Reading]:
    yield _counted(CROSSPOSTS, crossposts.count_by_state(tx), tuple(State))
    yield Reading(LONGEST, {(state,): since.timestamp() for state, since in tallies.longest(tx).items()})
    yield Reading(ATTEMPTS, {(outcome,): number for outcome, number in tallies.attempted(tx).items()})


def _accounts(tx: Connection, moment: Moment) -> Iterable[Reading]:
    found = accounts.every(tx, moment.desk, moment.now)
    yield Reading(USABLE, {(one.account.id, one.account.network): one.standing == "fine" for one in found})
    yield Reading(WAITING, {(one.account.id,): one.waiting for one in found})
    yield Reading(UNTIL, {(one.account.id,): one.until.timestamp() for one in found if one.until})


def _told(tx: Connection, moment: Moment) -> Iterable[Reading]:
    known = subscribers.readership(tx)
    counts: dict[tuple[str, ...], float]
    counts = {(feed.id,): known[feed.id].subscribers if feed.id in known else 0 for feed in moment.desk.feeds}
    yield Reading(SUBSCRIBERS, counts)
    yield _one(UNTOLD, len(messages.troubled(tx, moment.now - WEEK)))


def _one(measure: Measure, number: float) -> Reading:
    return Reading(measure, {(): number})


def _counted(measure: Measure, counts: Mapping[Any, int], names: Iterable[str]) -> Reading:
    """Each name has its number, so that one that comes up has been nothing before."""
    return Reading(measure, {(str(name),): counts.get(name, 0) for name in names})
