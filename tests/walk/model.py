"""A cross-post as far as the rules look at it, and beside it what is true of the world, which no rule can change."""

from dataclasses import dataclass, replace

from relay.core.crosspost import Approval, Crosspost, Keys, Part, Request, State
from relay.core.outcome import Sent
from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule
from tests.core.things import CROSSPOST, HOUR, NOW

RULE = ApprovalRule(steps=("editor", "director"), expires=9 * HOUR)
"""Two yeses of two people, of whom one is a director."""

PEOPLE = (
    Editor("anne", Role.EDITOR),
    Editor("benoit", Role.EDITOR),
    Editor("didier", Role.DIRECTOR),
    Editor("claire", Role.WRITER),
    Editor("robot", Role.TOKEN),
)
ROLES = {one.name: one.role for one in PEOPLE}
JUDGES = frozenset(name for name, role in ROLES.items() if role in {Role.EDITOR, Role.DIRECTOR})

WORDS = replace(CROSSPOST.draft, text="un\n---\ndeux")
TAIL = replace(WORDS, text="un\n---\nautre chose")
OTHER = replace(WORDS, text="tout autre\n---\nchose")
LIVE = replace(WORDS, text="un, tel qu'il est en ligne\n---\ndeux")
REQUEST = Request("key", "{}")
KEYS = Keys(NOW, 7)
POSTS = 2
"""A thread of two: what holds of it holds of a single post, which is its second half."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What people have said of the words as they are, who wrote them, how many copies of each post are public.

    ``has_missed``: the source did something while nobody could be asked about it.
    """

    yeses: frozenset[str] = frozenset()
    overridden_by: str = ""
    writer: str = ""
    copies: tuple[int, ...] = (0,) * POSTS
    has_missed: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether every yes that the rule asks for was given for these words, by people who have not written them."""
        given = self.yeses - {self.writer}
        by_director = any(ROLES[name] is Role.DIRECTOR for name in given)
        judged = all(ROLES[name] in {Role.EDITOR, Role.DIRECTOR} for name in given)
        is_overridden = ROLES.get(self.overridden_by) is Role.DIRECTOR and self.overridden_by != self.writer
        return is_overridden or (len(given) >= len(RULE.steps) and by_director and judged)


@dataclass(frozen=True, slots=True)
class Node:
    """An abstract state; two cross-posts that no rule tells apart are one."""

    crosspost: Crosspost
    truth: Truth


def start(state: State) -> Node:
    """As a poll queues it."""
    return abstract(replace(CROSSPOST, state=state, draft=WORDS), Truth())


def abstract(crosspost: Crosspost, truth: Truth) -> Node:
    """Without what no rule asks about: the hour, how often, which revision it is by number, which words they are.

    Neither do rules ask which of two editors it is, nor, of whoever may not approve nor recall, who wrote the words.
    """
    if crosspost.state in CLOSED:
        truth = replace(truth, yeses=frozenset(), overridden_by="")
    node = Node(_plain(crosspost), truth if truth.writer in JUDGES else replace(truth, writer=""))
    return min(node, _swapped(node), key=_names)


def _plain(crosspost: Crosspost) -> Crosspost:
    yeses = sorted((yes.by, int(yes.revision == crosspost.revision)) for yes in crosspost.approvals)
    return replace(
        crosspost,
        revision=1,
        draft=WORDS,
        edited_by=crosspost.edited_by if crosspost.edited_by in {*JUDGES, "claire"} else None,
        live=LIVE if crosspost.live else None,
        approvals=tuple(Approval(by, NOW, current) for by, current in yeses),
        keys=KEYS if crosspost.keys else None,
        request=REQUEST if crosspost.request else None,
        not_before=NOW if crosspost.not_before else None,
        lease_until=NOW if crosspost.lease_until else None,
        parts=(Part(REQUEST, Sent("9")),) * len(crosspost.parts),
        attempt=0,
        remote_id="9" if crosspost.parts else None,
        remote_url=None,
        note="",
        created_at=NOW,
        changed_at=NOW,
        wanted_at=None,
        wanted_by=None,
    )


_OTHER = {"anne": "benoit", "benoit": "anne"}


def _swapped(node: Node) -> Node:
    one, truth = node.crosspost, node.truth
    yeses = sorted((_OTHER.get(yes.by, yes.by), yes.revision) for yes in one.approvals)
    writer = _OTHER.get(one.edited_by, one.edited_by) if one.edited_by else None
    return Node(
        replace(one, approvals=tuple(Approval(by, NOW, current) for by, current in yeses), edited_by=writer),
        replace(
            truth,
            yeses=frozenset(_OTHER.get(name, name) for name in truth.yeses),
            writer=_OTHER.get(truth.writer, truth.writer),
        ),
    )


def _names(node: Node) -> tuple[object, ...]:
    one, truth = node.crosspost, node.truth
    yeses = [(yes.by, yes.revision) for yes in one.approvals]
    return yeses, one.edited_by or "", sorted(truth.yeses), truth.writer


ANEW = frozenset({State.WAITING, State.EDIT_PROPOSED})
CLOSED = frozenset(
    {
        *(State.SENT, State.DELETE_PROPOSED, State.WITHDRAWING, State.WITHDRAWN, State.ABANDONED),
        *(State.REJECTED, State.EXPIRED, State.SKIPPED),
    }
)
"""From where nothing leaves but by one of ``ANEW``, under new yeses."""


def said_anew(truth: Truth, old: Crosspost, new: Crosspost, writer: str) -> Truth:
    """Other words have no yes, whoever gave one to those before; neither has what is put before the editors again."""
    if old.draft != new.draft:
        return replace(truth, yeses=frozenset(), overridden_by="", writer=writer)
    is_again = new.state in ANEW and old.state is not new.state
    return replace(truth, yeses=frozenset(), overridden_by="") if is_again else truth
