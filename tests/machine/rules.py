"""All that can happen, each with what it may be told and how often it is chosen; a step is one of them with its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from relay.core.review.transitions import ALLOWED, Event
from tests.machine import composed, judging, weather
from tests.machine.life import Life
from tests.machine.moods import LOOKS, MOODS
from tests.machine.working import Pass, work

Step = tuple[str, tuple[Any, ...]]
"""Its name in ``RULES``, and one word of each of its choices."""


@dataclass(frozen=True)
class Rule:
    """``weight`` of all weights is how often it comes."""

    act: Callable[..., None]
    choices: tuple[tuple[Any, ...], ...]
    weight: int


NAMES = ("anne", "didier")
WHICH = (0, 0, 1, 1, 2, 3, 4, 5)
DYING = ((0, False),) * 6 + tuple((number, committed) for number in (1, 2, 3, 4, 5) for committed in (False, True))
MANY_MOODS = ("well",) * 5 + tuple(sorted(MOODS))
MOST_MOODS = tuple(sorted(MOODS))
CUT = tuple(sorted(name for name, mood in MOODS.items() if mood.answer in {"lost", "nonsense", "death"}))
HELD_UP = (0,) * 8 + tuple(range(1, 9))
BARE = tuple(sorted(str(one) for one in set(ALLOWED) - {Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE, Event.EDIT}))


def _work(life: Life, *how: Any) -> None:
    work(life, Pass(*how))


def _edit(life: Life, name: str, which: int, posts: int) -> None:
    judging.edit(life, name, which, posts=posts)


RULES: Mapping[str, Rule] = {
    "look": Rule(judging.look, (NAMES,), 10),
    "approve": Rule(judging.approve, (NAMES, WHICH), 8),
    "override": Rule(judging.override, (WHICH,), 3),
    "edit": Rule(_edit, (NAMES, WHICH, (1, 1, 2, 3)), 6),
    "move": Rule(judging.move, (NAMES, WHICH, BARE), 14),
    "work": Rule(_work, (MANY_MOODS, LOOKS, DYING, HELD_UP), 22),
    "both approve and it leaves": Rule(composed.both_approve_and_it_leaves, (WHICH, MOST_MOODS, DYING, HELD_UP), 16),
    "it breaks off and is looked for": Rule(composed.it_breaks_off_and_is_looked_for, (WHICH, CUT, LOOKS), 5),
    "a thread leaves": Rule(composed.a_thread_leaves, (WHICH, MOST_MOODS, DYING, HELD_UP), 6),
    "it is corrected": Rule(composed.it_is_corrected, (WHICH, MOST_MOODS, DYING, HELD_UP), 7),
    "it is taken back": Rule(composed.it_is_taken_back, (WHICH, MOST_MOODS, DYING, HELD_UP), 3),
    "time passes": Rule(weather.time_passes, ((10, 20, 61, 90, 180, 1800, 36000),), 22),
    "clock is set": Rule(weather.clock_is_set, ((0, 0, 0, 1, -1, 720),), 1),
    "source": Rule(weather.source, (tuple(range(1, 9)), ("edit", "hide", "show"), DYING), 3),
    "news": Rule(weather.news, (DYING,), 6),
    "copy is made": Rule(weather.copy_is_made, (), 1),
    "copy is put back": Rule(weather.copy_is_put_back, (), 1),
    "account is resumed": Rule(weather.account_is_resumed, (), 4),
    "stop": Rule(judging.stop, (NAMES,), 1),
    "resume": Rule(judging.resume, (NAMES,), 3),
}


def take(life: Life, step: Step) -> None:
    """Let it happen."""
    name, words = step
    RULES[name].act(life, *words)
