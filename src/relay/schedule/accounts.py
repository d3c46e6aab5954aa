"""The loop that looks after accounts."""

from collections.abc import Callable
from datetime import timedelta

from relay.schedule.jobs import Job, a_rest


def account_jobs(watch: Callable[[], object]) -> tuple[Job, ...]:
    """Apart from deliveries: a network that hangs while it renews an access holds up no other account's posts."""
    return (Job("accounts", timedelta(seconds=5), watch, a_rest),)
