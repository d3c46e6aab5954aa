"""Guards with a hole each: what a harness must find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from relay.intake.wire.guard import Address, Forbidden, is_public

Resolve = Callable[[str, int], Sequence[Address]]


@dataclass(frozen=True, slots=True)
class Blind:
    """Looks nothing over."""

    resolve: Resolve

    def check(self, host: str, port: int) -> tuple[Address, ...]:
        """Whatever there is."""
        return tuple(self.resolve(host, port))


@dataclass(frozen=True, slots=True)
class Twice:
    """Judges one look-up, and gives the addresses of another to connect to."""

    resolve: Resolve

    def check(self, host: str, port: int) -> tuple[Address, ...]:
        """Those of the second, if the first is public."""
        _judge(host, tuple(map(is_public, self.resolve(host, port))))
        return tuple(self.resolve(host, port))


@dataclass(frozen=True, slots=True)
class First:
    """Judges the first answer alone; which of them is connected to is somebody else's affair."""

    resolve: Resolve

    def check(self, host: str, port: int) -> tuple[Address, ...]:
        """All of them, the last one first."""
        found = tuple(self.resolve(host, port))
        _judge(host, tuple(map(is_public, found[:1])))
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Global:
    """Trusts what Python's own ``ipaddress`` takes for global."""

    resolve: Resolve

    def check(self, host: str, port: int) -> tuple[Address, ...]:
        """All of them, if each is."""
        found = tuple(self.resolve(host, port))
        _judge(host, tuple(address.is_global for address in found))
        return found


HOLES = {"no check": Blind, "a second look-up": Twice, "the first answer alone": First, "ipaddress.is_global": Global}


def _judge(host: str, fit: tuple[bool, ...]) -> None:
    if not fit or not all(fit):
        raise Forbidden(f"{host} is not public")
