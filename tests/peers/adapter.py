"""What the trial asks of a tool."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tool works: a folder of its own, a feed to read, and a server of Mastodon's API with a token for it."""

    folder: Path
    feed: str
    server: str
    token: str


class Tool(Protocol):
    """A tool that brings what is new in a feed to an account of Mastodon."""

    @property
    def name(self) -> str:
        """As its people write it."""

    def version(self) -> str | None:
        """Which one is installed here; ``None`` where none is."""

    def prepare(self, place: Place) -> None:
        """Write its configuration. The entries that are in the feed now are old: if it can skip them, it does."""

    def command(self, place: Place, now: datetime, /) -> Sequence[str]:
        """One run, as cron would start it; it ends by itself, with 0 where all is well. ``now`` is the trial's time."""
