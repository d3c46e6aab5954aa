"""The long way in one step, so that much of what is tried is beyond it."""

from relay.core.review.transitions import Event
from tests.machine import judging
from tests.machine.life import NEVER, Life
from tests.machine.working import Pass, work


def both_approve_and_it_leaves(life: Life, which: int, mood: str, dying: tuple[int, bool], held_up_at: int) -> None:
    """Two people look, and say yes to the same."""
    for name in ("anne", "didier"):
        judging.look(life, name)
        judging.approve(life, name, which)
    life.pass_(minutes=2)
    work(life, Pass(mood, "well", dying, held_up_at))


def it_breaks_off_and_is_looked_for(life: Life, which: int, mood: str, how: str) -> None:
    """Whether the network had it or not, passes soon afterwards find out."""
    both_approve_and_it_leaves(life, which, mood, NEVER, 0)
    for _ in range(5):
        life.pass_(seconds=19)
        work(life, Pass(look=how))


def a_thread_leaves(life: Life, which: int, mood: str, dying: tuple[int, bool], held_up_at: int) -> None:
    """Three posts."""
    judging.look(life, "anne")
    judging.edit(life, "anne", which, posts=3)
    judging.look(life, "didier")
    judging.override(life, which)
    life.pass_(minutes=2)
    work(life, Pass(mood, "well", dying, held_up_at))


def it_is_corrected(life: Life, which: int, mood: str, dying: tuple[int, bool], held_up_at: int) -> None:
    """New words, public or not yet, and a director who lets them leave."""
    judging.look(life, "anne")
    judging.edit(life, "anne", which, posts=1)
    judging.look(life, "didier")
    judging.override(life, which)
    life.pass_(minutes=2)
    work(life, Pass(mood, "well", dying, held_up_at))


def it_is_taken_back(life: Life, which: int, mood: str, dying: tuple[int, bool], held_up_at: int) -> None:
    """What is public shall not be so any more."""
    judging.look(life, "anne")
    for event in (Event.WITHDRAW, Event.APPROVE_WITHDRAWAL):
        judging.move(life, "anne", which, event)
        judging.look(life, "anne")
    work(life, Pass(mood, "well", dying, held_up_at))
