"""A record of the log as one line of JSON (RFC 8259), for programs that gather the logs of many services."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

Value = str | int | float | bool | None

OWN = ("time", "level", "logger", "message", "exception")
"""The names that every line keeps for itself."""


class Json(logging.Formatter):
    """Writes an object with ``OWN`` names, and those by which the message itself names its parts.

    ``log.info("%(source)s: gone", {"source": "cget"})`` has ``"source": "cget"`` beside its message. ``hide`` covers
    what a text should not show: before it is quoted, for afterwards a secret may be spelt with backslashes.
    """

    def __init__(self, hide: Callable[[str], str] = str) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """One object, on one line; ``time`` is UTC (RFC 3339), ``exception`` the whole traceback."""
        line = {name: self._shown(value) for name, value in self._parts(record)}
        return json.dumps(line, ensure_ascii=False)

    def _parts(self, record: logging.LogRecord) -> Iterator[tuple[str, object]]:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        yield "time", time.replace("+00:00", "Z")
        yield "level", record.levelname.lower()
        yield "logger", record.name
        yield "message", record.getMessage()
        if isinstance(record.args, Mapping):
            yield from ((str(name), value) for name, value in record.args.items() if name not in OWN)
        if record.exc_info:
            yield "exception", self.formatException(record.exc_info)

    def _shown(self, value: object) -> Value:
        return value if isinstance(value, int | float | None) else self._hide(str(value))
