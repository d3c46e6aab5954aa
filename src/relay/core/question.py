"""What relay asks an editor about a source, once, instead of deciding alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened, and so what may be answered.

    ``FLOOD``, ``RENAMED``: many entries at once, or all under new guids: nothing of it was queued. Yes queues it.
    ``GONE``, ``MISSING``: the feed is gone (410), or has long been missing (404). Yes moves the source to ``subject``.
    ``MOVED``: the source is asked at a new address, ``subject``, from now on; there is nothing to answer.
    ``SAME``: its entry tells what another source's does, and was merged into that one. No parts them. ``subject`` is
    the address of its entry, or empty where several are in question that nobody was to announce anyway.
    """

    FLOOD = "flood"
    RENAMED = "renamed"
    GONE = "gone"
    MISSING = "missing"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Question:
    """``subject`` is an address or empty; ``entries`` are the identifiers of the entries in question."""

    id: int
    source_id: str
    kind: Kind
    subject: str
    entries: tuple[int, ...]
    asked_at: datetime
    answered_at: datetime | None = None
    answer: str = ""
    by: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether there are two answers; otherwise it is only to be taken note of."""
        if self.kind in {Kind.FLOOD, Kind.RENAMED, Kind.SAME}:
            return bool(self.entries)
        return self.kind is not Kind.MOVED and bool(self.subject)
