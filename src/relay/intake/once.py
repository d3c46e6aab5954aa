"""What is made by the first who needs it, and by nobody twice, whatever the threads."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Called, it gives what ``make`` gave the first time. Where ``make`` raises, the next call tries it again."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[T, ...] = ()
        self._is_over = False
        self._lock = Lock()

    def __call__(self) -> T:
        """That one; RuntimeError once it is over."""
        with self._lock:
            if self._is_over:
                raise RuntimeError("it is closed")
            self._made = self._made or (self._make(),)
            return self._made[0]

    def end(self) -> T | None:
        """Nobody gets it any more. What is to be closed, if it was made; the second time nothing."""
        with self._lock:
            made, self._made, self._is_over = self._made, (), True
            return made[0] if made else None
