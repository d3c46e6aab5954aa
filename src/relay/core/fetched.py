"""One fetch of a source, as it is remembered."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetch:
    """What was asked when, what came of it, and what it cost: bytes of the document, or those a 304 saved; seconds.

    ``notes`` are sentences for a person: what had to be repaired, what was clamped, frozen or left out.
    """

    at: datetime
    answer: str
    url: str
    size: int = 0
    saved: int = 0
    seconds: float = 0.0
    new: int = 0
    edited: int = 0
    notes: tuple[str, ...] = ()
