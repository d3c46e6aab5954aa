"""Other hubs that feeds name are told when there is something new, and fetch it themselves."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.hub.delivery import told
from relay.core.hub.subscriber import Failed, Outcome, Over, Progress, Spared, Topic
from relay.intake import hub
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import Courier
from relay.pipeline.hub.served import announced
from relay.storage import pings, topics
from relay.storage.database import Database

log = logging.getLogger("relay")

LEASE = timedelta(minutes=2)
"""Longer than the words to one hub take."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One word to one hub: the version of ``topic`` at ``address``; how far the hub had been told before."""

    hub: str
    topic: Topic
    address: str
    version: str
    before: Progress


@dataclass(frozen=True, slots=True)
class Pinged:
    """What became of it."""

    ping: Ping
    outcome: Outcome


def announce(db: Database, desk: Desk, courier: Courier, now: datetime) -> list[Pinged]:
    """Tell every hub of what it does not know yet, hubs side by side."""
    with db.read() as tx:
        if not _due(tx, desk, now):
            return []
    with db.write() as tx:
        due = _due(tx, desk, now)
        for ping in due:
            pings.put(tx, (ping.hub, ping.topic), replace(ping.before, not_before=now + LEASE))
    hubs = [[ping for ping in due if ping.hub == name] for name in dict.fromkeys(ping.hub for ping in due)]
    with ThreadPoolExecutor(max(len(hubs), 1)) as pool:
        return [pinged for own in pool.map(lambda own: _visit(db, courier, own, now), hubs) for pinged in own]


def _due(tx: Connection, desk: Desk, now: datetime) -> list[Ping]:
    known, seen = pings.every(tx), topics.every(tx)
    wanted = (
        Ping(name, topic, address, seen[topic].version, known.get((name, topic), Progress()))
        for name, topic, address in announced(desk)
        if topic in seen
    )
    return [ping for ping in wanted if ping.before.version != ping.version and _is_time(ping.before, now)]


def _is_time(progress: Progress, now: datetime) -> bool:
    return progress.not_before is None or progress.not_before <= now


def _visit(db: Database, courier: Courier, own: Sequence[Ping], now: datetime) -> list[Pinged]:
    """One after the other; a hub that does not answer is spared the rest for a while."""
    found: list[Pinged] = []
    is_silent = False
    for ping in own:
        outcome = Spared() if is_silent else _outcome(courier, ping)
        is_silent = is_silent or (isinstance(outcome, Failed) and outcome.is_silent)
        after = told(ping.before, ping.version, outcome, now)
        if after:
            with db.write() as tx:
                pings.put(tx, (ping.hub, ping.topic), after)
        found.append(Pinged(ping, outcome))
    return found


def _outcome(courier: Courier, ping: Ping) -> Outcome:
    """A hub that says that it is gone is asked again all the same: it is the operator who names it."""
    outcome = hub.ping(courier.pinging, ping.hub, ping.address)
    return Failed(f"{ping.hub} says that it is gone (410).") if isinstance(outcome, Over) else outcome
