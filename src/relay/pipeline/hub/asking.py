"""What strangers ask of relay's own hub: looked at, kept until it is verified, answered."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.hub import request
from relay.core.hub.request import Published, Rejected, Wanted
from relay.core.hub.subscriber import Errand
from relay.pipeline.desk import Desk
from relay.pipeline.hub.served import served
from relay.storage import errands, shared, subscribers
from relay.storage.database import Database
from relay.storage.sealing import Unopened

log = logging.getLogger("relay")

MOST_OF_A_TOPIC = 10_000
MOST_OF_A_HOST = 200
"""Subscriptions with their callback there, over all topics, and those not verified yet."""
MOST_WAITING = 5_000
"""Requests that are not verified yet: with more of them the hub says that it has no time now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status and the sentence for whoever asked."""

    status: int
    words: str


def ask(db: Database, desk: Desk, form: Mapping[str, str], now: datetime) -> Answer:
    """Take a request: 202 says that it is well-formed and kept, not that it is granted (§5.1)."""
    topics = served(desk)
    match request.read(form, topics):
        case Rejected(status, why):
            return Answer(status, why)
        case Published():
            return Answer(202, "The hub looks whether it has changed.")
        case Wanted() as wanted:
            with db.read() as tx:  # what is refused must not take the writers' turn
                refusal = _refusal(tx, desk, wanted)
            return refusal or _kept(db, desk, wanted, now)


def _refusal(tx: Connection, desk: Desk, wanted: Wanted) -> Answer | None:
    """Why it is not taken: nothing to end, or too many."""
    is_known = subscribers.get(tx, wanted.callback, wanted.topic) is not None
    is_waiting = errands.has(tx, wanted.callback, wanted.topic)
    if wanted.mode == "unsubscribe":
        return None if is_known or is_waiting else Answer(404, "This callback does not subscribe to this topic.")
    if errands.count(tx) >= MOST_WAITING and not is_waiting:
        return Answer(503, "The hub has too much to do: come again in a minute.")
    if is_known or is_waiting:
        return None
    if subscribers.count_of_host(tx, wanted.host) + errands.count_of_host(tx, wanted.host) >= MOST_OF_A_HOST:
        return Answer(403, f"The hub takes no more than {MOST_OF_A_HOST} subscriptions of one host.")
    if subscribers.count_of(tx, served(desk)[wanted.topic]) >= MOST_OF_A_TOPIC:
        return Answer(403, f"The hub takes no more than {MOST_OF_A_TOPIC} subscriptions to one feed.")
    return None


def _kept(db: Database, desk: Desk, wanted: Wanted, now: datetime) -> Answer:
    whose = shared.of_subscriber(wanted.callback, wanted.topic)
    with db.write() as tx:
        ring = shared.ring_of(desk.keyplace) if wanted.secret else None
        if isinstance(ring, Unopened):
            log.warning("a subscriber is sent away, as its secret cannot be sealed. %s", ring.why)
            return Answer(503, "The hub cannot keep a secret now: come again later.")
        secret = shared.closed(ring, whose, wanted.secret)
        errands.put(tx, Errand(0, wanted.mode, wanted.topic, wanted.callback, secret, wanted.lease, not_before=now))
    return Answer(202, "The hub asks the callback whether it means it.")
