"""What earlier versions of each feed held, and the news since."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from relay.publish.compression import compressed
from relay.web.serving.ready import IDENTITY, Ready

VERSIONS = 100
"""Versions of one feed that are remembered. At one every five minutes, those of eight hours."""
FILES = 1000
"""Documents with a past: the feeds of any service in every format. Archives never change, and a crawler asks for all of
them; the document that was longest neither written anew nor asked for its news leaves first."""

_Held = frozenset[str]


class History:
    """Thread-safe. Nothing is kept beyond the process: after a start, readers get a feed whole once."""

    def __init__(self, most: int = VERSIONS, files: int = FILES) -> None:
        self._most, self._files = most, files
        self._lock = Lock()
        self._past: OrderedDict[Path, OrderedDict[str, _Held]] = OrderedDict()
        self._made: dict[tuple[Path, str], dict[str, Ready | None]] = {}

    def __len__(self) -> int:
        """Documents with a past."""
        return len(self._past)

    def remember(self, file: Path, ready: Ready) -> None:
        """What this version holds; the deltas to the one before are forgotten."""
        if not ready.entries:
            return
        with self._lock:
            past = self._past.setdefault(file, OrderedDict())
            self._past.move_to_end(file)
            self._drop_deltas(file, past)
            past[ready.digest] = ready.entries
            past.move_to_end(ready.digest)
            while len(past) > self._most:
                past.popitem(last=False)
            while len(self._past) > self._files:
                self._drop_deltas(*self._past.popitem(last=False))

    def news(self, file: Path, ready: Ready, versions: Sequence[str]) -> tuple[str, Ready] | None:
        """The first of ``versions`` (digests) that is remembered, and what of ``ready`` is new to whoever has it.

        ``None`` where none is, or where the whole says it better.
        """
        with self._lock:
            past: OrderedDict[str, _Held] = self._past.get(file, OrderedDict())
            base = next((version for version in versions if version in past), None)
            if base is None:
                return None
            self._past.move_to_end(file)
            known, made = past[base], self._made.setdefault((file, ready.digest), {})
        if base not in made:
            made[base] = _delta(ready, known)
        delta = made[base]
        return (base, delta) if delta else None

    def _drop_deltas(self, file: Path, past: Iterable[str]) -> None:
        for version in past:
            self._made.pop((file, version), None)


def _delta(ready: Ready, known: _Held) -> Ready | None:
    """Without news, or with nothing but news, the whole document says more than a delta."""
    news = ready.entries - known
    if not news or news == ready.entries:
        return None
    from relay.web.serving.deltas import without  # noqa: PLC0415  # as in ``stock``

    body = without(ready.bodies[IDENTITY], ready.media_type, known)
    return replace(ready, bodies={IDENTITY: body, **compressed(body)}, entries=news)
