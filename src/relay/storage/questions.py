"""What editors were asked about sources, and what they said."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from relay.core.question import Kind, Question
from relay.storage import rows
from relay.storage.tables.intake import questions


def ask(tx: Connection, source_id: str, kind: Kind, subject: str, entries: Sequence[int], now: datetime) -> int:
    """Ask once: while the same question is open, new entries join it. The identifier of the question."""
    same = select(questions).filter_by(source_id=source_id, kind=kind, subject=subject, answered_at=None)
    if row := tx.execute(same).first():
        joined = tuple(sorted({*_question(row).entries, *entries}))
        tx.execute(update(questions).where(questions.c.id == row.id).values(entries=rows.dump(joined)))
        return int(row.id)
    values = {"source_id": source_id, "kind": kind, "subject": subject, "entries": rows.dump(tuple(entries))}
    new = insert(questions).values(asked_at=now, answer="", by="", **values).returning(questions.c.id)
    return int(tx.execute(new).scalar_one())


def open_(tx: Connection, source_id: str | None = None) -> list[Question]:
    """Those that nobody has answered, the oldest first; of one source or of all."""
    found = select(questions).where(questions.c.answered_at.is_(None)).order_by(questions.c.id)
    return [_question(row) for row in tx.execute(found.filter_by(source_id=source_id) if source_id else found)]


def count(tx: Connection) -> int:
    """How many nobody has answered."""
    waiting = select(func.count()).select_from(questions).where(questions.c.answered_at.is_(None))
    return int(tx.execute(waiting).scalar_one())


def get(tx: Connection, id: int) -> Question | None:
    """One question."""
    row = tx.execute(select(questions).where(questions.c.id == id)).first()
    return _question(row) if row else None


def denied(tx: Connection, source_id: str, kind: Kind) -> frozenset[int]:
    """The entries in question wherever an editor has said no to this kind."""
    no = select(questions.c.entries).filter_by(source_id=source_id, kind=kind, answer="no")
    return frozenset(id for text in tx.execute(no).scalars() for id in rows.load(text, tuple[int, ...]))


def settle(tx: Connection, id: int, answer: str, by: str, now: datetime) -> bool:
    """Store an answer, unless somebody else was quicker."""
    still = (questions.c.id == id) & questions.c.answered_at.is_(None)
    return tx.execute(update(questions).where(still).values(answer=answer, by=by, answered_at=now)).rowcount == 1


def _question(row: Row[tuple[object, ...]]) -> Question:
    return Question(
        id=row.id,
        source_id=row.source_id,
        kind=Kind(row.kind),
        subject=row.subject,
        entries=rows.load(row.entries, tuple[int, ...]),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answer=row.answer,
        by=row.by,
    )
