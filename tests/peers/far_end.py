"""The far end of a trial: one server of Mastodon's API on loopback, slow and faulty, which keeps its own truth."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from tests.fakes.mastodon import Mastodon
from tests.fakes.wire import Fault, Wire
from tests.torture import ends
from tests.torture.clock import Clock
from tests.torture.ends import Ends

SERVERS: Mapping[str, str] = {"mastodon": "keyed", "gotosocial": "unkeyed"}
"""Mastodon 4.5 knows a repeat by its key, where it is told one; GoToSocial knows none. The names they have in ``Ends``."""
MOST = 10_000
"""Calls that publish; beyond them nothing fails any more."""
_BLOCK = 25
_ENTRY = re.compile(r"Dépêche\s(\d+)")


@dataclass(frozen=True, slots=True)
class FarEnd:
    """A server of its own for each tool."""

    ends: Ends
    wire: Wire
    name: str
    thrown: list[Fault] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address that a tool is told."""
        return f"{self.wire.url}/{self.name}"

    @property
    def mastodon(self) -> Mastodon:
        """The server behind the wire."""
        return self.ends.servers[self.name]

    @property
    def begun(self) -> int:
        """How many calls that publish have come."""
        return sum(call.method == "POST" for call in list(self.wire.calls))

    def fail(self, chance: Random, share: float, faults: Sequence[Fault]) -> None:
        """From now on such a share of every 25 calls that publish fails, in each way equally often; which is thrown now."""
        kinds, some = cycle(faults), round(share * _BLOCK)
        for _ in range(MOST // _BLOCK):
            block = [next(kinds) for _ in range(some)] + [Fault.NONE] * (_BLOCK - some)
            chance.shuffle(block)
            self.thrown.extend(block)
        self.wire.faults[:] = self.thrown

    @property
    def struck(self) -> int:
        """How many calls have failed so far."""
        return sum(fault is not Fault.NONE for fault in self.thrown[: len(self.thrown) - len(self.wire.faults)])

    def public(self) -> Counter[int]:
        """How often each entry is public, by its number."""
        found = (_ENTRY.search(status.text) for status in self.mastodon.statuses)
        return Counter(int(one.group(1)) for one in found if one)


@contextmanager
def standing(clock: Clock, chance: Random, server: str = "mastodon") -> Iterator[FarEnd]:
    """One that listens, and at first fails nobody."""
    network = Ends(clock, chance, faulty=0)
    with ends.listening(network, 0) as wire:
        yield FarEnd(network, wire, SERVERS[server])
