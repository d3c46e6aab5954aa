"""How a network takes a call: whether it is done, what is answered, and whether the worker is held up over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mood:
    """What is done of a call; what its worker hears of it, if it lives to hear it; when it is held up."""

    effect: Literal["none", "now", "late"]
    answer: Literal["done", "lost", "later", "refused", "no access", "nonsense", "death"]
    pause: Literal["", "before", "after"] = ""


MOODS: Mapping[str, Mood] = {
    "well": Mood("now", "done"),
    "answer lost": Mood("now", "lost"),
    "cut on the way": Mood("none", "lost"),
    "cut, done all the same": Mood("late", "lost"),
    "half an answer": Mood("now", "nonsense"),
    "an error of its own": Mood("none", "nonsense"),
    "nobody there": Mood("none", "later"),
    "refused": Mood("none", "refused"),
    "no access": Mood("none", "no access"),
    "death before": Mood("none", "death"),
    "death after": Mood("now", "death"),
    "death, done all the same": Mood("late", "death"),
    "held up before": Mood("now", "done", "before"),
    "held up after": Mood("now", "done", "after"),
    "held up, answer lost": Mood("now", "lost", "after"),
    "held up, not done": Mood("none", "later", "after"),
}

LOOKS = ("well", "well", "well", "well", "behind", "nobody there", "nonsense")
"""How it lets its posts be read: all of them; without the newest, once; not at all."""
