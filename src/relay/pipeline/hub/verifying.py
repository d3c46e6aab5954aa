"""Whether callbacks mean what was asked in their name (https://www.w3.org/TR/websub/ §5.3)."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection

from relay.core.hub.delivery import asked_again
from relay.core.hub.request import host
from relay.core.hub.subscriber import Confirmed, Declined, Errand, Progress, Subscriber, Unanswered, Verdict
from relay.intake import hub
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import Courier
from relay.pipeline.hub.served import served
from relay.storage import errands, subscribers, topics
from relay.storage.database import Database

log = logging.getLogger("relay")

LEASE = timedelta(minutes=2)
"""Longer than a host's questions take: a worker that is silent for so long is dead."""
MOST = 500
"""Questions in one pass."""
OF_A_HOST = 5
HOSTS = 32
"""Hosts that are asked at the same time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one question."""

    errand: Errand
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Round:
    """What every question of a pass needs; ``until`` is when its claims are over."""

    db: Database
    desk: Desk
    courier: Courier
    mint: Callable[[], str]
    until: datetime


def dismiss(tx: Connection, desk: Desk, now: datetime) -> None:
    """Subscribers of what is not published here any more are told so, and forgotten (§5.2)."""
    for lost in subscribers.of_others(tx, served(desk)):
        subscribers.drop(tx, lost.callback, lost.address)
        why = "This feed is not published here any more."
        errands.put(tx, Errand(0, "denied", lost.address, lost.callback, "", timedelta(0), now, reason=why))


def verify(db: Database, desk: Desk, courier: Courier, mint: Callable[[], str], now: datetime) -> list[Verified]:
    """Ask every callback that is due, hosts side by side; ``mint`` gives unguessable texts, one for each question."""
    with db.read() as tx:
        if not errands.due(tx, now, 1, 1):
            return []
    until = now + LEASE
    with db.write() as tx:
        found = _of_each_host(errands.due(tx, now, MOST, OF_A_HOST))
        for errand in (errand for own in found for errand in own):
            errands.claim(tx, errand, until)
    with ThreadPoolExecutor(HOSTS) as pool:
        visits = pool.map(lambda own: _visit(_Round(db, desk, courier, mint, until), own), found)
        return [verified for visit in visits for verified in visit]


def _of_each_host(due: Sequence[Errand]) -> list[list[Errand]]:
    hosts: dict[str, list[Errand]] = {}
    for errand in due:
        hosts.setdefault(host(errand.callback), []).append(errand)
    return list(hosts.values())


def _visit(round_: _Round, own: Sequence[Errand]) -> list[Verified]:
    """One host, one question after the other; where one is not answered the others wait as long as it does."""
    found: list[Verified] = []
    silence: Unanswered | None = None
    for errand in own:
        verdict = silence or _asked(round_, errand)
        silence = verdict if isinstance(verdict, Unanswered) else None
        with round_.db.write() as tx:
            kept = replace(errand, secret=errands.secret(tx, errand))  # the key may have been changed meanwhile
            if errands.finish(tx, errand, round_.until):
                _conclude(tx, round_.desk, kept, verdict, round_.until - LEASE)
                found.append(Verified(errand, verdict))
    return found


def _asked(round_: _Round, errand: Errand) -> Verdict:
    """A question that breaks off stops no other."""
    try:
        return hub.ask(round_.courier.asking, errand, round_.mint())
    except Exception as error:
        log.exception("the question to %s broke off", host(errand.callback))
        return Declined(f"It broke off ({type(error).__name__}).")


def _conclude(tx: Connection, desk: Desk, errand: Errand, verdict: Verdict, now: datetime) -> None:
    match verdict:
        case Confirmed() if errand.mode == "subscribe":
            _subscribe(tx, desk, errand, now)
        case Confirmed() if errand.mode == "unsubscribe":
            subscribers.drop(tx, errand.callback, errand.address)
        case Unanswered():
            again = asked_again(errand, now)
            if again:
                errands.put(tx, again)
        case Confirmed() | Declined():
            pass  # everything stays as it is
        case _:
            assert_never(verdict)


def _subscribe(tx: Connection, desk: Desk, errand: Errand, now: datetime) -> None:
    """What is published now it has read itself; what an earlier subscription of its is still owed comes."""
    topic = served(desk).get(errand.address)
    if topic is None:
        return
    before, seen = subscribers.get(tx, errand.callback, errand.address), topics.every(tx).get(topic)
    progress = (
        replace(before.progress, attempts=0, not_before=None, failing_since=None, note="")
        if before
        else Progress(seen.version if seen else "")
    )
    subscribers.put(
        tx, Subscriber(0, topic, errand.address, errand.callback, errand.secret, now + errand.lease, progress)
    )
