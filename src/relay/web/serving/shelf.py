"""Answers that stand ready: what was asked for once is there for all who ask in the same words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.types import Scope

from relay.core.feed import OutgoingFeed
from relay.web import security
from relay.web.conditional import is_current
from relay.web.serving import negotiation
from relay.web.serving.answer import Found, current, whole
from relay.web.serving.freshness import Freshness
from relay.web.serving.ready import Stamp
from relay.web.serving.stock import Stock

MOST = 2048
"""Answers. A day's readers ask in a few dozen ways; whoever invents more has the shelf cleared, and no more."""
LONGEST = 1024
"""Bytes of an address with its wishes: what is longer never stands ready."""

Headers = list[tuple[bytes, bytes]]
Answer = tuple[int, Headers, bytes]
Key = tuple[str, bytes, bytes]
Beside = tuple[tuple[Path, bool], ...]
"""Files that decided what an address stands for, by being there or not."""

_ABSENT = b"\0"
_ELSEWHERE = frozenset({b"content-length", b"transfer-encoding"})
_NOT_WHOLE = frozenset({b"a-im", b"range"})


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer, all but its body. It is good while its file has this ``stamp`` and ``beside`` is as it was.

    ``feed`` says for how long readers may keep it; ``None`` where the headers do.
    """

    file: Path
    stamp: Stamp
    coding: str
    etag: str
    modified: datetime
    whole: Headers
    current: Headers
    feed: OutgoingFeed | None
    beside: Beside


class Shelf:
    """Put from any thread, taken in one; bodies stay in the ``stock``."""

    def __init__(self, stock: Stock, freshness: Freshness, public_url: str) -> None:
        self._stock, self._freshness, self._public = stock, freshness, public_url
        self._standing: dict[Key, Standing] = {}

    def put(self, scope: Scope, found: Found, feed: OutgoingFeed, beside: Beside) -> None:
        """Keep what was found for a request, for the next of its kind."""
        asked = _asked(scope)
        key = _key(scope, asked) if asked is not None else None
        if asked is None or key is None:
            return
        if len(self._standing) >= MOST:
            self._standing.clear()
        accepted = asked.get(b"accept-encoding")
        coding = negotiation.coding(accepted.decode("latin-1") if accepted is not None else None, found.ready.bodies)
        self._standing[key] = self._stand(found, coding, None if found.is_steady else feed, beside)

    def take(self, scope: Scope) -> Answer | None:
        """The answer to a request; ``None`` for what has to be looked into. Nothing is read, no table is asked."""
        found = self.look(scope)
        if found is None:
            return None
        one, is_current = found
        body, lasting = self.body(one), self.lasting(one)
        if body is None or lasting is None:
            return None
        return (304, one.current + lasting, b"") if is_current else (200, one.whole + lasting, body)

    def look(self, scope: Mapping[str, Any]) -> tuple[Standing, bool] | None:
        """What stands for a request, and whether its reader has that already; it may be no longer good."""
        asked = _asked(scope)
        key = _key(scope, asked) if asked is not None else None
        one = self._standing.get(key) if key is not None else None
        if asked is None or one is None:
            return None
        is_current = _has(asked, one)
        return (one, is_current) if is_current or _NOT_WHOLE.isdisjoint(asked) else None

    def body(self, one: Standing) -> bytes | None:
        """The body, if nothing has changed on the disk."""
        try:
            ready = self._stock.held(one.file)
        except OSError:
            return None
        if ready is None or ready.stamp != one.stamp or any(file.is_file() != was for file, was in one.beside):
            return None
        return ready.bodies.get(one.coding)

    def lasting(self, one: Standing) -> Headers | None:
        """For how long it may be kept, unless its headers say so; ``None`` where tables would have to be asked."""
        if one.feed is None:
            return []
        seconds = self._freshness.known(one.feed)
        return None if seconds is None else [(b"cache-control", b"public, max-age=%d" % seconds)]

    def _stand(self, found: Found, coding: str, feed: OutgoingFeed | None, beside: Beside) -> Standing:
        ready = found.ready
        full, short = whole(found, coding), current(found, coding)
        return Standing(
            file=found.file,
            stamp=ready.stamp,
            coding=coding,
            etag=ready.etag(coding),
            modified=ready.modified,
            whole=self._lines(full, is_lasting=feed is None),
            current=self._lines(short, is_lasting=feed is None),
            feed=feed,
            beside=beside,
        )

    def _lines(self, response: Response, *, is_lasting: bool) -> Headers:
        """The headers as they are sent, without how long it may be kept unless that never changes."""
        security.complete(response.headers, self._public)
        return [line for line in response.raw_headers if is_lasting or line[0] != b"cache-control"]


def _asked(scope: Mapping[str, Any]) -> Mapping[bytes, bytes] | None:
    """The headers of a plain request; ``None`` for one with a body, or with a header twice."""
    lines = scope["headers"]
    asked = dict(lines)
    return asked if len(asked) == len(lines) and _ELSEWHERE.isdisjoint(asked) else None


def _key(scope: Mapping[str, Any], asked: Mapping[bytes, bytes]) -> Key | None:
    key = (scope["path"], asked.get(b"accept", _ABSENT), asked.get(b"accept-encoding", _ABSENT))
    return key if sum(map(len, key)) <= LONGEST else None


def _has(asked: Mapping[bytes, bytes], one: Standing) -> bool:
    """Whether the reader has it already."""
    conditions = {
        name: asked[name.encode()].decode("latin-1")
        for name in ("if-none-match", "if-modified-since")
        if name.encode() in asked
    }
    if not conditions:
        return False
    return conditions.get("if-none-match") == one.etag or is_current(conditions, one.etag, one.modified)
