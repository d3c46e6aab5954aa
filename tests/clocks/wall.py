"""A wall clock that somebody sets, beside the time that really goes by; and a network that notes both."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

NONE = timedelta(0)
START = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
"""11:20 in Paris."""


@dataclass
class Wall:
    """``real`` has gone by since the start; the clock on the wall is ``ahead`` of it."""

    start: datetime = START
    real: timedelta = NONE
    ahead: timedelta = NONE

    def now(self) -> datetime:
        """What relay reads."""
        return self.start + self.real + self.ahead


@dataclass(frozen=True, slots=True)
class Departure:
    """A post that has become public: where, and when by both clocks."""

    account: str
    path: str
    real: timedelta
    wall: datetime


@dataclass
class Board:
    """The network: posts stand where their key says, and are changed and taken back there."""

    wall: Wall
    shown: dict[str, bytes] = field(default_factory=dict)
    departures: list[Departure] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """A call of relay."""
        path = request.url.path
        there = path in self.shown
        if request.method == "GET":
            return httpx.Response(200 if there else 404, content=self.shown.get(path, b""))
        if request.method == "DELETE":
            self.changes.append(f"DELETE {_account(path)}")
            self.shown.pop(path, None)
            return httpx.Response(204)
        if not there:
            self.departures.append(Departure(_account(path), path, self.wall.real, self.wall.now()))
        elif "If-Match" in request.headers:
            self.changes.append(f"PUT {_account(path)}")
        self.shown[path] = request.content
        return httpx.Response(200 if there else 201, json={"url": f"https://sandbox.example{path}"})

    def of(self, account: str) -> list[Departure]:
        """What an account has published."""
        return [one for one in self.departures if one.account == account]


def _account(path: str) -> str:
    return path.split("/")[2]
