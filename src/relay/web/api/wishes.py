"""The bodies that programs send; a field that is not here is refused by its name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """New words on top of ``revision``, which ``If-Match`` may say instead. Every yes so far is void."""

    text: str
    warning: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Resubmit:
    """Put before the editors again what they wanted changed, on top of ``revision``, or of ``If-Match``."""

    reason: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When it shall leave, on top of ``revision``, or of ``If-Match``; ``null`` is the next slot.

    RFC 3339, or ``2026-03-29 08:45`` on the clocks of the account's schedule. Every yes so far is void.
    """

    at: str | None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Alt:
    """What the picture shows; empty takes the words away."""

    alt: str


@dataclass(frozen=True, slots=True)
class ToCount:
    """A text to be counted as the account's network counts."""

    account: str
    text: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ToStop:
    """Why everything is to stop."""

    reason: str
