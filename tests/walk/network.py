"""What the network does, which relay may be told of or not, and what a look at it finds."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from relay.core.crosspost import Crosspost, State
from relay.core.outcome import AuthLost, CannotTell, Gone, NotThere, Refused, Retry, Sent, Unsure
from relay.core.review import corrections, settling
from tests.core.things import NOW
from tests.walk.act import Act, Step
from tests.walk.model import POSTS, Node, Truth

FAILURES = (Retry("429"), Refused("422"), AuthLost("401"))


def of_network() -> Iterator[Act]:
    takes: list[tuple[str, Sent | Unsure]] = [
        ("takes it", Sent("9")),
        ("takes it, and the answer is lost", Unsure("lost")),
    ]
    for name, outcome in takes:
        yield Act(f"network {name}", _settled(outcome), _published, _in(State.SENDING))
    for failure in (*FAILURES, Unsure("lost")):
        yield Act(f"network does not: {type(failure).__name__}", _settled(failure), is_possible=_in(State.SENDING))
    for answer in (Sent("9"), *FAILURES, Unsure("lost")):
        yield Act(f"network, changing: {type(answer).__name__}", _updated(answer), is_possible=_at_work(State.UPDATING))
    for removal in (*FAILURES, Unsure("lost")):
        yield Act(
            f"network, removing: {type(removal).__name__}", _removed(removal), is_possible=_at_work(State.WITHDRAWING)
        )
    yield Act("network has removed it", _removed(Gone()), _gone, _at_work(State.WITHDRAWING))
    yield Act("a look finds it", _looked(Sent("9")), is_possible=is_there)
    yield Act("a look finds nothing", _looked(NotThere()), is_possible=lambda node: not is_there(node))
    yield Act("a look cannot tell", _looked(CannotTell("503")))


def _in(state: State) -> Callable[[Node], bool]:
    return lambda node: node.crosspost.state is state


def _at_work(state: State) -> Callable[[Node], bool]:
    return lambda node: node.crosspost.state is state and node.crosspost.lease_until is not None


def _settled(outcome: Sent | Retry | Refused | AuthLost | Unsure) -> Step:
    return lambda one: settling.settle(one, outcome, NOW, POSTS)


def _updated(outcome: Sent | Retry | Refused | AuthLost | Unsure) -> Step:
    return lambda one: corrections.settle_update(one, outcome, NOW)


def _removed(removal: Gone | Retry | Refused | AuthLost | Unsure) -> Step:
    return lambda one: corrections.settle_withdrawal(one, removal, NOW)


def _looked(finding: Sent | NotThere | CannotTell) -> Step:
    return lambda one: settling.verify(one, finding, NOW, POSTS)


def is_there(node: Node) -> bool:
    number = len(node.crosspost.parts)
    return number < POSTS and node.truth.copies[number] > 0


def is_last_there(node: Node) -> bool:
    """Who says that it is there has looked; a thread that lacks a post cannot be confirmed."""
    return is_there(node) and len(node.crosspost.parts) + 1 == POSTS


def _published(old: Crosspost, _: Crosspost, truth: Truth) -> Truth:
    """One copy more of the post that was sent."""
    number = min(len(old.parts), POSTS - 1)
    copies = (*truth.copies[:number], min(truth.copies[number] + 1, 2), *truth.copies[number + 1 :])
    return replace(truth, copies=copies)


def _gone(_: Crosspost, __: Crosspost, truth: Truth) -> Truth:
    return replace(truth, copies=(0,) * POSTS)
