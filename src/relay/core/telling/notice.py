"""One thing that one listener is to be told of. It is a row before it is told, and is told once."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import State
from relay.core.telling.listener import Kind


@dataclass(frozen=True, slots=True)
class Notice:
    """``key`` names what has happened: the same thing is told to the same listener once.

    ``state`` is that of the cross-post when it happened: once it is another, there is nothing to tell any more.
    ``said`` is what relay wrote down of it. ``again``: it was told before, and waits still.
    """

    listener: str
    key: str
    kind: Kind
    at: datetime
    crosspost_id: int | None = None
    account: str | None = None
    state: State | None = None
    said: str = ""
    id: int = 0

    @property
    def again(self) -> bool:
        """Whether it is a reminder."""
        return self.key.startswith(AGAIN)


AGAIN = "again:"
