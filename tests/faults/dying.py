"""A network whose worker dies in the middle of it, and that notes when it was asked what it has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from relay.networks.network import Network
from tests.faults.kinds import Plan
from tests.faults.rows import overlaid


class Died(BaseException):
    """The end of a worker: nothing that it would still have done is done."""


@dataclass(slots=True)
class Watched:
    """``looks`` are the moments at which the network was looked at for a post."""

    network: Network
    plan: Plan
    clock: Callable[[], datetime]
    looks: list[datetime] = field(default_factory=list)
    deaths: int = 0
    _came: dict[str, int] = field(default_factory=dict)

    def as_network(self) -> Network:
        """What the desk knows as the account's network."""
        return overlaid(self.network, prepare=self.prepare, publish=self.publish, find=self.find)

    def prepare(self, *given: Any) -> Any:
        told = self.network.prepare(*given)
        self._comes("prepared")
        return told

    def publish(self, *given: Any) -> Any:
        self._comes("before")
        told = self.network.publish(*given)
        self._comes("after")
        return told

    def find(self, *given: Any) -> Any:
        self.looks.append(self.clock())
        told = self.network.find(*given)
        self._comes("looking")
        return told

    def _comes(self, where: str) -> None:
        self._came[where] = self._came.get(where, 0) + 1
        if (where, self._came[where]) == (self.plan.crash, self.plan.crashes_at):
            self.deaths += 1
            raise Died
