"""Step 10: what an editor says of a cross-post, on the page or on the command line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost, Keys
from relay.core.language.text import measure
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.transitions import Event
from relay.core.review.workflow import Refusal
from relay.pipeline.desk import Desk
from relay.storage import crossposts, journal
from relay.storage.database import Database
from relay.storage.journal import Actor

LONGEST = 20_000
"""Characters of a text that an editor writes: more than any network takes, and quickly counted."""


def approve(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], revision: int, keys: Keys) -> Crosspost:
    """A yes for exactly this revision. Words that are too long for the network are refused here, not at sending."""
    editor, means = actor
    now = keys.created_at

    def step(crosspost: Crosspost) -> Crosspost:
        _check_length(crosspost, desk)
        return workflow.approve(crosspost, editor, desk.route(crosspost).approval, revision, keys, now)

    return _apply(db, id, step, Actor(editor.name, means), "approved", now)


def edit(db: Database, id: int, actor: tuple[Editor, str], revision: int, text: str, now: datetime) -> Crosspost:
    """New words, on top of ``revision``; every yes given before is void."""
    editor, means = actor
    check_amount(text)

    def step(crosspost: Crosspost) -> Crosspost:
        words = text.replace("\r\n", "\n").replace("\0", "").strip()
        if not words:
            raise Refusal("A cross-post needs words; to drop it, refuse it.")
        return workflow.edit(crosspost, editor, revision, replace(crosspost.draft, text=words), now)

    return _apply(db, id, step, Actor(editor.name, means), "edited", now)


def check_amount(text: str) -> None:
    """A refusal of what is too long to be looked at."""
    if len(text) > LONGEST:
        raise Refusal(f"A text has at most {LONGEST} characters; this one has {len(text)}.")


def move(db: Database, id: int, event: Event, actor: tuple[Editor, str], reason: str, now: datetime) -> Crosspost:
    """Any other word of an editor: hold, resume, reject, recall, reopen, ask changes, resubmit, confirm, give up."""
    editor, means = actor

    def step(crosspost: Crosspost) -> Crosspost:
        return workflow.move(crosspost, event, editor, reason, now)

    what = f"{event}: {reason.strip()}" if reason.strip() else str(event)
    return _apply(db, id, step, Actor(editor.name, means), what, now)


def _apply(
    db: Database, id: int, step: Callable[[Crosspost], Crosspost], actor: Actor, what: str, now: datetime
) -> Crosspost:
    with db.write() as tx:
        old = crossposts.get(tx, id)
        if old is None:
            raise Refusal(f"There is no cross-post {id}; `relay queue list` shows those there are.")
        new = step(old)
        if not crossposts.replace(tx, old, new):
            raise Refusal("Somebody else was quicker: look at it again.")
        journal.write(tx, actor, old, new, what, now)
    return new


def _check_length(crosspost: Crosspost, desk: Desk) -> None:
    if crosspost.account not in desk.accounts:
        raise Refusal(f"The account {crosspost.account} is no longer in the configuration.")
    for count in measure(crosspost.draft.text, desk.limits(crosspost.account)):
        if not count.fits:
            raise Refusal(f"The text is too long for {crosspost.account}: {count.used} of {count.max} {count.unit}.")
