"""What hubs say at the callbacks, and what they push there: kept at once, read by the next pass."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.ailment import ailment_of
from relay.core.document import ParsedFeed
from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing, subscribing
from relay.core.pushing.subscription import Intent, Push, Subscription
from relay.core.source import Source
from relay.intake.websub import is_signed
from relay.pipeline.desk import Desk
from relay.pipeline.reading import quarantining
from relay.pipeline.reading.fulltext import completed
from relay.pipeline.reading.reader import Reader
from relay.pipeline.storing.store import Stored, store
from relay.pipeline.today import current
from relay.storage import pushes, quarantine, shared, sources, subscriptions
from relay.storage.database import Database
from relay.storage.keys import Keyplace
from relay.storage.shared import Ring

log = logging.getLogger("relay")

_NOWHERE = Keyplace()


class Arrival(StrEnum):
    """What becomes of what is pushed. What is ``IGNORED`` is answered as if it were ``TAKEN`` (§7.1.2)."""

    TAKEN = "taken"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    """Nobody subscribes at this address, or no longer."""
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Received:
    """What a push brought; ``note`` says in a sentence why it brought nothing, if it was of no use."""

    source_id: str
    new: int = 0
    edited: int = 0
    queued: int = 0
    note: str = ""


def confirm(db: Database, token: str, intent: Intent, now: datetime) -> bool:
    """A hub asks whether relay means it, or says no: whether that concerns a subscription of relay's."""
    with db.read() as tx:  # a stranger's question must not take the writers' turn
        if subscribing.confirmed(subscriptions.behind(tx, token), intent, now) is None:
            return False
    with db.write() as tx:
        after = subscribing.confirmed(subscriptions.behind(tx, token), intent, now)
        if after:
            subscriptions.put(tx, after)
    return after is not None


def is_known(db: Database, token: str) -> bool:
    """Whether anything may be pushed to this address: asked before a byte of it is read."""
    with db.read() as tx:
        known = subscriptions.behind(tx, token)
    return known is not None and pushing.is_heard(known)


def take(
    db: Database,
    token: str,
    signature: str | None,
    content: tuple[str | None, bytes],
    now: datetime,
    place: Keyplace = _NOWHERE,
) -> Arrival:
    """Keep what a hub pushes, if it is signed; ``content`` is its type and its bytes, ``place`` where the key is."""
    kind, body = content
    early = shared.opening(place)  # the key may be changed between the two
    with db.read() as tx:
        known = subscriptions.behind(tx, token)
    if known is None or not pushing.is_heard(known):
        return Arrival.UNKNOWN
    if not _is_believed(known, body, signature, (early, shared.opening(place))):
        return Arrival.IGNORED
    with db.write() as tx:
        return Arrival.TAKEN if pushes.add(tx, known.source_id, kind, body, now) else Arrival.FULL


def _is_believed(known: Subscription, body: bytes, signature: str | None, rings: Sequence[Ring]) -> bool:
    """A sealed secret that cannot be opened signs nothing: whoever has a copy of the database has it, too."""
    whose = shared.of_subscription(known.token)
    secrets = [secret for ring in rings if not shared.is_closed(secret := shared.opened(ring, whose, known.secret))]
    if not secrets:
        said = "%(source)s: a push was ignored, as the key is not there that its secret is sealed by"
        log.warning(said, {"source": known.source_id})
    elif not is_signed(secrets[0], body, signature):
        log.warning("%(source)s: a push without the hub's signature was ignored", {"source": known.source_id})
    return bool(secrets) and is_signed(secrets[0], body, signature)


def receive(db: Database, reader: Reader, desk: Desk, now: datetime) -> list[Received]:
    """Read what waits, the oldest first: what it says becomes entries as if it had been polled."""
    with db.read() as tx:
        waiting = pushes.waiting(tx)
    received: list[Received] = []
    for id in waiting:  # one at a time in memory: each may be large
        with db.read() as tx:
            push = pushes.get(tx, id)
        received += [_apart(db, reader, desk, push, now)] if push else []
    return received


def _apart(db: Database, reader: Reader, desk: Desk, push: Push, now: datetime) -> Received:
    """One that breaks off stops no other, and does not come again. A database that fails stops them all."""
    try:
        return _received(db, reader, desk, push, now)
    except OperationalError:
        raise
    except Exception as error:
        if ailment_of(error) is not None:
            raise
        log.exception("a push for %(source)s could not be stored", {"source": push.source_id})
        why = f"The last push could not be stored ({type(error).__name__}): see the log."
        with db.write() as tx:
            return _dropped(tx, push, why, now)


def _received(db: Database, reader: Reader, desk: Desk, push: Push, now: datetime) -> Received:
    source = desk.sources.get(push.source_id)
    if source is None or not source.push:
        with db.write() as tx:
            return _dropped(tx, push, "A push came for a source that is not to be pushed any more.", now)
    with db.read() as tx:
        state, held = sources.state(tx, source.id), quarantine.of(tx, source.id)
    document = quarantining.refused(held, push.body) or _read(reader, push, source, state)
    document, _ = completed(db, reader.of(source), source, document)
    with db.write() as tx:
        if document.is_deadly:
            quarantining.strike(tx, source.id, push.body, document, now)
        if document.error:
            return _dropped(tx, push, f"The last push could not be read: {document.error}", now)
        if not pushes.drop(tx, push.id):  # another process was quicker
            return Received(push.source_id)
        return _stored(tx, desk, source, document, now)


def _read(reader: Reader, push: Push, source: Source, state: PollState) -> ParsedFeed:
    """Addresses in it are relative to where the document is polled: an entry has one address, however it comes.

    A push may hold only what is new, so that nothing is withdrawn because it is not in there.
    """
    url = state.place.landed or source.url
    if source.select:
        return reader.parsing.page(push.body, url, push.content_type, source.select)
    return replace(reader.parsing.feed(push.body, url, push.content_type), is_complete=False)


def _stored(tx: Connection, desk: Desk, source: Source, document: ParsedFeed, now: datetime) -> Received:
    """The source's next poll, its validators and its last success stay as they are: a push is no full fetch."""
    state = sources.state(tx, source.id)
    stored = store(tx, current(tx, desk), source, document, now, is_backlog=state.is_first)
    if stored.new:
        sources.save(tx, source.id, replace(state, evidence_at=now), None)
    _note(tx, source.id, " ".join(_lost(stored)), now)
    return Received(source.id, stored.new, stored.edited, stored.queued)


def _lost(stored: Stored) -> Sequence[str]:
    return ["Something in the last push could not be stored: see the log."] if stored.lost else []


def _dropped(tx: Connection, push: Push, why: str, now: datetime) -> Received:
    pushes.drop(tx, push.id)
    _note(tx, push.source_id, why, now)
    return Received(push.source_id, note=why)


def _note(tx: Connection, source_id: str, note: str, now: datetime) -> None:
    known = subscriptions.of(tx, source_id)
    if known:
        subscriptions.put(tx, pushing.pushed(known, now, note))
