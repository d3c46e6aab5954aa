"""The ``reader`` of PyPI, as its documentation says that it should be used."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from reader import FeedExistsError, FeedNotFoundError, ParseError, make_reader

from tests.polling.documents import START
from tests.polling.reader import Reader, Stored, UnsupportedError, Word


def reader(folder: Path, *, gap: float, per_second: float) -> Reader:
    """``reader`` on a database of its own; it knows no pace, so that there is none to set."""
    return PeerReader(folder / "reader.db")


def _unsupported(*_: object) -> Any:
    raise UnsupportedError


@dataclass(slots=True)
class PeerReader:
    """One feed for each address that was added. It has neither pushes nor editors, finds nothing and publishes nothing."""

    path: Path
    name: str = "reader"
    now: datetime = START
    timeout: float = 60.0
    _open: Any = field(default=None)

    def add(self, url: str, **options: Any) -> None:
        if options:
            raise UnsupportedError
        try:
            self._reader().add_feed(url)
        except FeedExistsError:
            return

    def tick(self, now: datetime) -> None:
        self.now = now
        self._reader().update_feeds()

    def refresh(self, url: str, now: datetime) -> None:
        self.now = now
        try:
            self._reader().update_feed(url)
        except ParseError:
            return

    pushed = find = queued = published = _unsupported

    def restart(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None

    def hurry(self, seconds: float) -> float:
        """It has a limit for each read, and none for all of them."""
        self.restart()
        self.timeout = seconds
        return math.inf

    def entries(self, url: str) -> list[Stored]:
        return [
            Stored(
                (entry.feed_url, entry.id),
                entry.id,
                entry.title,
                entry.link,
                entry.published or entry.updated or entry.added,
                " ".join([entry.summary or "", *(content.value for content in entry.content)]),
            )
            for entry in self._reader().get_entries(feed=url)
        ]

    def told(self, url: str) -> Word:
        try:
            feed = self._reader().get_feed(url)
        except FeedNotFoundError:
            return Word("unknown", is_error=True)
        failure = feed.last_exception
        lines = [f"next: {feed.update_after}", f"broken: {failure.value_str}" if failure else "ok"]
        return Word("\n".join(lines), is_error=failure is not None)

    def close(self) -> None:
        self.restart()

    def _reader(self) -> Any:
        if self._open is None:
            self._open = make_reader(str(self.path), session_timeout=self.timeout)
            self._open._now = lambda: self.now
        return self._open
