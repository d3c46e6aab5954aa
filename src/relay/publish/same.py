"""A value that is asked for by what it is, not by what it is like: comparing long texts is not free."""

from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[_T]):
    """The key of something that is made of ``value``, and kept as long as nobody brings another."""

    value: _T

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same."""
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        """By its place in memory, which nothing else has as long as it is kept here."""
        return id(self.value)
