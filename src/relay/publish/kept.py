"""What is made of a value, kept for as long as it is that very value: comparing long texts is not free."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeVar

Made = TypeVar("Made")
Of = ParamSpec("Of")


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
