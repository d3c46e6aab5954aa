"""Whom relay's own hub tells, and how far it has come with each."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, select, update

from relay.core.hub.request import host
from relay.core.hub.subscriber import Progress, Subscriber, Topic
from relay.storage.tables.hub import subscribers, topics

_PROGRESS = ("version", "at", "attempts", "not_before", "failing_since", "note")
_MARKS = 500
"""Of one statement: databases take only so many."""


@dataclass(frozen=True, slots=True)
class Readership:
    """Of a feed in all its formats: how many subscribe, how many of them cannot be reached now, the last arrival."""

    subscribers: int = 0
    failing: int = 0
    last: datetime | None = None


def put(tx: Connection, subscriber: Subscriber) -> None:
    """Store it in the place of an earlier one of the same callback to the same address; its ``id`` is given here."""
    drop(tx, subscriber.callback, subscriber.address)
    tx.execute(
        insert(subscribers).values(
            feed=subscriber.topic.feed,
            path=subscriber.topic.path,
            address=subscriber.address,
            callback=subscriber.callback,
            host=host(subscriber.callback),
            secret=subscriber.secret,
            lease_until=subscriber.lease_until,
            **asdict(subscriber.progress),
        )
    )


def drop(tx: Connection, callback: str, address: str) -> None:
    """It is over."""
    tx.execute(delete(subscribers).where(_is(callback, address)))


def get(tx: Connection, callback: str, address: str) -> Subscriber | None:
    """The subscription of this callback to this address."""
    row = tx.execute(select(subscribers).where(_is(callback, address))).first()
    return _subscriber(row) if row else None


def due(tx: Connection, now: datetime, most: int) -> list[Subscriber]:
    """Those that have not been told of the newest version, at most ``most``; those that failed before come last."""
    wanted = (
        select(subscribers)
        .join(topics, (topics.c.feed == subscribers.c.feed) & (topics.c.path == subscribers.c.path))
        .where(topics.c.version != subscribers.c.version, subscribers.c.lease_until > now, _is_time(now))
        .order_by(subscribers.c.attempts, subscribers.c.id)
        .limit(most)
    )
    return [_subscriber(row) for row in tx.execute(wanted)]


def claim(tx: Connection, found: Sequence[Subscriber], until: datetime) -> None:
    """Nobody else tells them before ``until``: a worker that is silent for so long is dead."""
    ids = [subscriber.id for subscriber in found]
    for start in range(0, len(ids), _MARKS):
        own = subscribers.c.id.in_(ids[start : start + _MARKS])
        tx.execute(update(subscribers).where(own).values(not_before=until))


def settle(tx: Connection, claimed: Sequence[tuple[int, datetime, Progress]]) -> None:
    """How it stands with each after an attempt: its id, until when it was claimed; if the claim is the last word."""
    values = [{"own_id": id, "claimed": until, **asdict(progress)} for id, until, progress in claimed]
    if values:
        own = (subscribers.c.id == bindparam("own_id")) & (subscribers.c.not_before == bindparam("claimed"))
        tx.execute(update(subscribers).where(own).values({name: bindparam(name) for name in _PROGRESS}), values)


def end(tx: Connection, claimed: Sequence[tuple[int, datetime]]) -> None:
    """Those that are over, on the same condition."""
    values = [{"own_id": id, "claimed": until} for id, until in claimed]
    if values:
        own = (subscribers.c.id == bindparam("own_id")) & (subscribers.c.not_before == bindparam("claimed"))
        tx.execute(delete(subscribers).where(own), values)


def expired(tx: Connection, now: datetime) -> bool:
    """Whether there is any whose lease is over."""
    return bool(tx.execute(select(exists().where(subscribers.c.lease_until <= now))).scalar())


def forget_expired(tx: Connection, now: datetime) -> None:
    """They did not renew."""
    tx.execute(delete(subscribers).where(subscribers.c.lease_until <= now))


def of_others(tx: Connection, served: Collection[str]) -> list[Subscriber]:
    """Those whose topic is not among the addresses that are served."""
    found = tx.execute(select(subscribers.c.address).distinct()).scalars()
    lost = [address for address in found if address not in served]
    return [_subscriber(row) for row in tx.execute(select(subscribers).where(subscribers.c.address.in_(lost)))]


def count_of_host(tx: Connection, name: str) -> int:
    """How many subscriptions have their callback there."""
    return tx.execute(select(func.count()).select_from(subscribers).where(subscribers.c.host == name)).scalar_one()


def count_of(tx: Connection, topic: Topic) -> int:
    """How many subscribe to this document."""
    own = (subscribers.c.feed == topic.feed) & (subscribers.c.path == topic.path)
    return tx.execute(select(func.count()).select_from(subscribers).where(own)).scalar_one()


def readership(tx: Connection) -> dict[str, Readership]:
    """By feed; a feed without subscribers is not there."""
    columns = subscribers.c
    wanted = select(columns.feed, func.count(), func.count(columns.failing_since), func.max(columns.at))
    return {feed: Readership(*rest) for feed, *rest in tx.execute(wanted.group_by(columns.feed))}


def _is(callback: str, address: str) -> Any:
    return (subscribers.c.callback == callback) & (subscribers.c.address == address)


def _is_time(now: datetime) -> Any:
    return subscribers.c.not_before.is_(None) | (subscribers.c.not_before <= now)


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        id=row.id,
        topic=Topic(row.feed, row.path),
        address=row.address,
        callback=row.callback,
        secret=row.secret,
        lease_until=row.lease_until,
        progress=Progress(*(getattr(row, name) for name in _PROGRESS)),
    )
