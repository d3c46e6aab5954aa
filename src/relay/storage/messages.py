"""The messages that tell editors something, one a reader; and the links in letters that were used."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from relay.core.crosspost import Keys, Request
from relay.core.outcome import Sent
from relay.core.telling.listener import Reader
from relay.core.telling.message import Message, Stage
from relay.storage import rows
from relay.storage.tables.notices import messages, notices, used_links
from relay.storage.tables.review import audit

KEPT = timedelta(days=90)
_WORK = (Stage.DUE, Stage.DOUBT, Stage.STALE)


def put(tx: Connection, message: Message) -> None:
    """It is to be sent; its ``id`` is given by the database."""
    tx.execute(insert(messages).values(_values(message)))


def due(tx: Connection, now: datetime) -> list[Message]:
    """What is to be sent, looked for or set right now, and nobody is at; the oldest first."""
    is_free = or_(messages.c.lease_until.is_(None), messages.c.lease_until < now)
    own = (messages.c.state.in_(_WORK), messages.c.not_before <= now, is_free)
    return [_message(row) for row in tx.execute(select(messages).where(*own).order_by(messages.c.id))]


def replace(tx: Connection, old: Message, new: Message) -> bool:
    """Store ``new`` if the row still is as ``old``. Whether it was."""
    unchanged = (
        messages.c.id == old.id,
        messages.c.state == old.stage,
        messages.c.attempt == old.attempt,
        messages.c.lease_until == old.lease_until,
    )
    return tx.execute(update(messages).where(*unchanged).values(_values(new))).rowcount == 1


def last(tx: Connection, listener: str) -> datetime | None:
    """When the last message for a listener was made."""
    return tx.execute(select(func.max(messages.c.made_at)).where(messages.c.listener == listener)).scalar()


def outdate(tx: Connection, listener: str, line: int, crossposts: Collection[int], since: datetime) -> int:
    """Something has happened to these, up to this line of the audit: what rooms were told ``since`` is to be set right.

    How many messages are.
    """
    bulletins = select(notices.c.bulletin).where(
        notices.c.crosspost_id.in_(crossposts), notices.c.bulletin.is_not(None)
    )
    own = (messages.c.listener == listener, messages.c.is_room, messages.c.made_at >= since, messages.c.line < line)
    stale = update(messages).where(*own, messages.c.state == Stage.SENT, messages.c.bulletin.in_(bulletins))
    return tx.execute(stale.values(state=Stage.STALE, not_before=since)).rowcount


def is_outdated(tx: Connection, message: Message) -> bool:
    """Whether something has happened to what it tells since its words were chosen."""
    own = select(notices.c.crosspost_id).where(notices.c.bulletin == message.bulletin)
    newer = select(audit.c.id).where(audit.c.id > message.line, audit.c.crosspost_id.in_(own))
    return tx.execute(newer.limit(1)).first() is not None


def newest(tx: Connection, listener: str, most: int = 20) -> list[Message]:
    """The last messages of a listener, the newest first."""
    own = select(messages).where(messages.c.listener == listener)
    return [_message(row) for row in tx.execute(own.order_by(messages.c.id.desc()).limit(most))]


def troubled(tx: Connection, since: datetime) -> list[Message]:
    """What could not be sent, or may not have been: at work still, or given up ``since``."""
    is_late = messages.c.state.in_((Stage.DUE, Stage.DOUBT)) & (messages.c.note != "") & messages.c.done_at.is_(None)
    is_lost = messages.c.state.in_((Stage.FAILED, Stage.DOUBT)) & (messages.c.done_at >= since)
    return [_message(row) for row in tx.execute(select(messages).where(is_late | is_lost).order_by(messages.c.id))]


def use_link(tx: Connection, id: str, now: datetime, expires_at: datetime) -> bool:
    """A link is used up; whether it was not before."""
    if tx.execute(select(used_links.c.id).where(used_links.c.id == id)).first():
        return False
    tx.execute(insert(used_links).values(id=id, used_at=now, expires_at=expires_at))
    return True


def is_used(tx: Connection, id: str) -> bool:
    """Whether a link was used."""
    return tx.execute(select(used_links.c.id).where(used_links.c.id == id)).first() is not None


def give_back(tx: Connection, id: str) -> None:
    """What was asked by a link was refused: it may be asked again."""
    tx.execute(delete(used_links).where(used_links.c.id == id))


def sweep(tx: Connection, now: datetime) -> None:
    """Forget what is long over. A listener's last message says when it may hear again, and is young in any case."""
    old = select(messages.c.bulletin).where(messages.c.done_at < now - KEPT)
    tx.execute(delete(notices).where(notices.c.bulletin.in_(old)))
    tx.execute(delete(messages).where(messages.c.done_at < now - KEPT))
    tx.execute(delete(used_links).where(used_links.c.expires_at < now))


def _values(message: Message) -> dict[str, object]:
    return {
        "bulletin": message.bulletin,
        "listener": message.reader.listener,
        "is_room": message.reader.is_room,
        "reader": message.reader.name,
        "state": message.stage,
        "keys": rows.dump(message.keys),
        "attempt": message.attempt,
        "not_before": message.not_before,
        "lease_until": message.lease_until,
        "request": rows.dump(message.request) if message.request else None,
        "sent": rows.dump(message.sent) if message.sent else None,
        "note": message.note,
        "line": message.line,
        "made_at": message.made_at,
        "done_at": message.done_at,
    }


def _message(row: Row[Any]) -> Message:
    return Message(
        bulletin=row.bulletin,
        reader=Reader(row.listener, row.is_room, row.reader),
        keys=rows.load(row.keys, Keys),
        made_at=row.made_at,
        stage=Stage(row.state),
        attempt=row.attempt,
        not_before=row.not_before,
        lease_until=row.lease_until,
        request=rows.load_or_none(row.request, Request),
        sent=rows.load_or_none(row.sent, Sent),
        note=row.note,
        line=row.line,
        done_at=row.done_at,
        id=row.id,
    )
