"""Every abstract state there is, from a new cross-post on, and the four promises that hold in all of them."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from relay.core.crosspost import State
from relay.core.review.moving import Refusal
from relay.core.review.transitions import TRANSITIONS
from tests.walk.act import Act
from tests.walk.acts import acts
from tests.walk.model import Node, abstract, start

HIDING = frozenset({State.REJECTED, State.EXPIRED, State.SKIPPED})
ENDS = frozenset({State.SENT, State.WITHDRAWN, State.ABANDONED})
LEAVING = frozenset({State.SENDING, State.UPDATING})
MOST = 20_000
"""Ten times as many as there are: a bug may make them without end."""
PROMISES = {
    "I1": "nothing is sent unless every step approved this very revision",
    "I2": "one record never makes two copies",
    "I3": "every state can reach an end or `sent`",
    "I4": "no live copy hides behind rejected, expired or skipped",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """What led from one abstract state to another."""

    old: Node
    act: str
    new: Node


@dataclass(slots=True)
class Walk:
    """Where the code can lead, and how each abstract state was first reached."""

    first: dict[Node, Edge | None] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    @property
    def moves(self) -> set[tuple[State, State]]:
        """Which state has led to which."""
        return {(edge.old.crosspost.state, edge.new.crosspost.state) for edge in self.edges}


def walk() -> Walk:
    """Breadth first, so that the way to what is wrong is a shortest one."""
    everything, found = tuple(acts()), Walk()
    begun = (start(State.WAITING), start(State.SKIPPED))
    found.first = dict.fromkeys(begun)
    waiting = deque(begun)
    while waiting and len(found.first) < MOST:
        node = waiting.popleft()
        for act, new in _after(node, everything):
            edge = Edge(node, act, new)
            found.edges.append(edge)
            if new not in found.first:
                found.first[new] = edge
                waiting.append(new)
    return found


def _after(node: Node, everything: Iterable[Act]) -> Iterator[tuple[str, Node]]:
    for act in everything:
        if not act.is_possible(node):
            continue
        try:
            new = act.step(node.crosspost)
        except Refusal:
            continue
        if new is not None:
            yield act.name, abstract(new, act.then(node.crosspost, new, node.truth))


def broken(found: Walk) -> Mapping[str, str]:
    """The promises that do not hold, each with the shortest way to where it does not."""
    first: dict[str, str] = {}
    for name, node in _wrong(found):
        first.setdefault(name, way(found, node))
    return first


def _wrong(found: Walk) -> Iterator[tuple[str, Node]]:
    safe = _can_end(found)
    for node in found.first:
        one, truth = node.crosspost, node.truth
        if one.state in LEAVING and one.lease_until is not None and not truth.is_approved:
            yield "I1", node
        if max(truth.copies) > 1:
            yield "I2", node
        if node not in safe:
            yield "I3", node
        if one.state in HIDING and any(truth.copies):
            yield "I4", node


def _can_end(found: Walk) -> set[Node]:
    """All from which an end is reached: backwards from the ends."""
    before: dict[Node, set[Node]] = {}
    for edge in found.edges:
        before.setdefault(edge.new, set()).add(edge.old)
    safe = {node for node in found.first if node.crosspost.state in ENDS}
    waiting = deque(safe)
    while waiting:
        for older in before.get(waiting.popleft(), set()) - safe:
            safe.add(older)
            waiting.append(older)
    return safe


def way(found: Walk, node: Node) -> str:
    """What has to happen, one after the other."""
    acts_: list[str] = []
    edge = found.first[node]
    while edge:
        acts_.append(edge.act)
        edge = found.first[edge.old]
    return " → ".join(reversed(acts_)) or "at once"


def figures(found: Walk) -> dict[str, int]:
    """How large it is."""
    return {
        "states": len({node.crosspost.state for node in found.first}),
        "named transitions": len(TRANSITIONS),
        "abstract states": len(found.first),
        "edges": len({(edge.old, edge.act, edge.new) for edge in found.edges}),
    }
