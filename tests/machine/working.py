"""A worker's pass, as the delivery loop does it: it dies, or is held up for so long that another takes over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import State
from relay.pipeline.deliver import deliver
from relay.pipeline.restoring import look_over
from relay.pipeline.tidy import tidy
from relay.storage import copies
from tests.machine.life import NEVER, OFFLINE, Life
from tests.machine.moods import MOODS

TAKEN_BACK = frozenset({State.WAITING, State.HELD})
"""Where what was put back from a copy is asked again."""


@dataclass(frozen=True, slots=True)
class Pass:
    """How the network takes calls and looks, at which commit it dies, at which look at its clock it is held up."""

    mood: str = "well"
    look: str = "well"
    dying: tuple[int, bool] = NEVER
    held_up_at: int = 0


WELL = Pass()


def work(life: Life, how: Pass = WELL) -> None:
    """One pass. Whoever is held up is so between transactions, for the others would wait for those."""
    far = life.far_end
    far.mood, far.look, far.pause = MOODS[how.mood], how.look, lambda: meanwhile(life)
    far.is_shaky = how.dying != NEVER or bool(how.held_up_at)
    with life.process.dying(how.dying[0], committed=how.dying[1]):
        _pass(life, _clock(life, how.held_up_at))
    life.said.refused(far.refused)
    far.refused = set()


def _pass(life: Life, clock: Callable[[], datetime]) -> None:
    with life.process.db.read() as tx:
        is_restored = copies.unseen(tx) is not None
    if not look_over(life.process.db, OFFLINE, life.desk, clock):
        return
    if is_restored:
        asked = {one.id for one in life.rows() if one.state in TAKEN_BACK}
        life.said.owed = {id: text for id, text in life.said.owed.items() if id not in asked}
    tidy(life.process.db, OFFLINE, life.desk, clock())
    deliver(life.process.db, OFFLINE, life.desk, clock)


def _clock(life: Life, held_up_at: int) -> Callable[[], datetime]:
    """The time; and at one of the looks at it, or at the next that is in no transaction, a long wait."""
    left = held_up_at

    def clock() -> datetime:
        nonlocal left
        left -= 1 if left else 0
        if left == 0 and held_up_at and not life.process.is_in_transaction():
            left = -1
            meanwhile(life)
        return life.now

    return clock


def meanwhile(life: Life) -> None:
    """Longer than a lease: another worker finds what the first has left, and the network is well with it."""
    far = life.far_end
    before = (far.mood, far.look, far.pause)
    far.mood, far.look, far.pause = MOODS["well"], "well", lambda: None
    for seconds in (130, 65, 25):
        life.pass_(seconds=seconds)
        _pass(life, lambda: life.now)
    far.mood, far.look, far.pause = before
