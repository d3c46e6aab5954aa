"""What goes where, with which words, after whose yes, and when."""

from dataclasses import dataclass
from datetime import time, timedelta

from relay.core.expression.tree import Expression

DEFAULT_TEXT = "{title}\n\n{lead:160}\n\n{link} {hashtags}"


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """How many yeses a cross-post needs and from whom. ``steps`` are the least roles, in order.

    ``self_approval``: whether an editor may approve words they wrote. ``undo``: how long a last yes can
    be recalled. ``expires``: how long a cross-post may wait, ``None`` for ever. ``remind``: after how long
    those who are told of what waits are told again, ``None`` for never.
    """

    id: str = "default"
    steps: tuple[str, ...] = ("editor",)
    self_approval: bool = False
    undo: timedelta = timedelta(seconds=60)
    expires: timedelta | None = None
    remind: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekly moment: days (Monday is 0) at a local time."""

    days: frozenset[int]
    at: time


@dataclass(frozen=True, slots=True)
class Quiet:
    """A span in which nothing leaves: whole days, hours of every day or of some, or public holidays.

    Hours that cross midnight belong to the day on which they begin.
    """

    days: frozenset[int] = frozenset()
    start: time | None = None
    end: time | None = None
    holidays_of: str | None = None
    """An ISO 3166 country, or a part of one that has days of its own, in lower case: ``fr``, ``fr-57``."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When cross-posts may leave, in the time zone ``zone`` (IANA name); no slots means at any time but quiet."""

    id: str = "always"
    zone: str = "UTC"
    slots: tuple[Slot, ...] = ()
    quiet: tuple[Quiet, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One ``[[routes]]`` of the configuration; ``number`` is its place there, from 0."""

    number: int
    sources: tuple[str, ...]
    accounts: tuple[str, ...]
    text: str = DEFAULT_TEXT
    approval: ApprovalRule = ApprovalRule()
    schedule: Schedule = Schedule()
    when: tuple[Expression, ...] = ()
    """It takes a post only if all of them hold."""
    warning: str = ""
    """The content warning of its cross-posts, where the network has such a thing."""
    hashtags: int | None = None
    """How many hashtags at most, where there is no room for as many as elsewhere."""
    asks_on_edit: bool = True
    asks_on_delete: bool = True
    """Whether a change, or a withdrawal, by the source is proposed for what is public already."""
