"""Which documents are not read any more: those that ended the process that read them."""

from dataclasses import dataclass
from datetime import datetime

STRIKES = 3
"""Processes in a row that a source's documents may end; after that the same bytes are not read again."""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """``digest`` is the SHA-256 of the last document that did it, ``why`` a sentence, ``at`` when that was."""

    digest: str
    strikes: int
    why: str
    at: datetime

    @property
    def is_closed(self) -> bool:
        """Whether this document is held back; before that it is tried once more."""
        return self.strikes >= STRIKES


def struck(known: Quarantine | None, digest: str, why: str, now: datetime) -> Quarantine:
    """One more process has ended over a document of this source, the same or another."""
    return Quarantine(digest, known.strikes + 1 if known else 1, why, now)


def refusal(known: Quarantine | None, digest: str) -> str | None:
    """Why this document is not read, in a sentence; a document that has changed is tried."""
    if known is None or not known.is_closed or known.digest != digest:
        return None
    return (
        f"This document is in quarantine: {known.strikes} times the process that read it had to be ended. "
        f"{known.why} It is read again when it changes, or when somebody asks for the whole feed."
    )
