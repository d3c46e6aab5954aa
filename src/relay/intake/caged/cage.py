"""All processes that read documents: as few as will do, and more while some of them are slow."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

import msgspec

from relay.intake.caged.allowance import DOCUMENT, Allowance, Failed, ended, unread
from relay.intake.caged.cell import Cell, cell
from relay.intake.caged.child import Question
from relay.intake.caged.tasks import ENCODER

AT_ONCE = 2
"""Processes that read at the same time, those apart that have been at one document for longer than ``SLOW``."""
MOST = 8
"""The slow ones with them."""
SLOW = 0.5
"""Seconds."""
RENEWED = 500
"""Documents after which a process is replaced: libraries keep a little of each."""

Value = TypeVar("Value")


@dataclass(slots=True)
class Cage:
    """It starts nothing before it is asked. Any thread may ask; each waits for its own answer only."""

    open_one: Callable[[], Cell] = cell
    _free: list[Cell] = field(default_factory=list)
    _busy: dict[int, float] = field(default_factory=dict)
    """When each turn that runs has begun."""
    _cells: dict[int, Cell] = field(default_factory=dict)
    _turns: int = 0
    _is_closed: bool = False
    _change: threading.Condition = field(default_factory=threading.Condition)

    def ask(
        self, task: str, gives: "msgspec.msgpack.Decoder[Value]", *arguments: Any, allowance: Allowance = DOCUMENT
    ) -> Value | Failed:
        """What a process reads in a document; its word is taken for data of this type, and for nothing else.

        Nothing is raised but an ``OSError`` when relay ends.
        """
        turn, known = self._taken()
        try:
            try:
                found = known or self._opened(turn)
            except OSError as error:
                self._check()
                return unread(error)
            answer = found.ask(Question(task, allowance), ENCODER.encode(arguments))
            if isinstance(answer, Failed):
                return answer
            return _understood(found, gives, answer)
        finally:
            self._given_back(turn)

    def close(self) -> None:
        """End them all, whatever they are at."""
        with self._change:
            self._is_closed = True
            for one in self._free:
                one.end()
            for one in self._cells.values():
                one.process.kill()  # its pipes are closed by whoever waits for it
            self._free.clear()

    def _taken(self) -> tuple[int, Cell | None]:
        """A turn, with a process that is free; without one there is room for another."""
        with self._change:
            while not self._is_closed and not self._free and len(self._busy) >= self._room():
                self._change.wait(SLOW / 2)
            self._check()
            self._turns += 1
            self._busy[self._turns] = monotonic()
            found = self._free.pop() if self._free else None
            if found:
                self._cells[self._turns] = found
            return self._turns, found

    def _room(self) -> int:
        """How many may be busy; those that are slow make room for others, and let them go first."""
        late = [turn for turn, began in self._busy.items() if monotonic() - began > SLOW]
        for turn in late:
            if turn in self._cells:
                self._cells[turn].slow_down()
        return min(AT_ONCE + len(late), MOST)

    def _opened(self, turn: int) -> Cell:
        found = self.open_one()
        with self._change:
            self._cells[turn] = found
            self._busy[turn] = monotonic()
            self._check()  # it may have been closed while this one started
        return found

    def _check(self) -> None:
        if self._is_closed:
            raise OSError("relay is ending, and reads no more documents")

    def _given_back(self, turn: int) -> None:
        with self._change:
            del self._busy[turn]
            found = self._cells.pop(turn, None)
            if found and self._is_kept(found):
                self._free.append(found)
            elif found:
                found.end()
            self._change.notify_all()

    def _is_kept(self, found: Cell) -> bool:
        is_good = not found.is_over and not found.is_last and found.read < RENEWED
        return is_good and len(self._free) < AT_ONCE and not self._is_closed


def _understood(found: Cell, gives: "msgspec.msgpack.Decoder[Value]", answer: bytes) -> Value | Failed:
    """A process that answers what it was not asked is not believed again."""
    try:
        return gives.decode(answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found.end()
        return ended("it spoke nonsense")
