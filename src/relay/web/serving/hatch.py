"""The hatch: whoever asks in the very bytes of one before them has the same answer; the request is not read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from relay.web.serving.shelf import Headers, Shelf, Standing

MOST = 1024
"""Requests that are known by their bytes. Readers send the same for years; whoever invents more has all forgotten."""
LONGEST = 2048
"""Bytes of a request that may be known so."""

Answer = tuple[bytes, bytes]
"""A head and a body, which is empty where none is sent."""


@dataclass(slots=True)
class _Known:
    """What a request is answered with. ``head`` was put together for ``always``, the headers of every answer."""

    one: Standing
    is_current: bool
    has_body: bool
    always: Headers
    head: bytes


class Hatch:
    """Asked and told in one thread, beside a ``shelf`` that says whether an answer still stands."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[bytes, _Known] = {}

    def answer(self, asked: bytes, always: Headers) -> Answer | None:
        """The answer to a request; ``None`` where it has to be read. ``always`` is another list every second."""
        known = self._known.get(asked)
        if known is None:
            return None
        body = self._shelf.body(known.one)
        if body is None or (known.always is not always and not self._renewed(known, always)):
            del self._known[asked]
            return None
        return known.head, body if known.has_body else b""

    def learn(self, asked: bytes, scope: Mapping[str, Any], always: Headers) -> None:
        """Keep by its bytes a request that was read, where its answer stands on the shelf."""
        found = self._shelf.look(scope) if len(asked) <= LONGEST else None
        if found is None:
            return
        if len(self._known) >= MOST:
            self._known.clear()
        one, is_current = found
        known = _Known(one, is_current, not is_current and scope["method"] == "GET", always, b"")
        if self._renewed(known, always):
            self._known[asked] = known

    def _renewed(self, known: _Known, always: Headers) -> bool:
        """Whether it can be said again for how long the answer may be kept, and it is."""
        lasting = self._shelf.lasting(known.one)
        if lasting is None:
            return False
        status = HTTPStatus.NOT_MODIFIED if known.is_current else HTTPStatus.OK
        lines = [*always, *(known.one.current if known.is_current else known.one.whole), *lasting]
        head = b"".join(b"%s: %s\r\n" % line for line in lines)
        known.always, known.head = always, b"HTTP/1.1 %d %s\r\n%s\r\n" % (status, status.phrase.encode(), head)
        return True
