"""The last fetches of a source at a glance: one bar each, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass

from relay.core.fetched import Fetch
from relay.storage.fetches import KEPT

WIDTH, STEP, HEIGHT = 5, 8, 28
"""Of a bar, from one to the next, of the tallest; units of the drawing."""
_HEIGHTS = {"same": 8, "read": 16, "news": HEIGHT, "failed": HEIGHT}


@dataclass(frozen=True, slots=True)
class Bar:
    """``kind``: ``same`` (304), ``read`` (nothing new), ``news`` or ``failed``. The newest stands last."""

    kind: str
    x: int
    y: int
    height: int


def kind(fetch: Fetch) -> str:
    """What came of a fetch."""
    if fetch.new or fetch.edited:
        return "news"
    return {"304": "same", "200": "read", "226": "read"}.get(fetch.answer[:3], "failed")


def bars(log: Sequence[Fetch]) -> list[Bar]:
    """One bar a fetch, those of a young source at the right; ``log`` is newest first."""
    kinds = [kind(fetch) for fetch in log[:KEPT]]
    places = range(KEPT - 1, -1, -1)
    return [
        Bar(kind, place * STEP, HEIGHT - _HEIGHTS[kind], _HEIGHTS[kind])
        for kind, place in zip(kinds, places, strict=False)
    ]


def counts(log: Sequence[Fetch]) -> dict[str, int]:
    """How many of each kind."""
    kinds = [kind(fetch) for fetch in log]
    return {name: kinds.count(name) for name in _HEIGHTS}
