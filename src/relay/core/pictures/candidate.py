"""A picture that an entry may have, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from relay.core.document import Picture


class Standing(StrEnum):
    """What is known of a candidate."""

    WANTED = "wanted"
    """It is to be looked at."""
    PAGE = "page"
    """It is no picture, but the entry's page, which may name one: it is asked where nothing before it was fit."""
    KEPT = "kept"
    """It is the one that is shown."""
    PASSED = "passed"
    """It was not looked at, or is not needed."""
    REFUSED = "refused"
    """It cannot be had, or cannot be shown."""


WAITING = (Standing.WANTED, Standing.PAGE)
"""Of these something is still to come."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of an entry: the ``place`` in which its turn comes, and ``why`` it stands so, in a sentence.

    ``tries`` is how often it could not be had, ``due`` when it is tried again; ``digest`` names what is kept of it.
    """

    place: int
    picture: Picture
    standing: Standing = Standing.WANTED
    why: str = ""
    tries: int = 0
    due: datetime | None = None
    digest: str | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether its turn has come."""
        return self.standing in WAITING and (self.due is None or self.due <= now)
