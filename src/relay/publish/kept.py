"""What is made of a value, kept for as long as it is that very value: comparing long texts is not free."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Generic, ParamSpec, TypeVar

Made = TypeVar("Made")
Value = TypeVar("Value")
Of = ParamSpec("Of")

_NUMBERS = count(1)


@lru_cache(maxsize=1024)
def numbered(value: Hashable) -> int:  # noqa: ARG001  # it is the key
    """A number for this value and its equals: in keys, so that it is looked through once and not for each of them."""
    return next(_NUMBERS)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Made]):
    """At the ``most`` so many; the oldest leave first. Thread-safe."""

    most: int
    _made: OrderedDict[Hashable, tuple[object, Made]] = field(default_factory=OrderedDict)

    def of(self, key: Hashable, values: object, make: Callable[Of, Made], *args: Of.args, **named: Of.kwargs) -> Made:
        """What was made for this ``key``, or is now, of the arguments.

        Values that the key names by their ``id`` belong into ``values``: as long as they are kept, nobody else has it.
        """
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = (values, make(*args, **named))
            while len(self._made) > self.most:
                self._made.popitem(last=False)
        return found[1]

    def each(self, keys: Sequence[Hashable], values: Sequence[Value], make: Callable[[Value], Made]) -> list[Made]:
        """The same for many keys, each made of the value beside it."""
        known = map(self._made.get, keys)
        return [
            found[1] if found else self.of(key, value, make, value)
            for key, value, found in zip(keys, values, known, strict=True)
        ]
