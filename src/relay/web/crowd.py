"""Who is connected: how long each may take, and how many there may be, so that slow ones keep nobody out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Protocol

from relay.core.signing.waiting import network


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: for the ``head`` of a request from its first byte, for its ``body`` then, for ``taking`` of an answer.

    Connections: ``of_network`` of one client network, ``whole`` of all.
    """

    head: float = 10.0
    body: float = 30.0
    taking: float = 60.0
    of_network: int = 200
    whole: int = 400


class Connection(Protocol):
    """Somebody who is connected."""

    @property
    def gets_nowhere(self) -> bool:
        """Whether no answer is under way to them, or they do not take it."""

    def cut(self) -> None:
        """End it now."""


class Crowd:
    """All connections, the oldest first. Where there is no room, the oldest that gets nowhere makes some."""

    def __init__(self, limits: Limits | None = None, proxies: Sequence[str] = ()) -> None:
        """``proxies`` speak for all the world: what comes from them is not counted as of one network."""
        self.limits = limits or Limits()
        self._proxies = [ip_network(one, strict=False) for one in proxies]
        self._of: dict[Connection, str] = {}
        self._own: dict[str, dict[Connection, None]] = {}

    def enter(self, one: Connection, client: str) -> bool:
        """Whether there is room for one more, from the address ``client``."""
        whose = "" if self._is_proxy(client) else network(client)
        own = self._own.get(whose, {}) if whose else {}
        if not self._has_room(own, self.limits.of_network) or not self._has_room(self._of, self.limits.whole):
            return False
        self._of[one] = whose
        self._own.setdefault(whose, {})[one] = None
        return True

    def leave(self, one: Connection) -> None:
        """It has ended."""
        whose = self._of.pop(one, None)
        if whose is not None:
            self._own[whose].pop(one)
            if not self._own[whose]:
                del self._own[whose]

    def _has_room(self, those: dict[Connection, str] | dict[Connection, None], most: int) -> bool:
        if len(those) < most:
            return True
        slowest = _slowest(those)
        if slowest is None:
            return False
        self.leave(slowest)
        slowest.cut()
        return True

    def _is_proxy(self, client: str) -> bool:
        try:
            address = ip_address(client.partition("%")[0])
        except ValueError:
            return False
        return any(address in one for one in self._proxies)


def _slowest(those: Iterable[Connection]) -> Connection | None:
    return next((one for one in those if one.gets_nowhere), None)
