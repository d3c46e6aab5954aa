"""What is new goes to every subscriber, whoever else hangs (https://www.w3.org/TR/websub/ §7)."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty

from relay.core.hub.delivery import is_forsaken, told
from relay.core.hub.request import host
from relay.core.hub.subscriber import Content, Failed, Outcome, Spared, Subscriber
from relay.intake import hub
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import Courier, Told
from relay.pipeline.hub.noticing import content, notice
from relay.pipeline.hub.served import own_hub
from relay.storage import shared, subscribers
from relay.storage.database import Database
from relay.storage.shared import Ring

log = logging.getLogger("relay")

LEASE = timedelta(minutes=2)
"""Longer than a delivery takes, with the wait for a free hand: after that whoever claimed it is dead."""
MOST = 2_000
"""Deliveries begun in one pass; the rest is due in the next."""
LANES = 4
"""Documents under way at once to one host."""
QUIET = 0.2
"""Seconds in which nothing comes back: those still out hang, and a later pass writes down what became of them."""
ROUNDS = 10
"""Of writing down within a pass, so that what is published meanwhile does not wait for all of it."""

Parcel = tuple[Subscriber, Content]


def distribute(db: Database, desk: Desk, courier: Courier, folder: Path, now: datetime) -> list[Told]:
    """Post what is new to whoever has not got it; what became of that, and of what was still out before.

    Each is claimed before it is sent, and settled after: what a crash cuts off is sent once more.
    """
    notice(db, desk, folder, now)
    out: set[Future[None]] = {
        courier.hands.submit(_carry, courier, own_hub(desk), lane, now + LEASE)
        for lane in _claimed(db, desk, folder, now)
    }
    settled = _settle(db, courier, now)
    for _ in range(ROUNDS):
        back, out = wait(out, QUIET)
        settled += _settle(db, courier, now)
        if not back:
            break
    return settled


def _claimed(db: Database, desk: Desk, folder: Path, now: datetime) -> list[list[Parcel]]:
    """What is due, as sequences of one host each, those who failed before last."""
    with db.read() as tx:
        if not subscribers.expired(tx, now) and not subscribers.due(tx, now, 1):
            return []
    with db.write() as tx:
        subscribers.forget_expired(tx, now)
        due = subscribers.due(tx, now, MOST)
        contents = {topic: content(folder, topic) for topic in {subscriber.topic for subscriber in due}}
        parcels = [(subscriber, found) for subscriber in due if (found := contents[subscriber.topic])]
        subscribers.claim(tx, [subscriber for subscriber, _ in parcels], now + LEASE)
        ring = shared.opening(desk.keyplace)
    return list(_lanes([(_opened(ring, subscriber), document) for subscriber, document in parcels]))


def _opened(ring: Ring, subscriber: Subscriber) -> Subscriber:
    whose = shared.of_subscriber(subscriber.callback, subscriber.address)
    return replace(subscriber, secret=shared.opened(ring, whose, subscriber.secret))


def _lanes(parcels: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    hosts: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        hosts.setdefault(host(parcel[0].callback), []).append(parcel)
    for own in hosts.values():
        yield from (own[start::LANES] for start in range(min(LANES, len(own))))


def _carry(courier: Courier, own: str, lane: Sequence[Parcel], until: datetime) -> None:
    """One after the other; a host that does not answer one is spared the others for a while."""
    is_silent = False
    for subscriber, document in lane:
        outcome = Spared() if is_silent else _delivered(courier, own, subscriber, document)
        is_silent = is_silent or (isinstance(outcome, Failed) and outcome.is_silent)
        courier.done.put(Told(subscriber, document.version, outcome, until))


def _delivered(courier: Courier, own: str, subscriber: Subscriber, document: Content) -> Outcome:
    if shared.is_closed(subscriber.secret):
        return Failed("The key is not there that its secret is sealed by: it may subscribe anew.")
    try:
        return hub.deliver(courier.telling, own, subscriber, document)
    except Exception as error:
        log.exception("the delivery to %s broke off", host(subscriber.callback))
        return Failed(f"It broke off ({type(error).__name__}).")


def _settle(db: Database, courier: Courier, now: datetime) -> list[Told]:
    """Write down what came back, all of it in one transaction."""
    back = list(_back(courier))
    after = [(one, told(one.subscriber.progress, one.version, one.outcome, now)) for one in back]
    over = [one for one, progress in after if progress is None or is_forsaken(progress, now)]
    going_on = [(one.subscriber.id, one.until, progress) for one, progress in after if progress and one not in over]
    if back:
        with db.write() as tx:
            subscribers.settle(tx, going_on)
            subscribers.end(tx, [(one.subscriber.id, one.until) for one in over])
    return back


def _back(courier: Courier) -> Iterator[Told]:
    while True:
        try:
            yield courier.done.get_nowait()
        except Empty:
            return
