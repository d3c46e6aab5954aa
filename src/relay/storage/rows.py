"""Frozen values to JSON text in a column, and back, by their types."""

from typing import TypeVar

import msgspec

Value = TypeVar("Value")


def dump(value: object) -> str:
    """The JSON text of a dataclass, or of a tuple of them."""
    return msgspec.json.encode(value).decode()


def load(text: str, type_: type[Value]) -> Value:
    """The value of ``type_`` that ``dump`` wrote."""
    return msgspec.json.decode(text, type=type_)


def load_or_none(text: str | None, type_: type[Value]) -> Value | None:
    """The same for a column that may be empty."""
    return None if text is None else load(text, type_)
