"""Files that are looked at again and again: whether what they say has changed, and has stayed so for a while."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

LOOK = 5.0
"""Seconds between two looks."""

Mark = tuple[int, int, int, int] | None
"""What shows that a file may be another one, without reading it; ``None`` where there is none."""


def digest(file: Path) -> bytes:
    """What a file says; nothing where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b""


class Watch:
    """``known`` is the digest of the first of the ``files`` as it was read, be it before they are watched.

    The first names the others, so that they are asked for anew when anything has changed.
    """

    def __init__(self, files: Callable[[], Sequence[Path]], known: bytes) -> None:
        self._named = files
        self._name(known)

    def _name(self, known: bytes) -> None:
        self._files = self._named()
        self._seen: tuple[Mark, ...] = ()
        self._looked = (known, *map(digest, self._files[1:]))
        self._judged: tuple[Mark, ...] = ()

    def is_changed(self) -> bool:
        """Whether they say something else than when this was last so, and are as they were a look ago.

        A file that an editor is writing changes between two looks. What was only touched, or put there anew with the
        same in it, has not changed.
        """
        now = tuple(map(_mark, self._files))
        is_settled, self._seen = now == self._seen, now
        if not is_settled or now == self._judged:
            return False
        self._judged = now
        before, self._looked = self._looked, tuple(map(digest, self._files))
        if self._looked == before:
            return False
        self._name(self._looked[0])
        return True

    def begin(self, changed: Callable[[], object], ended: threading.Event) -> None:
        """Look in a thread of its own until it has ``ended``; call ``changed`` each time that they are."""
        threading.Thread(target=self._go_on, args=(changed, ended), daemon=True).start()

    def _go_on(self, changed: Callable[[], object], ended: threading.Event) -> None:
        while not ended.wait(LOOK):
            if self.is_changed():
                changed()


def _mark(file: Path) -> Mark:
    """Of what a link leads to: a ConfigMap is changed by another link."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev
