"""What is measured of a daemon while it is at work: its memory, and how long its pages take."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

EVERY = 0.1
"""Seconds between two looks."""


@dataclass(slots=True)
class Measured:
    """``most`` is the most memory that it had, in bytes, ``pages`` the seconds that each page took."""

    process: int
    page: httpx.Client
    most: int = 0
    pages: list[float] = field(default_factory=list)
    failed: int = 0
    _threads: list[threading.Thread] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Until ``end``, side by side with whoever asks."""
        for look in (self._look_at_memory, self._look_at_pages):
            self._threads.append(threading.Thread(target=self._again, args=(look,), daemon=True))
            self._threads[-1].start()

    def end(self) -> None:
        """No more looks."""
        self._ended.set()
        for one in self._threads:
            one.join(30)

    def _again(self, look: object) -> None:
        assert callable(look)
        while not self._ended.wait(EVERY):
            look()

    def _look_at_memory(self) -> None:
        self.most = max(self.most, memory(self.process))

    def _look_at_pages(self) -> None:
        began = time.monotonic()
        try:
            is_good = self.page.get("/sources").status_code == 200
        except httpx.HTTPError:
            is_good = False
        self.failed += not is_good
        self.pages.append(time.monotonic() - began)


def memory(process: int) -> int:
    """Bytes in use, as the kernel counts them (VmRSS); 0 of a process that is no more."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


def percentile(seconds: list[float], share: float) -> float:
    """So many of them took no longer."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] if seconds else 0.0
