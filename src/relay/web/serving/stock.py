"""The documents that stand ready in memory."""

import hashlib
from collections import OrderedDict
from datetime import UTC, datetime
from os import fstat
from pathlib import Path
from threading import Lock

from relay.publish.compression import SUFFIXES
from relay.web.serving.history import History
from relay.web.serving.ready import IDENTITY, Ready

MOST = 64 * 1024 * 1024
"""Bytes of documents in memory; the longest unasked leave first."""


class Stock:
    """Thread-safe; what is read is remembered in ``history``."""

    def __init__(self, most: int = MOST) -> None:
        self.history = History()
        self._most = most
        self._lock = Lock()
        self._documents: OrderedDict[Path, Ready] = OrderedDict()

    def ready(self, file: Path, media_type: str) -> Ready:
        """The document of a file as it is now; ``FileNotFoundError`` where there is none."""
        if held := self.held(file):
            return held
        ready = read(file, media_type)
        self.history.remember(file, ready)
        with self._lock:
            self._documents[file] = ready
            self._documents.move_to_end(file)
            while len(self._documents) > 1 and sum(map(_size, self._documents.values())) > self._most:
                self._documents.popitem(last=False)
        return ready

    def held(self, file: Path) -> Ready | None:
        """The same, if it stands in memory; nothing is read. ``FileNotFoundError`` where the file is no more."""
        status = file.stat()
        with self._lock:
            ready = self._documents.get(file)
            if ready is None or ready.stamp != (status.st_mtime_ns, status.st_size):
                return None
            self._documents.move_to_end(file)
            return ready


def read(file: Path, media_type: str) -> Ready:
    """Bytes and time of the same file, even while another takes its name, with the twins of this very version."""
    with file.open("rb") as opened:
        body, status = opened.read(), fstat(opened.fileno())
    packed = {coding: _twin(Path(f"{file}{suffix}"), status.st_mtime_ns) for coding, suffix in SUFFIXES.items()}
    bodies = {IDENTITY: body} | {coding: short for coding, short in packed.items() if short is not None}
    modified = datetime.fromtimestamp(status.st_mtime_ns // 1_000_000_000, UTC)
    digest = hashlib.sha256(body).hexdigest()[:32]
    stamp = (status.st_mtime_ns, status.st_size)
    from relay.web.serving.deltas import entries  # noqa: PLC0415  # nobody has asked for a feed before

    return Ready(media_type, modified, digest, bodies, entries(body, media_type), stamp)


def _twin(file: Path, moment: int) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read() if fstat(opened.fileno()).st_mtime_ns == moment else None
    except FileNotFoundError:
        return None


def _size(ready: Ready) -> int:
    return sum(map(len, ready.bodies.values()))
