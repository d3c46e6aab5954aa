"""What the daemon does again and again. What is due is in the tables: a job only looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """A step, and how often to look whether there is work for it."""

    name: str
    every: timedelta
    run: Callable[[], object]


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
        Job("receive", timedelta(seconds=1), receive),
        Job("subscribe", timedelta(seconds=10), subscribe),
        Job("pictures", timedelta(seconds=1), pictures),
    )
