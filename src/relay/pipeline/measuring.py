"""What is measured: the tables that the pages and ``relay status`` read as well, as numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from relay.core.alarm import Alarm
from relay.core.crosspost import State
from relay.core.measure import Measure, Reading
from relay.pipeline import alarms, lateness
from relay.pipeline.accounts import seen as accounts
from relay.pipeline.alarms import Moment
from relay.pipeline.care import seen as sources
from relay.pipeline.care.seen import Trouble
from relay.storage import crossposts, fetches, messages, questions, service, stops, subscribers, tallies, workers

INFO = Measure("relay_info", "Always 1. Which version of relay answers.", ("version",))
ALARMS = Measure("relay_alarms", "What needs somebody, as `relay status` lists it; 0 where all is well.", ("alarm",))
LOOP = Measure("relay_loop_last_run_timestamp_seconds", "When each loop of the service last ran.", ("loop",))
WORKERS = Measure("relay_workers", "Workers that were heard of within a minute, where relay is several.")
STOPPED = Measure("relay_stopped", "1 while somebody has stopped everything from leaving.")
MACHINE = Measure("relay_machine_failing", "1 while the machine keeps a place from being written.", ("place", "what"))
SOURCES = Measure("relay_sources", "Sources by what ails them; `none` do well.", ("trouble",))
OVERDUE = Measure("relay_sources_overdue", "Sources that were due an hour ago and have not been asked.")
LATENESS = Measure(
    "relay_source_lateness_seconds", "How long the source that waits longest has been due; 0 where none is."
)
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
    INFO, ALARMS, LOOP, WORKERS, STOPPED, MACHINE, SOURCES, OVERDUE, LATENESS, POLLED, QUESTIONS, ENTRIES,
    CROSSPOSTS, LONGEST, ATTEMPTS, USABLE, WAITING, UNTIL, SUBSCRIBERS, UNTOLD,
)  # fmt: skip


def readings(tx: Connection, moment: Moment, version: str) -> list[Reading]:
    """Every measure but those that have no number now."""
    of_all = (*_service(tx, moment, version), *_intake(tx, moment), *_queue(tx))
    found = (*of_all, *_accounts(tx, moment), *_told(tx, moment))
    return [reading for reading in found if reading.numbers]


def _service(tx: Connection, moment: Moment, version: str) -> Iterable[Reading]:
    yield Reading(INFO, {(version,): 1})
    yield _counted(ALARMS, Counter(one.alarm for one in alarms.raised(tx, moment)), Alarm)
    yield Reading(LOOP, {(loop,): at.timestamp() for loop, at in service.beats(tx).items()})
    known = workers.every(tx)
    yield Reading(WORKERS, {(): sum(one.silent <= workers.LATELY for one in known)} if known else {})
    yield _one(STOPPED, stops.in_force(tx) is not None)
    yield Reading(MACHINE, {(one.place, one.what): 1 for one in moment.ailing if one.is_serious})


def _intake(tx: Connection, moment: Moment) -> Iterable[Reading]:
    ailing = sources.troubles(tx, moment.desk)
    well = len(moment.desk.sources) - ailing.total()
    yield _counted(SOURCES, {"none": well, **ailing}, ("none", *Trouble))
    late = lateness.of_sources(tx, moment.desk, moment.now)
    yield _one(OVERDUE, late.overdue)
    yield _one(LATENESS, (moment.now - late.due).total_seconds() if late.due else 0)
    polled = fetches.last_at(tx)
    yield Reading(POLLED, {(): polled.timestamp()} if polled else {})
    yield _one(QUESTIONS, questions.count(tx))
    yield _one(ENTRIES, tallies.entries_kept(tx))


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
    yield _one(UNTOLD, len(messages.troubled(tx, moment.now - alarms.WEEK)))


def _one(measure: Measure, number: float) -> Reading:
    return Reading(measure, {(): number})


def _counted(measure: Measure, counts: Mapping[Any, int], names: Iterable[str]) -> Reading:
    """Each name has its number, so that one that comes up has been nothing before."""
    return Reading(measure, {(str(name),): counts.get(name, 0) for name in names})
