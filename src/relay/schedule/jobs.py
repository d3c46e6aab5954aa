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


def jobs(poll_and_publish: Callable[[], object], deliver: Callable[[], object]) -> tuple[Job, ...]:
    """The daemon's two loops: news in and out every few seconds, deliveries every second."""
    return (
        Job("poll", timedelta(seconds=5), poll_and_publish),
        Job("deliver", timedelta(seconds=1), deliver),
    )
