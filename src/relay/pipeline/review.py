"""Step 10: what an editor says of a cross-post, on the page or on the command line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.language.length import measure
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule
from relay.core.scheduling import planning
from relay.pipeline import late
from relay.pipeline.correctable import why_no_edit, why_no_removal
from relay.pipeline.desk import Desk
from relay.pipeline.queue import PUBLIC, under_route
from relay.pipeline.today import current
from relay.storage import crossposts, issues, journal, people
from relay.storage.database import Database
from relay.storage.journal import Actor

LONGEST = 20_000
"""Characters of a text that an editor writes: more than any network takes, and quickly counted."""


def approve(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], revision: int, keys: Keys) -> Crosspost:
    """A yes for exactly this revision. Words that are too long for the network are refused here, not at sending."""
    editor, means = actor
    now = keys.created_at

    def step(tx: Connection, crosspost: Crosspost) -> Crosspost:
        _check_length(crosspost, current(tx, desk))
        _check_change(tx, desk, crosspost, crosspost.draft, now)
        rule = desk.route(crosspost).approval
        return workflow.approve(_counted(tx, crosspost, rule), editor, rule, revision, keys, now)

    return _apply(db, desk, id, step, (Actor(editor.name, means), "approved"), now)


def override(
    db: Database, desk: Desk, id: int, actor: tuple[Editor, str], said: tuple[int, str], keys: Keys
) -> Crosspost:
    """A director's word for every yes that is missing: ``said`` is for which revision, and why."""
    editor, means = actor
    now = keys.created_at

    def step(tx: Connection, crosspost: Crosspost) -> Crosspost:
        _check_length(crosspost, current(tx, desk))
        _check_change(tx, desk, crosspost, crosspost.draft, now)
        rule = desk.route(crosspost).approval
        return workflow.override(_counted(tx, crosspost, rule), editor, rule, said, keys, now)

    return _apply(db, desk, id, step, (Actor(editor.name, means), f"{Event.OVERRIDE}: {said[1].strip()}"), now)


@dataclass(frozen=True, slots=True)
class Words:
    """What an editor writes, on top of ``revision``; ``warning`` is ``None`` where it is not asked for."""

    revision: int
    text: str
    warning: str | None = None


def edit(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], words: Words, now: datetime) -> Crosspost:
    """New words: every yes given before is void. Those for what is public are proposed."""
    check_amount(words.text)
    check_amount(words.warning or "")

    def written(draft: Draft) -> Draft:
        draft = replace(draft, text=_clean(words.text))
        if words.warning is not None:
            draft = replace(draft, warning=" ".join(_clean(words.warning).split()))
        if not draft.text.strip("- \t\n"):  # lines of `---` part words, and are none
            raise Refusal("A cross-post needs words; to drop it, refuse it.")
        return draft

    return redraft(db, desk, id, actor, Redraft(words.revision, written, "edited"), now)


@dataclass(frozen=True, slots=True)
class Redraft:
    """How a draft is changed, on top of ``revision``, and ``what`` the history says of it."""

    revision: int
    change: Callable[[Draft], Draft]
    what: str


def redraft(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], wanted: Redraft, now: datetime) -> Crosspost:
    """Another draft, of its words or its picture: a new revision, before any yes."""
    editor, means = actor

    def step(tx: Connection, crosspost: Crosspost) -> Crosspost:
        draft = wanted.change(crosspost.draft)
        _check_change(tx, desk, crosspost, draft, now)
        return workflow.edit(under_route(tx, desk, crosspost), editor, wanted.revision, draft, now)

    return _apply(db, desk, id, step, (Actor(editor.name, means), wanted.what), now)


def _clean(written: str) -> str:
    return written.replace("\r\n", "\n").replace("\0", "").strip()


def check_amount(text: str) -> None:
    """A refusal of what is too long to be looked at."""
    if len(text) > LONGEST:
        raise Refusal(f"A text has at most {LONGEST} characters; this one has {len(text)}.")


@dataclass(frozen=True, slots=True)
class Act:
    """What an editor does beside approving and writing: hold, resume, reject, recall, withdraw, confirm, …"""

    event: Event
    reason: str = ""


def move(db: Database, desk: Desk, id: int, actor: tuple[Editor, str], act: Act, now: datetime) -> Crosspost:
    """Any other word of an editor; what relay cannot take back is not approved for it."""
    editor, means = actor
    reason = _clean(act.reason)

    def step(tx: Connection, crosspost: Crosspost) -> Crosspost:
        after = workflow.move(crosspost, act.event, editor, reason, now)
        if act.event is Event.APPROVE_WITHDRAWAL and (why := why_no_removal(tx, desk, crosspost, now)):
            raise Refusal(why)
        if act.event is Event.CONFIRM:
            _check_whole(current(tx, desk), crosspost)
        is_resumed = crosspost.state is State.HELD and after.state is State.SCHEDULED
        return planning.resumed(after, desk.schedule(after), now) if is_resumed else after

    what = f"{act.event}: {reason}" if reason else str(act.event)
    return _apply(db, desk, id, step, (Actor(editor.name, means), what), now)


def _apply(
    db: Database,
    desk: Desk,
    id: int,
    step: Callable[[Connection, Crosspost], Crosspost],
    done: tuple[Actor, str],
    now: datetime,
) -> Crosspost:
    """What is said of a lost answer is said of all that left as one letter."""
    actor, what = done
    with db.write() as tx:
        old = crossposts.get(tx, id)
        if old is None:
            raise Refusal(f"There is no cross-post {id}; `relay queue list` shows those there are.")
        moved = []
        for one in (old, *issues.shared(tx, old)):
            new = step(tx, one)
            if not crossposts.replace(tx, one, new):
                raise Refusal("Somebody else was quicker: look at it again.")
            journal.write(tx, actor, one, new, what, now)
            moved.append(late.caught_up(tx, desk, one, new, now))
        return moved[0]


def _counted(tx: Connection, crosspost: Crosspost, rule: ApprovalRule) -> Crosspost:
    givers = (people.get(tx, yes.by) for yes in crosspost.approvals)
    return workflow.counted(crosspost, {giver.name: giver.role for giver in givers if giver}, rule)


def _check_change(tx: Connection, desk: Desk, crosspost: Crosspost, draft: Draft, now: datetime) -> None:
    if crosspost.state in PUBLIC and (why := why_no_edit(tx, desk, crosspost, draft, now)):
        raise Refusal(why)


def _check_whole(desk: Desk, crosspost: Crosspost) -> None:
    """A post that relay has not found has no name that the next of its thread could answer."""
    if crosspost.account in desk.accounts and len(desk.posts(crosspost)) > len(crosspost.parts) + 1:
        raise Refusal("The later posts of this thread cannot follow it: give it up, and post them by hand.")


def _check_length(crosspost: Crosspost, desk: Desk) -> None:
    if crosspost.account not in desk.accounts:
        raise Refusal(f"The account {crosspost.account} is no longer in the configuration.")
    draft = crosspost.draft
    for count in measure(draft.text, desk.limits(crosspost.account), draft.warning):
        if not count.fits:
            raise Refusal(f"The text is too long for {crosspost.account}: {count.used} of {count.max} {count.unit}.")
