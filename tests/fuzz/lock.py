"""Something that is opened by what only one party can have written."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lock:
    """``good`` opens it; ``same`` tells whether another spelling is read as the same bytes, by a standard's leave."""

    name: str
    good: str
    opens: Callable[[str], bool]
    same: Callable[[str], bool] = lambda _: False
