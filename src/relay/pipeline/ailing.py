"""What of the machine fails relay now: noted where a step fails of it, looked into until it is over.

It is in memory alone: a disk that is full would not take it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from relay.core.ailment import SCARCE, Ailing, Ailment, ailment_of, is_of_files, sentence
from relay.storage import probing
from relay.storage.database import Database
from relay.storage.owning import file_of

log = logging.getLogger("relay")

LOOK = timedelta(seconds=10)
"""How often it is looked where nothing is known to be wrong; what is wrong is looked at each time."""

PROCESS = "process"
DATABASE = "database"
FEEDS = "feeds"


@dataclass(slots=True)
class Ailments:
    """What is wrong by its place. Threads share it; each change puts a new dictionary in place of the old."""

    known: dict[str, Ailing] = field(default_factory=dict)
    looked_at: datetime | None = None

    def found(self) -> tuple[Ailing, ...]:
        """All of it, what is serious first."""
        return tuple(sorted(self.known.values(), key=lambda one: (not one.is_serious, one.place)))

    def set(self, place: str, where: str, what: Ailment, now: datetime) -> None:
        """It is so. What goes on has the beginning that it had."""
        before = self.known.get(place)
        if before is not None and before.what is what:
            return
        new = Ailing(place, where, what, now)
        self.known = {**self.known, place: new}
        self._say_over(before)
        log.log(logging.ERROR if new.is_serious else logging.WARNING, "%s", sentence(new))

    def clear(self, place: str) -> None:
        """It is over."""
        before = self.known.get(place)
        self.known = {one: ailing for one, ailing in self.known.items() if one != place}
        self._say_over(before)

    def _say_over(self, before: Ailing | None) -> None:
        if before is not None and before.is_serious:
            log.warning(
                "it is over, relay goes on; since %s it was so: %s", f"{before.since:%H:%M:%SZ}", sentence(before)
            )

    @property
    def is_broken(self) -> bool:
        """Whether a part of relay cannot be loaded: that is over with the process."""
        known = self.known.get(PROCESS)
        return known is not None and known.what is Ailment.BROKEN

    @property
    def is_any(self) -> bool:
        """Whether something cannot be written now."""
        return any(one.is_serious for one in self.known.values())


@dataclass(frozen=True, slots=True)
class Places:
    """Where relay writes: its database, and the folder of the feeds with those above it that there are."""

    db: Database
    feeds: Path

    def where(self, place: str) -> str:
        """As a person finds it."""
        return {DATABASE: str(file_of(self.db) or "PostgreSQL"), FEEDS: str(self.feeds)}.get(place, "")

    def folder(self, place: str) -> Path | None:
        """``None`` where the database is another machine's."""
        file = file_of(self.db)
        folder = self.feeds if place == FEEDS else file.parent if file else None
        return next((one for one in (folder, *folder.parents) if one.is_dir()), None) if folder else None


def note(ailments: Ailments, places: Places, error: BaseException, now: datetime) -> Ailing | None:
    """What a step failed of, if that was the machine; it is cleared when a look finds it over."""
    what = _of(error)
    if what is None:
        return None
    if what is Ailment.BROKEN:
        ailments.set(PROCESS, str(error), what, now)
        return ailments.known.get(PROCESS)
    place = PROCESS if what is Ailment.OPEN_FILES else FEEDS if is_of_files(error) else DATABASE
    ailments.set(place, places.where(place), what, now)
    return ailments.known.get(place)


def look(ailments: Ailments, places: Places, now: datetime) -> None:
    """Try to write wherever relay writes, if that is due."""
    at = ailments.looked_at
    if not ailments.is_any and at is not None and timedelta(0) <= now - at < LOOK:
        return
    ailments.looked_at = now
    if _tried(probing.open_some):
        ailments.set(PROCESS, "", Ailment.OPEN_FILES, now)
        return  # nothing else can be tried
    if not ailments.is_broken:
        ailments.clear(PROCESS)
    for place in (DATABASE, FEEDS):
        _judge(ailments, places, place, _tried(partial(_write, places, place)), now)


def _judge(ailments: Ailments, places: Places, place: str, error: Exception | None, now: datetime) -> None:
    scarce = Ailment.SCARCE if error is None and _is_scarce(places, place) else None
    what = _of(error) if error is not None else scarce
    if what is not None:
        ailments.set(place, places.where(place), what, now)
    elif error is None:
        ailments.clear(place)
    else:
        log.warning("whether the %s can be written is not known: %s", place, error)


def _of(error: BaseException) -> Ailment | None:
    """SQLite says the same of a folder that it may not write into and of too many open files."""
    what = ailment_of(error)
    is_other = what is Ailment.OPEN_FILES and not _tried(probing.open_some)
    return Ailment.READ_ONLY if is_other else what


def _write(places: Places, place: str) -> None:
    folder = places.folder(place)
    if folder is not None:
        probing.write_into(folder)
    if place == DATABASE:
        probing.write_row(places.db)


def _is_scarce(places: Places, place: str) -> bool:
    folder = places.folder(place)
    return folder is not None and probing.free(folder) < SCARCE


def _tried(write: Callable[[], None]) -> Exception | None:
    try:
        write()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is judged
        return error
    return None
