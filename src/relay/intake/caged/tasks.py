"""What can be asked of a process that reads documents: names, and the functions behind them, loaded when asked for."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, get_type_hints

import msgspec

TASKS = {
    "feed": "relay.intake.parse:attempt",
    "page": "relay.intake.finding.scrape:scrape",
    "named": "relay.intake.finding.discover:discover",
    "candidates": "relay.intake.finding.discover:candidates",
    "proposals": "relay.intake.finding.propose:propose",
    "article": "relay.intake.fulltext:article",
    "pictures": "relay.intake.pictures.look:pictures_of",
    "renditions": "relay.intake.pictures.rendition:renditions",
    "chosen": "relay.intake.pictures.rendition:chosen",
}
ENCODER = msgspec.msgpack.Encoder()


def done(name: str, arguments: bytes | msgspec.Raw) -> bytes:
    """What the function of this name says of its ``arguments``; whatever it raises is raised."""
    function, takes = _function(name)
    return ENCODER.encode(function(*takes.decode(arguments)))


@cache
def _function(name: str) -> tuple[Callable[..., Any], "msgspec.msgpack.Decoder[Any]"]:
    module, _, called = TASKS[name].partition(":")
    function = getattr(import_module(module), called)
    hints = get_type_hints(function)
    positional = function.__code__.co_varnames[: function.__code__.co_argcount]
    return function, msgspec.msgpack.Decoder(tuple[tuple(hints[one] for one in positional)])  # type: ignore[misc]
