"""Asking hubs to push: for every source whose document names one, as far as a hub can reach relay."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection

from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing, subscribing
from relay.core.pushing.subscription import Offer, Subscription, Unanswered
from relay.intake.websub import ask
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.storage import shared, subscriptions
from relay.storage.database import Database
from relay.storage.sealing import Unopened
from relay.storage.shared import Ring

log = logging.getLogger("relay")

AT_ONCE = 8
"""Hubs asked at the same time."""
OF_A_HUB = 20
"""Requests to one hub in a pass; the rest has its turn in the next."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One request to a hub; ``subscription`` stands in the tables before it leaves, its secret sealed."""

    mode: Literal["subscribe", "unsubscribe"]
    subscription: Subscription


def callback(desk: Desk, token: str) -> str:
    """The address at which the hub of this subscription speaks to relay."""
    return f"{desk.public_url.rstrip('/')}/websub/{token}"


def is_reached(desk: Desk, offered: Offer) -> bool:
    """Whether this hub can reach such an address."""
    return subscribing.can_reach(offered.hub, desk.public_url, desk.own_hosts)


def subscribe(db: Database, reader: Reader, desk: Desk, mint: Callable[[], str], now: datetime) -> list[Subscription]:
    """Ask every hub that is due, for the first time or to renew, and take leave of those that are not wanted any more.

    ``mint`` gives unguessable texts of less than 65 characters.
    """
    with db.read() as tx:
        known = _known(tx, shared.opening(desk.keyplace))
        if not _spent(tx, desk, known, now) and not any(_errands(tx, desk, known, mint, now)):
            return []
    with db.write() as tx:
        hubs = _begun(tx, desk, mint, now)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [after for found in pool.map(lambda own: _visit(db, reader, desk, own), hubs) for after in found]


def _begun(tx: Connection, desk: Desk, mint: Callable[[], str], now: datetime) -> list[list[Errand]]:
    """What is now asked of each hub, written down before it leaves: the hub may verify it while it is asked."""
    ring = shared.ring_of(desk.keyplace)
    if isinstance(ring, Unopened):
        log.warning("no hub is asked to push, as the secret for it cannot be sealed. %s", ring.why)
        return []
    known = _known(tx, ring)
    for source_id in _spent(tx, desk, known, now):
        subscriptions.forget(tx, source_id)
    hubs = [own[:OF_A_HUB] for own in _by_hub(list(_errands(tx, desk, known, mint, now)))]
    for own in (errand.subscription for errands in hubs for errand in errands):
        secret = shared.closed(ring, shared.of_subscription(own.token), own.secret)
        subscriptions.put(tx, replace(own, secret=secret))
    return hubs


def count_misses(tx: Connection, source_id: str, now: datetime) -> Subscription | None:
    """After what a poll at ``now`` brought is stored: the source's subscription, with what its hub owed counted."""
    known = subscriptions.of(tx, source_id)
    if known is None:
        return None
    after = pushing.polled(known, subscriptions.found_at(tx, source_id, now), now)
    if after != known:
        said = {"source": source_id, "hub": known.hub, "misses": after.misses}
        log.warning("%(source)s: %(hub)s did not push what a poll found (%(misses)d)", said)
        subscriptions.put(tx, after)
    return after


def standing(tx: Connection, desk: Desk, source_id: str, state: PollState, now: datetime) -> str:
    """How it stands with pushes of a source, in one line for a person; empty where no hub is named."""
    source, known = desk.sources[source_id], subscriptions.of(tx, source_id)
    offered = subscribing.offer(source, state, known)
    is_there = offered is not None and is_reached(desk, offered)
    return subscribing.said(source, state, known, is_reached=is_there, now=now)


def _known(tx: Connection, ring: Ring) -> dict[str, Subscription]:
    """By source, with the secrets opened that can be."""
    return {
        id: replace(own, secret=shared.opened(ring, shared.of_subscription(own.token), own.secret))
        for id, own in subscriptions.every(tx).items()
    }


def _errands(
    tx: Connection, desk: Desk, known: dict[str, Subscription], mint: Callable[[], str], now: datetime
) -> Iterator[Errand]:
    """One whose secret nobody can open any more is begun anew."""
    offers = _offers(tx, desk, known)
    for source_id, offered in offers.items():
        found = known.get(source_id)
        own = None if found and shared.is_closed(found.secret) else found
        if is_reached(desk, offered) and subscribing.is_due(own, offered, now):
            yield Errand("subscribe", subscribing.asked(own, source_id, offered, (mint(), mint()), now))
    for source_id, own in known.items():
        if source_id not in offers and subscribing.is_to_leave(own):
            yield Errand("unsubscribe", subscribing.left(own, now))


def _offers(tx: Connection, desk: Desk, known: dict[str, Subscription]) -> dict[str, Offer]:
    states = subscriptions.offering(tx, tuple(desk.sources))
    found = {id: subscribing.offer(desk.sources[id], state, known.get(id)) for id, state in states.items()}
    return {id: offered for id, offered in found.items() if offered}


def _spent(tx: Connection, desk: Desk, known: dict[str, Subscription], now: datetime) -> list[str]:
    """The sources whose subscription nobody wants: relay has taken its leave, and a day later nothing is left of it."""
    offers = _offers(tx, desk, known)
    return [id for id, own in known.items() if id not in offers and subscribing.is_to_forget(own, now)]


def _by_hub(errands: Sequence[Errand]) -> list[list[Errand]]:
    hubs: dict[str, list[Errand]] = {}
    for errand in errands:
        hubs.setdefault(urlsplit(errand.subscription.hub).netloc, []).append(errand)
    return list(hubs.values())


def _visit(db: Database, reader: Reader, desk: Desk, errands: Sequence[Errand]) -> list[Subscription]:
    """One hub, one request after the other; when it gives no answer, the others wait as long as this one."""
    found: list[Subscription] = []
    silence: Unanswered | None = None
    for errand in errands:
        own = errand.subscription
        source = desk.sources.get(own.source_id)
        http = reader.of(source).http if source else reader.http
        reply = silence or ask(http, errand.mode, own, callback(desk, own.token))
        silence = reply if isinstance(reply, Unanswered) else None
        with db.write() as tx:
            known = subscriptions.behind(tx, own.token)  # the hub may have verified it meanwhile
            if known:
                after = subscribing.replied(known, reply)
                subscriptions.put(tx, after)
                found.append(after)
    return found
