"""What an editor answers to a question about a source, on the page or on the command line."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.core.people import Editor, Role, may_approve
from relay.core.polling.pollstate import Hints, Place
from relay.core.question import Kind, Question
from relay.core.review.moving import Refusal
from relay.core.review.transitions import TRANSITIONS, Event
from relay.core.review.workflow import move, revise
from relay.core.source import Validators
from relay.pipeline.desk import Desk
from relay.pipeline.storing import merging
from relay.pipeline.today import current
from relay.storage import crossposts, entries, journal, questions, sources
from relay.storage.database import Database
from relay.storage.journal import Actor

APART = "It came here by another source's news, which is another."


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what, by which means."""

    editor: Editor
    means: str
    is_yes: bool


def answer(db: Database, desk: Desk, id: int, said: Said, now: datetime) -> int:
    """Do what the answer asks for, mostly a yes; how many cross-posts wait for an editor because of it."""
    if said.editor.disabled or not may_approve(said.editor.role, Role.EDITOR):
        raise Refusal(f"{said.editor.name} ({said.editor.role}) may not answer questions.")
    with db.write() as tx:
        question = questions.get(tx, id)
        if question is None:
            raise Refusal(f"There is no question {id}; `relay questions list` shows those there are.")
        word = "yes" if said.is_yes else "no"
        if question.answered_at or not questions.settle(tx, id, word, said.editor.name, now):
            raise Refusal("Somebody else was quicker: this question has its answer.")
        if question.kind is Kind.SAME:
            return 0 if said.is_yes else _part(tx, current(tx, desk), question, said, now)
        return _act(tx, current(tx, desk), question, said, now) if said.is_yes else 0


def _act(tx: Connection, desk: Desk, question: Question, said: Said, now: datetime) -> int:
    match question.kind:
        case Kind.FLOOD | Kind.RENAMED:
            return sum(_queue(tx, desk, entry_id, said, now) for entry_id in question.entries)
        case Kind.GONE | Kind.MISSING:
            _move_source(tx, desk, question, now)
            return 0
        case Kind.MOVED | Kind.SAME:
            return 0
        case _:
            assert_never(question.kind)


def _part(tx: Connection, desk: Desk, question: Question, said: Said, now: datetime) -> int:
    """Two pieces of news: each stands for itself, and goes only where its own source's routes lead.

    Where the first was withdrawn since, the second may stand in its place, or another that the second was merged into.
    """
    found = entries.by_ids(tx, question.entries)
    seconds = [one for one in found.values() if one.merged_into in question.entries or _is_of(one, question)]
    queued = sum(merging.part(tx, desk, one.id, now, is_backlog=not question.subject) for one in seconds)
    for first in sorted({one.merged_into for one in seconds if one.merged_into}):
        _recall(tx, desk, first, said, now)
    return queued


def _is_of(one: Entry, question: Question) -> bool:
    """Whether it is a second, merged into another than at the time of the question."""
    return one.merged_into is not None and one.source_id == question.source_id


def _recall(tx: Connection, desk: Desk, entry_id: int, said: Said, now: datetime) -> None:
    """It goes no more where only the other's source led it, unless somebody has let it go there already."""
    entry = entries.get(tx, entry_id)
    reached = desk.drafts(entry.post, entries.sources(tx, (entry_id,))[entry_id]) if entry else {}
    for old in crossposts.of_entry(tx, entry_id):
        if old.account not in reached and (old.state, Event.REJECT) in TRANSITIONS:
            new = move(old, Event.REJECT, said.editor, APART, now)
            if crossposts.replace(tx, old, new):
                journal.write(tx, Actor(said.editor.name, said.means), old, new, f"{Event.REJECT}: {APART}", now)


def _queue(tx: Connection, desk: Desk, entry_id: int, said: Said, now: datetime) -> int:
    """What was skipped waits for its own yes, in the words of today; what its source took back stays."""
    shown = entries.by_ids(tx, (entry_id,)).get(entry_id)
    if shown is None or entries.is_withdrawn(tx, entry_id):
        return 0
    drafts = desk.drafts(shown.post, entries.sources(tx, (entry_id,))[entry_id])
    reopened = 0
    for old in crossposts.of_entry(tx, entry_id):
        if old.state is not State.SKIPPED:
            continue
        new = move(old, Event.REOPEN, said.editor, "", now)
        _, draft = drafts.get(old.account, (None, old.draft))
        new = new if draft == old.draft else revise(new, draft, now) or new
        reopened += _store(tx, old, new, said, now)
    return reopened


def _store(tx: Connection, old: Crosspost, new: Crosspost, said: Said, now: datetime) -> int:
    if not crossposts.replace(tx, old, new):
        return 0
    journal.write(tx, Actor(said.editor.name, said.means), old, new, str(Event.REOPEN), now)
    return 1


def _move_source(tx: Connection, desk: Desk, question: Question, now: datetime) -> None:
    """The source is asked at the new address from now on; what its old one taught about asking is forgotten."""
    source = desk.sources.get(question.source_id)
    if source is None:
        raise Refusal(f"The source {question.source_id} is no longer in the configuration.")
    if not question.subject:
        raise Refusal("No new address is known: write it into the configuration, under this source's `url`.")
    before = sources.state(tx, source.id)
    old = before.place.url or source.url
    aliases = (*(alias for alias in before.place.aliases if alias != old), old)
    place = Place(configured=source.url, url=question.subject, aliases=aliases)
    alive = replace(before, place=place, due=now, is_gone=False, gone_at=None, missing=0, failures=0, backoff=0)
    fresh = replace(alive, validators=Validators(), hints=Hints(), body=None, reason="its address was changed")
    sources.save(tx, source.id, fresh, None)
