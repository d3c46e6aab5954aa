"""Bugs to plant: what a careless network, or a hasty relay, would do. The harness must find each."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from relay.core.outcome import CannotTell, NotThere, Retry, Unsure
from relay.core.review import settling
from tests.faults.rows import Row, overlaid


@dataclass(frozen=True, slots=True)
class Plant:
    """``network`` changes a row; ``hasty`` is in force while it runs."""

    network: Callable[[Row], Row] = lambda row: row
    hasty: Callable[[], AbstractContextManager[Any]] = nullcontext


def _absent(row: Row) -> Row:
    """It says that nothing is there, and has not looked."""
    return replace(row, network=overlaid(row.network, find=lambda *_: NotThere()))


def _retried(row: Row) -> Row:
    """An answer that does not come is taken for a call that never was."""

    def publish(*given: Any) -> Any:
        told = row.network.publish(*given)
        return Retry(told.why) if isinstance(told, Unsure) and "Timeout" in told.why else told

    return replace(row, network=overlaid(row.network, publish=publish))


def _silent(row: Row) -> Row:
    """What it cannot tell it asks nobody about."""

    def find(*given: Any) -> Any:
        told = row.network.find(*given)
        return replace(told, why="Nobody knows.") if isinstance(told, CannotTell) else told

    return replace(row, network=overlaid(row.network, find=find))


def _at_once() -> AbstractContextManager[Any]:
    """A network is asked before it can show what it has."""
    return patch.multiple(settling, FIRST_CHECK=timedelta(0), SECOND_LOOK=timedelta(0))


PLANTS: Mapping[str, Plant] = {
    "never-looks": Plant(network=_absent),
    "no-settle": Plant(hasty=_at_once),
    "says-nothing": Plant(network=_silent),
    "timeout-is-retry": Plant(network=_retried),
}
