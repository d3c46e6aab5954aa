"""What the provider says of itself, asked for once in a while: strangers press the button too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock

import httpx

from relay.core.signing.ways import Provider
from relay.web.signing.vouching import Places, places

GOOD = timedelta(minutes=10)
"""How long it is believed."""
SILENT = timedelta(seconds=10)
"""How long after it said nothing that can be used it is not asked again."""
LINE = 8
"""Visitors for whom the provider is being asked; pages keep their threads, however slow it is."""


@dataclass(frozen=True, slots=True)
class _Told:
    places: Places | None
    at: datetime
    until: datetime


class Discovery:
    """Of one provider, for as long as the pages run."""

    def __init__(self) -> None:
        self._told: _Told | None = None
        self._asking, self._line = Lock(), BoundedSemaphore(LINE)

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether there is a place in the line; it is given back at the end."""
        has_place = self._line.acquire(blocking=False)
        try:
            yield has_place
        finally:
            if has_place:
                self._line.release()

    def places(self, http: httpx.Client, provider: Provider, now: datetime) -> Places | None:
        """What it says, or said not long ago; one asks, and whoever comes meanwhile waits for that answer."""
        with self._asking:
            if self._told is None or not self._told.at <= now < self._told.until:
                found = places(http, provider)
                self._told = _Told(found, now, now + (GOOD if found else SILENT))
            return self._told.places
