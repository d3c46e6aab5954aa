"""What happened: every change of state and all else that people do, chained; every attempt, before it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from relay.core.crosspost import Crosspost
from relay.core.review import chain
from relay.core.review.chain import Record
from relay.storage.tables.review import attempts, audit, crossposts, wordings


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a change, and by which means: ``page``, ``command line``, or relay itself."""

    who: str
    means: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cross-post's history."""

    at: datetime
    who: str
    means: str
    from_state: str | None
    to_state: str
    revision: int
    what: str


def write(tx: Connection, actor: Actor, old: Crosspost | None, new: Crosspost, what: str, at: datetime) -> None:
    """Add one line: ``old`` is ``None`` when the cross-post has just been queued. The words of a yes are kept."""
    words = chain.words_digest(new.draft)
    moved = (new.id, old.state if old else None, new.state, new.revision, words)
    _add(tx, [lambda line: Record(line, at, actor.who, actor.means, new.account, what, *moved)])
    if old and new.approvals and new.approvals != old.approvals and not _is_kept(tx, words):
        tx.execute(insert(wordings).values(digest=words, draft=chain.words(new.draft)))


def write_queued(tx: Connection, actor: Actor, new: Sequence[tuple[Crosspost, str]], at: datetime) -> None:
    """Add a line for each cross-post that has just been queued, with what it says of it."""
    _add(tx, [partial(_queued, actor, one, what, at) for one, what in new])


def note(tx: Connection, actor: Actor, subject: str, what: str, at: datetime) -> None:
    """Add one line about something else than a cross-post: ``member camille``, ``token ci``, ``emergency stop``, …"""
    _add(tx, [lambda line: Record(line, at, actor.who, actor.means, subject, what)])


def _queued(actor: Actor, new: Crosspost, what: str, at: datetime, line: int) -> Record:
    moved = (new.id, None, new.state, new.revision, chain.words_digest(new.draft))
    return Record(line, at, actor.who, actor.means, new.account, what, *moved)


def _add(tx: Connection, records: Sequence[Callable[[int], Record]]) -> None:
    """The next lines of the chain. Writers take turns; two that did not could not both have the same number."""
    last = tx.execute(_LAST).first() if records else None
    line, before, written = last.id if last else 0, last.hash if last else chain.START, []
    for record in records:
        line, new = line + 1, record(line + 1)
        before = chain.digest(new, before)
        written.append({**_row(new), "hash": before})
    if written:
        tx.execute(_INSERT, written)


_INSERT = insert(audit)
_LAST = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)


def _row(record: Record) -> dict[str, object]:
    named = {field.name: getattr(record, field.name) for field in fields(record)}
    return {"id": named.pop("line"), "crosspost_id": named.pop("crosspost"), **named}


def _is_kept(tx: Connection, words: str) -> bool:
    return tx.execute(select(wordings.c.digest).where(wordings.c.digest == words)).first() is not None


def lines(tx: Connection, crosspost_id: int) -> list[Line]:
    """The history of a cross-post, oldest first."""
    own = select(audit).where(audit.c.crosspost_id == crosspost_id).order_by(audit.c.id)
    return [
        Line(row.at, row.who, row.means, row.from_state, row.to_state, row.revision, row.what)
        for row in tx.execute(own)
    ]


def begin_attempt(tx: Connection, crosspost: Crosspost, at: datetime) -> None:
    """The intention, committed before the first byte leaves: a crash leaves a trace."""
    tx.execute(insert(attempts).values(crosspost_id=crosspost.id, attempt=crosspost.attempt, started_at=at))


def end_attempt(tx: Connection, crosspost: Crosspost, outcome: str, why: str, at: datetime) -> None:
    """What came of it."""
    own = (attempts.c.crosspost_id == crosspost.id, attempts.c.attempt == crosspost.attempt)
    tx.execute(update(attempts).where(*own).values(finished_at=at, outcome=outcome, why=why))


def sent_since(tx: Connection, account: str, since: datetime) -> list[datetime]:
    """When the last attempts began that have, or may have, made something public; the newest first."""
    may_be = attempts.c.outcome.is_(None) | attempts.c.outcome.in_(("Sent", "Unsure"))
    # Not a join: SQLite would read all that the account has ever sent, where only the last hours count.
    of_account = select(crossposts.c.account).where(crossposts.c.id == attempts.c.crosspost_id).scalar_subquery()
    recent = select(attempts.c.started_at).where(attempts.c.started_at >= since, of_account == account, may_be)
    return list(tx.execute(recent.order_by(attempts.c.started_at.desc())).scalars())


def is_in_doubt(tx: Connection, crosspost: Crosspost) -> bool:
    """Whether an attempt before this one may have changed what is public, and none since has been answered for it."""
    own = select(attempts.c.outcome).where(attempts.c.crosspost_id == crosspost.id)
    earlier = own.where(attempts.c.attempt < crosspost.attempt).order_by(attempts.c.attempt.desc())
    telling = (one for one in tx.execute(earlier).scalars() if one in {None, "Unsure", "Sent", "Updated"})
    return next(telling, "Sent") in {None, "Unsure"}


def attempt_started(tx: Connection, crosspost: Crosspost) -> datetime | None:
    """When the first attempt under its present keys began: those before its last yes were other requests.

    Where the keys are of a clock that was ahead, the first of all: to look too far back does no harm.
    """
    first = tx.execute(_began(crosspost).order_by(attempts.c.attempt).limit(1)).scalar()
    every = select(attempts.c.started_at).where(attempts.c.crosspost_id == crosspost.id)
    return first or tx.execute(every.order_by(attempts.c.attempt).limit(1)).scalar()


def sent_at(tx: Connection, crosspost: Crosspost) -> datetime | None:
    """When the first attempt began that a network answered for; of what was only found, when the first of all did."""
    answered = _began(crosspost).where(attempts.c.outcome == "Sent")
    first = tx.execute(answered.order_by(attempts.c.attempt).limit(1)).scalar()
    return first if first is not None else attempt_started(tx, crosspost)


def _began(crosspost: Crosspost) -> Select[Any]:
    """When each attempt under its present keys began."""
    own = select(attempts.c.started_at).where(attempts.c.crosspost_id == crosspost.id)
    return own.where(attempts.c.started_at >= crosspost.keys.created_at) if crosspost.keys else own
