"""Bugs to plant, each of which a walk must find: what this is worth is what it finds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, update

from relay.core.crosspost import Crosspost
from relay.core.outcome import NotThere
from relay.core.review import restoring, settling, workflow
from relay.core.review.moving import unapproved
from relay.pipeline import tidy
from relay.pipeline.accounts import standing
from relay.storage import crossposts, journal
from relay.storage.tables.review import attempts
from relay.storage.tables.review import crossposts as table

Plant = Callable[[pytest.MonkeyPatch], None]


def nothing(*_: object) -> None:
    """What is left out."""


def sends_blindly(patch: pytest.MonkeyPatch) -> None:
    """What may be there is taken as absent."""
    patch.setattr(tidy, "_find", lambda *_: NotThere())


def looks_at_once(patch: pytest.MonkeyPatch) -> None:
    """A network gets no time to finish a call that was cut, and to show what came of it."""
    patch.setattr(settling, "FIRST_CHECK", timedelta(0))
    patch.setattr(settling, "SECOND_LOOK", timedelta(0))


def lets_anybody_approve(patch: pytest.MonkeyPatch) -> None:
    """Of any revision, and words of their own."""
    patch.setattr(workflow, "_check_yes", nothing)


def forgets_the_stop(patch: pytest.MonkeyPatch) -> None:
    """It is in force, and nobody asks whether it is."""
    patch.setattr(standing, "is_barred", lambda *_: False)
    patch.setattr("relay.pipeline.deliver.stops.in_force", nothing)


def forgets_a_line(patch: pytest.MonkeyPatch) -> None:
    """Nothing is written into the audit."""
    patch.setattr("relay.storage.journal._add", nothing)


def has_no_fence(patch: pytest.MonkeyPatch) -> None:
    """Whoever writes last is right, and attempts have no numbers; either alone still keeps workers apart."""
    begin = journal.begin_attempt

    def write(tx: Connection, old: Crosspost, new: Crosspost) -> bool:
        values = crossposts._values(new)  # written as ever, but for the condition
        return bool(tx.execute(update(table).where(table.c.id == old.id).values(values)).rowcount)

    def begin_attempt(tx: Connection, one: Crosspost, at: datetime) -> None:
        tx.execute(delete(attempts).where(attempts.c.crosspost_id == one.id, attempts.c.attempt == one.attempt))
        begin(tx, one, at)

    patch.setattr(crossposts, "replace", write)
    patch.setattr(journal, "begin_attempt", begin_attempt)


def trusts_a_copy(patch: pytest.MonkeyPatch) -> None:
    """What a copy that was put back knows is taken as all that has happened."""
    patch.setattr("relay.storage.copies.unseen", nothing)


def warns_only_once(patch: pytest.MonkeyPatch) -> None:
    """That a post may be public is forgotten with the next word on it."""
    patch.setattr("relay.core.review.moving.noted", lambda _, __, note: note)
    patch.setattr(restoring, "_warned", lambda old: replace(unapproved(old), note=""))


def loses_what_is_refused_later(patch: pytest.MonkeyPatch) -> None:
    """What shall be tried again is not."""
    patch.setattr(settling, "patience", lambda _: timedelta(days=40_000))


PLANTS: Mapping[str, Plant] = {
    "": nothing,
    "blind-resend": sends_blindly,
    "no-settle": looks_at_once,
    "any-yes": lets_anybody_approve,
    "no-stop": forgets_the_stop,
    "no-line": forgets_a_line,
    "not-fenced": has_no_fence,
    "copy-trusted": trusts_a_copy,
    "not-warned": warns_only_once,
    "never-again": loses_what_is_refused_later,
}
