"""The seam: what a program must offer to be tormented. Harness, far ends and verdict know nothing else of it.

Whoever wants to try another one writes a ``Program`` for it, as ``tests.torture.relay`` is for relay and
``tests.torture.script`` for a script of some lines, and a context manager that makes it of a ``Workplace``, the ``Clock``
and chance: ``python -m tests.torture --program MODULE:NAME --only keyed``. The workplace has a folder, and the address of
the far ends: below it each account of ``tests.torture.accounts`` has a folder too (``/keyed/api/v1/statuses`` is
Mastodon's API). Where a program cannot do what is asked (it knows no person who looks, say), the method does nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Name = tuple[str, int]
"""Account and number: by these the queue and the far ends mean the same post. Its text begins ``Dépêche NUMBER``."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post by its number; without a ``moment`` nobody approves it, and it must never be public."""

    number: int
    account: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a program says of a post: ``is_sent``, or ``is_given_up`` by a person; otherwise it is open, as ``said``."""

    is_approved: bool
    is_sent: bool
    is_given_up: bool
    was_doubtful: bool
    said: str


class Process(Protocol):
    """A worker that runs; those of ``multiprocessing`` are such."""

    @property
    def pid(self) -> int | None:
        """It gets the signals SIGSTOP, SIGCONT and SIGTERM."""

    @property
    def exitcode(self) -> int | None:
        """``None`` while it runs; 0 is a good end."""

    def kill(self) -> None:
        """SIGKILL, for it and for all that it has started."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, so many seconds at most."""


class Program(Protocol):
    """One that is tormented, with a store of its own that outlives its workers."""

    def give(self, posts: Sequence[Post], now: datetime) -> None:
        """Its work: each post is approved, and due at its moment. Called once, before any worker starts."""

    def start(self) -> Process:
        """A new worker, beside any other. Its time is the ``Clock`` of the run, in which it counts its passes
        (``passed``). It takes what is due and what others left, until it dies; on SIGTERM it ends within 10 seconds.
        """

    def in_flight(self) -> int:
        """Of how many posts its store says that a worker is sending them now: what a death leaves in the middle."""

    def is_done(self) -> bool:
        """Whether nothing is left that it would still do, now or later."""

    def look(self, public: Mapping[Name, int]) -> None:
        """A person looks where the program says that it cannot, and tells it what is public there."""

    def standings(self) -> Mapping[Name, Standing]:
        """What it says of each post, at the end."""

    def damage(self) -> Sequence[str]:
        """A sentence for each thing that is broken in its store, at the end."""


Public = Counter[Name]
"""How often each post is public: the truth of the far ends."""
