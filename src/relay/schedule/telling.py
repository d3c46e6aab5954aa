"""The loops that tell editors what has happened and what still waits, and forget what was told long ago."""

from collections.abc import Callable
from datetime import timedelta

from relay.schedule.jobs import Job, a_rest


def telling_jobs(
    tell: Callable[[], object], remind: Callable[[], object], forget: Callable[[], object]
) -> tuple[Job, ...]:
    """Apart from deliveries: a mail server that hangs holds up no post."""
    return (
        Job("telling", timedelta(seconds=5), tell, a_rest),
        Job("reminding", timedelta(minutes=1), remind),
        Job("forgetting", timedelta(hours=1), forget),
    )
