"""What of the machine fails relay: a disk, open files, a database that does not answer, or its own installation."""

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SCARCE = 200 * 1024 * 1024
"""Bytes: with less than that left a disk is nearly full."""


class Ailment(StrEnum):
    """What is wrong; ``SCARCE`` alone is a warning, all else keeps something from being written."""

    FULL = "full"
    READ_ONLY = "read-only"
    FAULTY = "faulty"
    OPEN_FILES = "open-files"
    AWAY = "away"
    BROKEN = "broken"
    SCARCE = "scarce"


@dataclass(frozen=True, slots=True)
class Ailing:
    """``place`` is ``database``, ``feeds`` or ``process``; ``where`` its file or folder; ``since`` when it began."""

    place: str
    where: str
    what: Ailment
    since: datetime

    @property
    def is_serious(self) -> bool:
        """Whether something cannot be written now."""
        return self.what is not Ailment.SCARCE


SENTENCES = {
    Ailment.FULL: "the disk of the {place} is full: make room there, relay goes on by itself",
    Ailment.READ_ONLY: "the {place} cannot be written: make its disk and folder writable, relay goes on by itself",
    Ailment.FAULTY: "the disk of the {place} fails (input/output error): see the system's log, "
    "save what can still be read, and replace it",
    Ailment.OPEN_FILES: "relay may open no more files: raise the limit (ulimit -n, or LimitNOFILE= of systemd) "
    "or close connections, relay goes on by itself",
    Ailment.AWAY: "the {place} does not answer: see whether it runs and can be reached, relay goes on by itself",
    Ailment.BROKEN: "a part of the {place} cannot be loaded: was another version installed while it ran? begin it "
    "anew, and install it anew if that does not help",
    Ailment.SCARCE: "the disk of the {place} has less than 200 MB left: make room there soon",
}


def sentence(ailing: Ailing) -> str:
    """Which, what, and what to do: for the operator."""
    return SENTENCES[ailing.what].format(place=f"{ailing.place} ({ailing.where})")


def public_sentence(ailing: Ailing) -> str:
    """The same for whoever asks: where files lie is nobody else's business."""
    return SENTENCES[ailing.what].format(place=ailing.place)


_NUMBERS = {
    errno.ENOSPC: Ailment.FULL,
    errno.EDQUOT: Ailment.FULL,
    errno.EROFS: Ailment.READ_ONLY,
    errno.EIO: Ailment.FAULTY,
    errno.EMFILE: Ailment.OPEN_FILES,
    errno.ENFILE: Ailment.OPEN_FILES,
}
_OF_FILES = {errno.EACCES: Ailment.READ_ONLY, errno.EPERM: Ailment.READ_ONLY}
"""Said of connections too, where they mean something else: they count only where a file is named."""
_WORDS = (
    # SQLite's own words (https://www.sqlite.org/rescode.html), then PostgreSQL's.
    (re.compile(r"database or disk is full|No space left on device", re.IGNORECASE), Ailment.FULL),
    (re.compile(r"attempt to write a readonly database|in a read-only transaction"), Ailment.READ_ONLY),
    (re.compile(r"disk I/O error"), Ailment.FAULTY),
    (re.compile(r"Too many open files|unable to open database file"), Ailment.OPEN_FILES),
)


def ailment_of(error: BaseException) -> Ailment | None:
    """What an error, or what it came from, says of the machine; ``None`` where it is about something else.

    A part that cannot be loaded may be one that others do without: what came of that is not its fault.
    """
    if isinstance(error, ImportError):
        return Ailment.BROKEN
    return next((found for one in _beneath(error) if (found := _of(one)) is not None), None)


def _beneath(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = getattr(cause, "orig", None) or cause.__cause__ or cause.__context__


def _of(error: BaseException) -> Ailment | None:
    if isinstance(error, OSError):
        number = error.errno or 0
        return _NUMBERS.get(number) or (_OF_FILES.get(number) if error.filename else None)
    if not hasattr(error, "sqlite_errorcode") and not hasattr(error, "sqlstate"):
        return None
    said = next((what for words, what in _WORDS if words.search(str(error))), None)
    return said or (Ailment.AWAY if _is_away(error) else None)


def _is_away(error: BaseException) -> bool:
    """A connection that could not be had, or is no more; of psycopg, where it has no code of the server's, or these."""
    code = getattr(error, "sqlstate", "")
    if code is None:
        return type(error).__name__ in {"OperationalError", "ConnectionTimeout"}
    return bool(code) and (code[:2] == "08" or code in _GOING)


_GOING = frozenset({"57P01", "57P02", "57P03"})
"""Shut down by its administrator, crashed, not up yet (PostgreSQL, Appendix A)."""


def is_of_files(error: BaseException) -> bool:
    """Whether it was a file's, and not the database's."""
    return any(isinstance(one, OSError) and _of(one) is not None for one in _beneath(error))
