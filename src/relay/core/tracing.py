"""What a step says while it works, for whoever watches by traces; nobody does, unless the service is told to whom."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Fact = str | int | bool


class Span(Protocol):
    """A step that is under way."""

    def say(self, **facts: Fact) -> None:
        """What came of it: numbers, names and states, never a secret nor a text of a post."""


class Tracing(Protocol):
    """Who is told."""

    def span(self, name: str, entries: Sequence[int] = (), **facts: Fact) -> AbstractContextManager[Span]:
        """A step begins, within the one that is under way in this thread; it leads to these ``entries``."""

    def entry(self, id: int) -> None:
        """An entry was stored by the step that is under way: what becomes of it later leads to here."""


class Quiet:
    """Nobody is told."""

    def span(self, name: str, entries: Sequence[int] = (), **facts: Fact) -> AbstractContextManager[Span]:  # noqa: ARG002
        """Nothing begins."""
        return nullcontext(self)

    def entry(self, id: int) -> None:
        """Nothing is noted."""

    def say(self, **facts: Fact) -> None:
        """Nothing is said."""


QUIET = Quiet()
