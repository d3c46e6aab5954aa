"""Frozen values to JSON text in a column, and back, by their types."""

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

Value = TypeVar("Value")


def dump(value: object) -> str:
    """The JSON text of a dataclass, or of a tuple of them."""
    return msgspec.json.encode(value).decode()


def load(text: str, type_: type[Value]) -> Value:
    """The value of ``type_`` that ``dump`` wrote."""
    value: Value = _decoder(cast("Any", type_)).decode(text)
    return value


def load_or_none(text: str | None, type_: type[Value]) -> Value | None:
    """The same for a column that may be empty."""
    return None if text is None else load(text, type_)


@cache
def _decoder(type_: Any) -> Any:
    """Made once: what a type consists of is found out anew for each text otherwise."""
    return msgspec.json.Decoder(type_)
