"""Everything that can happen to a cross-post, done by the code itself; beside it, what it does to the world."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from relay.core.crosspost import Crosspost, Draft, Image, State
from relay.core.people import Editor
from relay.core.pictures import illustration
from relay.core.review import release, withdrawal, workflow
from relay.core.review.transitions import ALLOWED, Event
from tests.core.things import HOUR, MINUTE, NOW
from tests.walk.act import Act, Step
from tests.walk.model import KEYS, LIVE, OTHER, PEOPLE, POSTS, REQUEST, RULE, TAIL, Node, Truth, said_anew
from tests.walk.network import is_last_there, of_network

LATER = NOW + 10 * HOUR
PICTURE = Image("https://blog.example/picture.webp", "image/webp", 1200, 630)
BUSY = frozenset({State.SENDING, State.UNCONFIRMED, State.UPDATING, State.DELETE_PROPOSED, State.WITHDRAWING})
"""While it is at one of these, the source can be asked nothing; what it does is remembered."""

OF_WORDS = frozenset({Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE, Event.EDIT, Event.CORRECT})
"""What has a function of its own."""


def acts() -> Iterator[Act]:
    """All of them."""
    for editor in PEOPLE:
        yield from _of(editor)
    yield from _of_source()
    yield from _of_clock()
    yield from of_network()


def _of(editor: Editor) -> Iterator[Act]:
    def yes(_: Crosspost, __: Crosspost, truth: Truth) -> Truth:
        return replace(truth, yeses=truth.yeses | {editor.name})

    def over(_: Crosspost, __: Crosspost, truth: Truth) -> Truth:
        return replace(truth, overridden_by=editor.name)

    who = editor.name
    yield Act(f"{who} approves", lambda one: workflow.approve(one, editor, RULE, one.revision, KEYS, NOW), yes)
    yield Act(f"{who} approves what was", lambda one: workflow.approve(one, editor, RULE, one.revision - 1, KEYS, NOW))
    yield Act(
        f"{who} overrides", lambda one: workflow.override(one, editor, RULE, (one.revision, "because"), KEYS, NOW), over
    )
    for name, draft in (("edits", OTHER), ("edits the rest", TAIL)):
        yield Act(f"{who} {name}", _edit(editor, draft), _reworded(who))
    yield Act(f"{who} edits what was", lambda one: workflow.edit(one, editor, one.revision - 1, OTHER, NOW))
    for event in sorted(set(ALLOWED) - OF_WORDS):
        looks = event is Event.CONFIRM
        yield Act(f"{who}: {event}", _move(editor, event), _moved(event), is_last_there if looks else lambda _: True)


def _edit(editor: Editor, draft: Draft) -> Step:
    return lambda one: workflow.edit(one, editor, one.revision, draft, NOW)


def _move(editor: Editor, event: Event) -> Step:
    return lambda one: workflow.move(one, event, editor, "because", NOW)


def _moved(event: Event) -> Callable[[Crosspost, Crosspost, Truth], Truth]:
    """Whoever takes it down by hand has done so. Words that are public again were approved before they left."""

    def then(old: Crosspost, new: Crosspost, truth: Truth) -> Truth:
        by_hand = replace(truth, copies=(0,) * POSTS) if event is Event.REMOVED_BY_HAND else truth
        return _reworded("")(old, new, by_hand)

    return then


def _reworded(writer: str) -> Callable[[Crosspost, Crosspost, Truth], Truth]:
    return lambda old, new, truth: said_anew(truth, old, new, writer)


def _of_source() -> Iterator[Act]:
    for name, draft in (("edits", OTHER), ("edits the rest", TAIL), ("takes its edit back", LIVE)):
        yield Act(f"source {name}", _revise(draft), _reworded(""))
    yield Act("source withdraws", lambda one: withdrawal.withdraw(one, NOW), _reworded(""))
    yield Act("source shows it again", lambda one: withdrawal.restore(one, NOW), _reworded(""))
    yield Act("source has another picture", _illustrated, _repictured)
    yield Act("source does something meanwhile", lambda one: one, _missed, _is_busy)
    yield Act("its edit is proposed afterwards", _revise(OTHER), _caught_up, _has_missed)
    yield Act(
        "its withdrawal is proposed afterwards", lambda one: withdrawal.withdraw(one, NOW), _caught_up, _has_missed
    )


def _revise(draft: Draft) -> Step:
    return lambda one: workflow.revise(one, draft, NOW)


def _illustrated(one: Crosspost) -> Crosspost | None:
    """Words stay, the picture is another one."""
    return illustration.illustrate(replace(one, draft=replace(one.draft, image=PICTURE)), None, NOW)


def _repictured(_: Crosspost, __: Crosspost, truth: Truth) -> Truth:
    return replace(truth, yeses=frozenset(), overridden_by="")


def _missed(_: Crosspost, __: Crosspost, truth: Truth) -> Truth:
    return replace(truth, has_missed=True)


def _is_busy(node: Node) -> bool:
    one = node.crosspost
    return one.state in BUSY and workflow.revise(one, OTHER, NOW) is None and withdrawal.withdraw(one, NOW) is None


def _has_missed(node: Node) -> bool:
    return node.truth.has_missed and node.crosspost.state is State.SENT


def _caught_up(old: Crosspost, new: Crosspost, truth: Truth) -> Truth:
    return replace(said_anew(truth, old, new, ""), has_missed=False)


def _of_clock() -> Iterator[Act]:
    yield Act("window over", lambda one: workflow.schedule(one, NOW, NOW))
    yield Act("expires", lambda one: workflow.expire(one, RULE, LATER))
    yield Act("account lost", lambda one: workflow.hold_account(one, "401", NOW))
    yield Act("account back", lambda one: release.released(one, NOW))
    yield Act("claim", lambda one: _frozen(workflow.claim(one, MINUTE, NOW)), is_possible=_is_free)


def _is_free(node: Node) -> bool:
    """Another worker's is not claimed."""
    return node.crosspost.lease_until is None


def _frozen(one: Crosspost) -> Crosspost:
    return workflow.freeze(one, one.request or REQUEST) if one.state is State.SENDING else one
