"""The audit as a whole: its chained lines, in order, and whether the queue is as they say."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from relay.core.crosspost import Draft
from relay.core.review import chain
from relay.storage import rows
from relay.storage.tables.review import audit, crossposts, wordings

_AT_ONCE = 1000
_STREAMED = {"stream_results": True, "yield_per": _AT_ONCE}


def head(tx: Connection) -> tuple[int, str]:
    """The number and the digest of the last line; what stands before the first where there is none."""
    last = tx.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    return (last.id, last.hash) if last else (0, chain.START)


def lines(tx: Connection, since: datetime | None = None, until: datetime | None = None) -> Iterator[dict[str, object]]:
    """From the first line at or after ``since`` to the last before ``until``, each as ``chain.fields`` with ``hash``.

    Nothing between these two is left out, for clocks may be set: what is chained stays together.
    """
    ids = select(func.min(audit.c.id), func.max(audit.c.id))
    first = tx.execute(ids.where(audit.c.at >= since)).one()[0] if since else 0
    last = tx.execute(ids.where(audit.c.at < until)).one()[1] if until else head(tx)[0]
    if first is None or last is None:
        return
    earlier = select(audit.c.hash).where(audit.c.id < first).order_by(audit.c.id.desc()).limit(1)
    before = tx.execute(earlier).scalar() or chain.START
    wanted = select(audit).where(audit.c.id >= first, audit.c.id <= last).order_by(audit.c.id)
    with tx.execute(wanted, execution_options=_STREAMED) as found:
        for row in found:
            yield {**chain.fields(_record(row), before), "hash": row.hash}
            before = row.hash


def wording(tx: Connection, digest: str) -> str | None:
    """The words that were approved under this digest, as ``chain.words`` writes them."""
    return tx.execute(select(wordings.c.draft).where(wordings.c.digest == digest)).scalar()


def strays(tx: Connection) -> Iterator[str]:
    """Each cross-post that is not as its last line says, and each text that is not the one approved: a sentence."""
    lines_of = audit.alias()
    newest = select(func.max(lines_of.c.id)).where(lines_of.c.crosspost_id == crossposts.c.id)
    last = newest.correlate(crossposts).scalar_subquery()
    own = select(
        *(crossposts.c[name] for name in ("id", "state", "revision", "draft")),
        *(audit.c[name].label(f"last_{name}") for name in ("id", "to_state", "revision", "words")),
    )
    wanted = own.select_from(crossposts.outerjoin(audit, audit.c.id == last)).order_by(crossposts.c.id)
    with tx.execute(wanted, execution_options=_STREAMED) as found:
        yield from (f"Cross-post {row.id} {wrong}" for row in found if (wrong := _stray(row)))
    with tx.execute(select(wordings), execution_options=_STREAMED) as kept:
        other = (row.digest for row in kept if hashlib.sha256(row.draft.encode()).hexdigest() != row.digest)
        yield from (f"The words kept under {digest} are not those that were approved." for digest in other)


def _stray(row: Row[tuple[object, ...]]) -> str:
    if row.last_id is None:
        return "has no line in the audit."
    if (row.state, row.revision) != (row.last_to_state, row.last_revision):
        said = f"{row.last_to_state} at revision {row.last_revision}"
        return f"is {row.state} at revision {row.revision}, but its last line ({row.last_id}) says {said}."
    if row.last_words is not None and chain.words_digest(rows.load(row.draft, Draft)) != row.last_words:
        return f"has other words than its last line ({row.last_id}) was written for."
    return ""


def _record(row: Row[tuple[object, ...]]) -> chain.Record:
    said = (row.id, row.at, row.who, row.means, row.subject, row.what)
    return chain.Record(*said, row.crosspost_id, row.from_state, row.to_state, row.revision, row.words)
