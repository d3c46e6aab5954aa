"""The audit is taken away, or held against itself and against the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice

from relay.core.people import Editor
from relay.core.review import chain, oversight
from relay.core.review.chain import Verified
from relay.storage import journal, ledger
from relay.storage.database import Database
from relay.storage.journal import Actor

SUBJECT = "audit"
COLUMNS = tuple(field.name for field in fields(chain.Record))
MOST = 20
"""So many sentences are enough to know that something is wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to before when; ``None`` where there is no such end."""

    since: datetime | None = None
    until: datetime | None = None


@contextmanager
def export(db: Database, actor: tuple[Editor, str], span: Span, now: datetime) -> Iterator[Iterator[dict[str, object]]]:
    """The lines of the audit, the last of which says who has taken them away."""
    editor, means = actor
    oversight.check_export(editor)
    with db.write() as tx:
        journal.note(tx, Actor(editor.name, means), SUBJECT, f"exported{_told(span)}", now)
    with db.read() as tx:
        yield ledger.lines(tx, span.since, span.until)


def _told(span: Span) -> str:
    since = f" since {span.since:%Y-%m-%dT%H:%M:%SZ}" if span.since else ""
    return f"{since} until {span.until:%Y-%m-%dT%H:%M:%SZ}" if span.until else since


def verify(db: Database, noted: str = "") -> tuple[Verified, tuple[str, ...]]:
    """The chain, up to what is wrong with it; the cross-posts that are not as it says, a sentence each."""
    with db.read() as tx:
        return chain.verify(ledger.lines(tx), noted), tuple(islice(ledger.strays(tx), MOST))
