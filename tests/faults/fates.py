"""What the other side of a call sees of a fault: the forms that each has."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from tests.fakes.wire import Call, Reply
from tests.faults.kinds import Effect, Kind
from tests.faults.line import Line

Way = Literal["reply", "short", "close", "reset", "hold", "begun", "noise"]
"""The whole reply; half of it; nothing; nothing and a reset; silence; half of a first line; noise instead of TLS."""
_PAGE = b"<html><body>We are sorry</body></html>"
_ERRORS = (
    Reply(500, b'{"error":"Internal Server Error"}'),
    Reply(502, _PAGE, {"content-type": "text/html"}),
    Reply(504, _PAGE, {"content-type": "text/html"}),
    Reply(520, b""),
)
_BUSY = (
    Reply(503, b'{"error":"There was a temporary problem serving your request, please try again"}'),
    Reply(503, _PAGE, {"content-type": "text/html"}),
    Reply(503, _PAGE, {"content-type": "text/html", "retry-after": "5"}),
)
_AFTER: tuple[Mapping[str, str], ...] = (
    {"retry-after": "7"},
    {"retry-after": "0"},
    {"retry-after": "-3"},
    {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"},
    {},
)
_TOO_MANY = tuple(Reply(429, b'{"error":"Too many requests"}', headers) for headers in _AFTER)
_REPLIES = {Kind.ERROR_AFTER: _ERRORS, Kind.IN_FLIGHT: _BUSY, Kind.LIMITED: _TOO_MANY}
_WAYS: Mapping[Kind, tuple[Way, ...]] = {
    Kind.LOST: ("close", "reset", "begun"),
    Kind.TIMEOUT: ("hold",),
    Kind.TLS_CUT: ("close", "begun", "noise"),
    Kind.RESET_AFTER: ("reset",),
}
_NAMES = {"id", "uri", "event_id", "ts", "message_id", "link", "url", "slug"}
_HEADERS = {"x-restli-id": "urn:li:share:1", "location": "https://blog.example/notes/another"}


@dataclass(frozen=True, slots=True)
class Fate:
    """How the answer to one call ends."""

    way: Way
    reply: Reply | None = None


def fate(line: Line, call: Call, effect: Effect | None) -> Fate:
    """What becomes of one call; without an ``effect`` it goes well."""
    if line.plan.kind is Kind.REPEAT_ERROR and line.row.is_publishing(call.method, call.path):
        return _of_repeat(line, call, effect)
    if effect is None:
        return Fate("reply", line.answer(call))
    if not line.row.is_publishing(call.method, call.path):
        return _of_reading(line, call)
    return _of(line, line.done(call, effect))


def _of_repeat(line: Line, call: Call, effect: Effect | None) -> Fate:
    """The first answer is lost; whoever sends the same again is told 500, whatever became of the first."""
    if effect is None:
        return Fate("reply", line.answer(call))
    if line.repeats(call):
        return Fate("reply", _ERRORS[0])
    line.done(call, effect)
    return Fate("close")


def _of(line: Line, reply: Reply | None) -> Fate:
    kind, variant = line.plan.kind, line.plan.variant >> 1
    if kind in _WAYS:
        return Fate(_pick(_WAYS[kind], variant))
    if kind in _REPLIES:
        return Fate("reply", _pick(_REPLIES[kind], variant))
    if reply is None:
        return Fate("reset")
    return _truncated(reply, variant) if kind is Kind.TRUNCATED else Fate("reply", misnamed(reply, variant))


def _of_reading(line: Line, call: Call) -> Fate:
    """What befalls a call that only asks is the same, but for what it would leave behind."""
    if line.plan.kind is Kind.TRUNCATED:
        return _truncated(line.answer(call), line.plan.variant >> 1)
    return _of(line, None)


def _truncated(reply: Reply, variant: int) -> Fate:
    """The connection ends before the answer does, or the answer before its JSON does."""
    half = reply.body[: (variant >> 2) % max(len(reply.body), 1)]
    return Fate("short", reply) if variant & 1 else Fate("reply", replace(reply, body=half))


def misnamed(reply: Reply, variant: int) -> Reply:
    """The same answer, with another's name in it, or with one that is none."""
    if reply.status >= 300:
        return reply
    other: Any = ("1", None, 7, "", {"a": 1})[variant % 5]
    headers = {
        name: (told if name not in _HEADERS else (_HEADERS[name] if variant & 1 else ""))
        for name, told in reply.headers.items()
    }
    try:
        body = json.dumps(_renamed(json.loads(reply.body), other)).encode()
    except ValueError:
        body = reply.body
    return Reply(reply.status, body, headers)


def _renamed(told: Any, other: Any) -> Any:
    match told:
        case dict():
            return {name: other if name in _NAMES else _renamed(one, other) for name, one in told.items()}
        case list():
            return [_renamed(one, other) for one in told]
    return told


def _pick(among: tuple[Any, ...], variant: int) -> Any:
    return among[variant % len(among)]
