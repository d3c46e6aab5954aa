"""What the daemon does again and again. What is due is in the tables: a job only looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

REST = timedelta(seconds=10)
"""How late something is seen at most that time alone brings about, as another try at what has failed."""


def no_rest() -> timedelta:
    """At every tick."""
    return timedelta(0)


def a_rest() -> timedelta:
    """What it looks for is written into the database by somebody, or is in no hurry."""
    return REST


@dataclass(frozen=True, slots=True)
class Job:
    """A step, and how often to look whether there is work for it.

    ``rest`` is asked after each run: how long it need not look while nobody writes into the database.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    rest: Callable[[], timedelta] = no_rest


def a_long_rest() -> timedelta:
    """It looks through many rows, for what is due within hours."""
    return 6 * REST


def examining(examine: Callable[[], object]) -> tuple[Job, ...]:
    """Apart from all others: whether a disk can be written is known even while every other loop fails of it."""
    return (Job("examining", timedelta(seconds=5), examine),)


def jobs(
    poll: Callable[[], object],
    publish: Callable[[], object],
    deliver: Callable[[], object],
    receive: Callable[[], object],
    subscribe: Callable[[], object],
    pictures: Callable[[], object],
) -> tuple[Job, ...]:
    """The daemon's loops. None waits for what another does: news are published while a slow source is still asked."""
    return (
        Job("poll", timedelta(seconds=5), poll),
        Job("publish", timedelta(seconds=1), publish),
        Job("deliver", timedelta(seconds=1), deliver),
        Job("receive", timedelta(seconds=1), receive, a_rest),
        Job("subscribe", timedelta(seconds=10), subscribe, a_long_rest),
        Job("pictures", timedelta(seconds=1), pictures, a_rest),
    )
