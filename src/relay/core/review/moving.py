"""What every step has in common: whether it may happen, and what a change of state or of words does beside."""

from dataclasses import replace
from datetime import datetime

from relay.core import thread
from relay.core.crosspost import Crosspost, Draft, State
from relay.core.people import Editor, Role
from relay.core.review.transitions import OWN, TRANSITIONS, Event, roles
from relay.core.review.warning import noted


class Refusal(Exception):
    """A change that the rules do not allow; its text is for the person who asked for it."""


_HIDES = frozenset({Event.REJECT, Event.EXPIRE, Event.MERGE})
"""What says that nothing was published."""
_UNSENT = frozenset({State.WAITING, State.CHANGES, State.HELD, State.FAILED})
PROPOSING = frozenset({State.SENT, State.EDIT_PROPOSED, State.UPDATING})
"""Where all of it is public, and other words can be proposed."""


def check(crosspost: Crosspost, event: Event, editor: Editor) -> None:
    """Refuse what this person may not do, and what cannot be done now."""
    if editor.disabled or editor.role not in roles(crosspost.state, event):
        raise Refusal(f"{editor.name} ({editor.role}) may not {event}.")
    if event in OWN and editor.role is Role.WRITER and crosspost.edited_by != editor.name:
        raise Refusal(f"{editor.name} ({editor.role}) may not {event} words that somebody else wrote.")
    check_scope(crosspost, editor)
    target(crosspost, event)


def check_scope(crosspost: Crosspost, editor: Editor) -> None:
    """Refuse whoever works for other accounts than its own."""
    if not editor.is_for(crosspost.account):
        raise Refusal(f"{editor.name} works for {', '.join(editor.accounts)}; this is for {crosspost.account}.")


def target(crosspost: Crosspost, event: Event) -> State:
    """Where an event leads from here. No copy that is public hides behind a state that says there is none."""
    if (crosspost.state, event) not in TRANSITIONS:
        raise Refusal(f"A cross-post that is {crosspost.state} cannot be moved by “{event}”.")
    if crosspost.parts and event in _HIDES:
        raise Refusal("The first posts of this thread are public: let it be finished, or give it up.")
    if event is Event.GIVE_UP and crosspost.state in _UNSENT and not crosspost.parts:
        raise Refusal("Nothing of it is public: refuse it instead.")
    if event is Event.RECALL and crosspost.lease_until is not None:
        raise Refusal("It is leaving at this moment: look again in a minute.")
    return TRANSITIONS[crosspost.state, event]


def moved(crosspost: Crosspost, event: Event, now: datetime) -> Crosspost:
    """In its new state, with no word yet on why."""
    state = target(crosspost, event)
    return replace(crosspost, state=state, changed_at=now, note=noted(crosspost, state, ""))


def freed(crosspost: Crosspost, event: Event, note: str, now: datetime) -> Crosspost:
    """Its worker is done with it."""
    return replace(moved(crosspost, event, now), lease_until=None, note=note)


def rewritten(crosspost: Crosspost, event: Event, draft: Draft, now: datetime) -> Crosspost:
    """In new words, that nobody has approved; what is public is remembered beside them."""
    kept = thread.keeps(crosspost.draft.text, draft.text, len(crosspost.parts))
    if crosspost.state not in PROPOSING and not kept:
        raise Refusal("The first posts of this thread are public already: change only those that come after.")
    live = crosspost.draft if crosspost.state is State.SENT else crosspost.live
    words = replace(moved(crosspost, event, now), draft=draft, live=live, revision=crosspost.revision + 1)
    return unapproved(words)


def unapproved(crosspost: Crosspost) -> Crosspost:
    """Before any yes: its keys go too, so that no later text can travel under them, unless some of it is public."""
    keys = crosspost.keys if crosspost.parts else None
    return replace(crosspost, approvals=(), keys=keys, request=None, not_before=None)


def is_approved(crosspost: Crosspost) -> bool:
    """Whether it has every yes for its words as they are: only the last yes says from when it may leave."""
    has_keys = crosspost.keys is not None and crosspost.not_before is not None
    return has_keys and {yes.revision for yes in crosspost.approvals} == {crosspost.revision}


def as_published(crosspost: Crosspost) -> Crosspost:
    """With the words that are public, and none proposed."""
    if crosspost.live is None:
        return crosspost
    back = replace(crosspost, draft=crosspost.live, live=None, revision=crosspost.revision + 1)
    return replace(back, edited_by=None, approvals=(), not_before=None)
