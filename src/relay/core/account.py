"""An account on a network: its settings and secrets, how long its texts may be, how fast it may post."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

Unit = Literal["graphemes", "bytes", "code points", "utf-16", "weighted", "emoji as bytes"]
"""``weighted`` is X's count, ``emoji as bytes`` is Threads'; ``utf-16`` are code units."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be on a network, and how the network counts it.

    ``text`` gives every unit with its maximum; all must hold. ``link_cost`` is what any link counts,
    ``None`` when links count in full, or as their unit has it. ``local_mentions``: ``@user@host`` counts as ``@user``.
    """

    text: tuple[tuple[Unit, int], ...]
    link_cost: int | None = None
    local_mentions: bool = False
    threads: bool = False
    """Whether a line of ``---`` begins another post, which answers the one before; then each counts for itself."""
    counts_warning: bool = False
    """Whether the content warning counts with the text."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or token; its value never shows in a message, a log or a traceback."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "••••••••"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an account may post."""

    min_gap: timedelta = timedelta(0)
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one network. ``options`` are the plain settings of that network, ``secrets`` the others."""

    id: str
    network: str
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    pace: Pace = Pace()
