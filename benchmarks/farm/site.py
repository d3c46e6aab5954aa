"""A publisher: how often it has news, what its server says with them, and what goes wrong with it when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from relay.core.polling.pollstate import Hints

START = datetime(2026, 11, 24, 9, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Etag = Literal["strong", "weak", "bare", "bytes", "restless", "none"]
"""``bare`` has no quotes, ``bytes`` holds one that is no ASCII, ``restless`` is another for each answer."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a server answers something else: ``lasts`` from ``begins`` on, and again ``every`` so often."""

    reply: str
    begins: timedelta = timedelta(0)
    lasts: timedelta = timedelta(days=3650)
    every: timedelta | None = None

    def covers(self, elapsed: timedelta) -> bool:
        """Whether it is on, so long after the start."""
        since = elapsed - self.begins
        if since < timedelta(0):
            return False
        return (since % self.every if self.every else since) < self.lasts


@dataclass(frozen=True, slots=True)
class Site:
    """One feed. Entry ``n`` is published at ``first + n * rhythm``, a little later where it is not ``steady``.

    ``shown`` entries are in the document. ``first`` is so early that it is full at the start. ``hops`` are the
    redirects on the way to it. ``skew`` is how far the server's clock is ahead. ``told_as`` is the number
    its news go by.
    """

    number: int
    kind: str
    host: str
    path: str
    rhythm: timedelta
    first: datetime
    told_as: int
    shown: int = 10
    steady: bool = False
    silent_since: datetime | None = None
    etag: Etag = "strong"
    modified: bool = True
    cache: str | None = None
    expires: timedelta | None = None
    hints: Hints = Hints()
    skew: timedelta = timedelta(0)
    noise: bool = False
    atom: bool = False
    ill: bool = False
    renamed_at: timedelta | None = None
    burst_at: timedelta | None = None
    hops: tuple[int, ...] = ()
    loop: bool = False
    spells: tuple[Spell, ...] = ()

    @property
    def place(self) -> str:
        """Host and path by which it is known to its readers."""
        return self.address(0)

    def address(self, hop: int) -> str:
        """Host and path after so many redirects."""
        return f"{self.host}{self.path}" if hop == 0 else f"to{hop}.{self.host}{self.path}"

    def reply(self, now: datetime) -> str | None:
        """What goes wrong at this instant."""
        return next((spell.reply for spell in self.spells if spell.covers(now - START)), None)
