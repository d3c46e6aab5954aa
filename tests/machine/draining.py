"""The end of a walk: all is well again, relay is left alone, and what is public is held against what people have said."""

from datetime import timedelta

from relay.core import thread
from relay.core.crosspost import Crosspost, State
from relay.core.review.transitions import Event
from tests.machine.judging import look, move, resume
from tests.machine.life import PUBLIC, Life
from tests.machine.weather import account_is_resumed
from tests.machine.working import work

LEAVING = frozenset({State.APPROVED, State.SCHEDULED, State.SENDING, State.UPDATING, State.WITHDRAWING})
PASSES = 60


def drain(life: Life) -> None:
    """Until nothing is open; a person looks where relay cannot. Only owed posts and doubts are looked at then."""
    life.skew = timedelta(0)
    life.far_end.hurry()
    resume(life, "didier")
    account_is_resumed(life)
    for number in range(2 * PASSES):
        work(life)
        rows = life.rows()
        if all(one.state not in LEAVING | {State.UNCONFIRMED} for one in rows):
            return check(life, rows)
        _look_where_relay_cannot(life, rows)
        # A lease that was taken by a clock that ran ahead ends when time gets there.
        life.pass_(**{"days": 31} if number == PASSES else {"seconds": 150})
    open_ = [(one.id, one.state, one.note) for one in rows if one.state not in PUBLIC]
    raise AssertionError(f"never at an end: {open_}")


def _look_where_relay_cannot(life: Life, rows: list[Crosspost]) -> None:
    if life.kind != "blind" or all(one.state is not State.UNCONFIRMED for one in rows):
        return
    look(life, "didier")
    for which in range(len(life.pages["didier"])):
        for event in (Event.CONFIRM, Event.GIVE_UP):
            if life.pages["didier"][-1 - which].state is State.UNCONFIRMED:
                move(life, "didier", which, event)


def check(life: Life, rows: list[Crosspost]) -> None:
    """What is owed is public exactly once, in the words that were approved; of all else nothing."""
    assert (often := life.far_end.too_often()) == [], f"asked to be published too often: {often}"
    for one in rows:
        if one.id in life.said.owed:
            _check_owed(life, one)
        if life.is_restored or one.draft.link in life.given_up | life.far_end.doubtful:
            continue
        expected = _expected(one)
        found = [post.text for post in life.far_end.of(one.draft.link)]
        assert found == expected, f"{one.state}: public {found}, expected {expected}"


def _check_owed(life: Life, one: Crosspost) -> None:
    found = tuple(post.text for post in life.far_end.of(one.draft.link))
    owed = thread.parts(life.said.owed[one.id])
    assert one.state in PUBLIC, f"approved by all, and it is {one.state}: {one.note}"
    assert found == owed, f"approved by all: {owed}; public: {found}; it is {one.state}"


def _expected(one: Crosspost) -> list[str]:
    """As its row has it."""
    if one.state is State.WITHDRAWN:
        return []
    public = thread.parts((one.live or one.draft).text)
    if one.state is State.SENT or (one.state in PUBLIC and not one.parts):
        return list(public)  # all of it, whoever has found the last of it: relay, or a person
    return list(public[: len(one.parts)])
