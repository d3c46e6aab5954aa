"""What exchanges over libcurl are made with, by one thread at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

import pycurl

from relay.intake.wire.curl.handle import IDLE, Handle
from relay.intake.wire.curl.multi import CONNECTIONS, Multi
from relay.intake.wire.curl.room import Room
from relay.intake.wire.guard import Guard

SPARE = 128
"""Handles that are kept for later, however many were needed at once."""


Spoken = Callable[[int, str], None]
"""Told of libcurl's number of a failure (0 for none), and of what there is to say of it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How whoever asks asks; ``deadline`` is in seconds, for a whole request with its body, once its turn has come.

    ``usual`` are lines of heads by their names.
    """

    guard: Guard
    usual: Mapping[bytes, bytes]
    deadline: float


@dataclass(frozen=True, slots=True)
class Means:
    """libcurl's handles, and which origins it may be connected to still."""

    multi: Multi = field(default_factory=Multi)
    room: Room = field(default_factory=Room)
    _speaking: dict["pycurl.Curl", tuple[Handle, Spoken]] = field(default_factory=dict)
    _free: list[Handle] = field(default_factory=list)
    _kept: dict[str, float] = field(default_factory=dict)

    def speak(self, handle: Handle, spoken: Spoken) -> None:
        """Have libcurl do what the handle was asked."""
        self._speaking[handle.curl] = handle, spoken
        self.multi.add(handle.curl)

    def go_on(self, seconds: float) -> None:
        """Wait until something has happened, at most so long, and tell those for whom libcurl has done its part."""
        for guest in self.room.called():
            guest.resume()
        self.multi.wait(seconds)
        for curl, number, said in self.multi.ended():
            self.multi.remove(curl)
            handle, spoken = self._speaking.pop(curl)
            self.room.forget(handle)
            spoken(number, said)

    def handle(self) -> Handle:
        """One that nobody uses."""
        return self._free.pop() if self._free else Handle(self.room)

    def give(self, handle: Handle) -> None:
        """It is used no more, whatever it is at."""
        self.room.leave(handle)
        if self._speaking.pop(handle.curl, None):
            self.multi.remove(handle.curl)
        if len(self._free) < SPARE:
            handle.clear()
            self._free.append(handle)
        else:
            handle.close()

    def keep(self, origin: str) -> None:
        """An exchange has ended well: its connection is kept, unless the other side closes it."""
        now = monotonic()
        self._kept.pop(origin, None)
        self._kept[origin] = now + IDLE
        while self._kept[oldest := next(iter(self._kept))] < now or len(self._kept) > CONNECTIONS:
            del self._kept[oldest]

    def keeps(self, origin: str) -> bool:
        """Whether there may be a connection."""
        return self._kept.get(origin, 0.0) > monotonic()

    def close(self) -> None:
        """Every connection, and every handle that is free."""
        self.multi.close()
        for handle in self._free:
            handle.close()
