"""A wall clock that was set back: what was written by it before is dated in a time that is still to come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERATED = timedelta(minutes=2)
"""Clocks of several workers may differ by less than a lease, and one that is put right by less does no harm."""


@dataclass(frozen=True, slots=True)
class SetBack:
    """``was`` is the last moment that was read on it before, ``now`` the first one after."""

    was: datetime
    now: datetime

    @property
    def by(self) -> timedelta:
        """How far."""
        return self.was - self.now

    def moved(self, moment: datetime | None) -> datetime | None:
        """What is still to come is as far from now as it was from then; what is past stays, and so does ``None``."""
        return moment - self.by if moment is not None and moment > self.now else moment


def set_back(was: datetime | None, now: datetime) -> SetBack | None:
    """Whether the clock that said ``was`` has been set back since; ``None`` where it was not."""
    return SetBack(was, now) if was is not None and was - now > TOLERATED else None
