"""Threads that have something small to write at the same moment: one of them writes it for all, at once."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

MOST = 200
"""Things that are waited for together; those that come in the meantime are written with them."""
PATIENCE = 0.25
"""Seconds that the first of them waits for others, who may be on their way."""

Item = TypeVar("Item")
Found = TypeVar("Found")


@dataclass(slots=True)
class _Batch:
    items: list[Any] = field(default_factory=list)
    found: Sequence[Any] = ()
    error: BaseException | None = None
    written: threading.Event = field(default_factory=threading.Event)


class Gathering:
    """A group commit: whoever comes first writes for all that come before the last batch is written."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self._most, self._patience = most, patience
        self._changed = threading.Condition()
        self._turn = threading.Lock()
        self._batch = _Batch()
        self._guests = 0

    @contextmanager
    def expected(self) -> Iterator[None]:
        """Who may soon have something to write: once all of them wait, nobody waits for more."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def put(self, item: Item, write: Callable[[Sequence[Item]], Sequence[Found]]) -> Found:
        """What ``write`` finds for ``item``, in the place of it, once it is written with all others of its batch.

        All that are put must name the same ``write``, or such as do the same.
        """
        with self._changed:
            batch, place = self._batch, len(self._batch.items)
            batch.items.append(item)
            self._look()
        if place == 0:
            self._lead(batch, write)
        batch.written.wait()
        if batch.error is not None:
            raise batch.error
        return cast("Found", batch.found[place])

    def _lead(self, batch: _Batch, write: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
        try:
            with self._turn:  # what comes while the last batch is written is of this one
                self._close(batch)
                batch.found = write(batch.items)
        except BaseException as error:  # noqa: BLE001  # raised by each of them
            batch.error = error
        finally:
            batch.written.set()

    def _close(self, batch: _Batch) -> None:
        """Whoever comes from now on is of the next."""
        with self._changed:
            try:
                self._changed.wait_for(self._is_enough, self._patience)
            finally:
                assert self._batch is batch
                self._batch = _Batch()

    def _count(self, number: int) -> None:
        with self._changed:
            self._guests += number
            self._look()

    def _look(self) -> None:
        if self._is_enough():
            self._changed.notify()

    def _is_enough(self) -> bool:
        return len(self._batch.items) >= min(self._guests, self._most)
