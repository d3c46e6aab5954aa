"""Publishers that answer each in their own way, and what they were asked when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from relay.core.source import Source
from tests.clocks.wall import Wall
from tests.pipeline.world import Agency

RETRY = timedelta(minutes=20)


def _fresh(agency: Agency, request: httpx.Request) -> httpx.Response:
    return agency.answer(request)


def _busy(_: Agency, __: httpx.Request) -> httpx.Response:
    return httpx.Response(429, headers={"Retry-After": str(int(RETRY.total_seconds()))})


def _broken(_: Agency, __: httpx.Request) -> httpx.Response:
    return httpx.Response(500)


def _gone(_: Agency, __: httpx.Request) -> httpx.Response:
    return httpx.Response(410)


def _late(agency: Agency, request: httpx.Request) -> httpx.Response:
    answer = agency.answer(request)
    return httpx.Response(200, headers={"Cache-Control": "max-age=7200"}, content=answer.content)


WAYS: dict[str, Callable[[Agency, httpx.Request], httpx.Response]] = {
    "fresh": _fresh,
    "busy": _busy,
    "broken": _broken,
    "gone": _gone,
    "asks-for-two-hours": _late,
}
"""By the name of the source."""


@dataclass
class Publishers:
    """All of them; ``asked`` has when each was, in time that really went by."""

    wall: Wall
    agency: Agency = field(default_factory=Agency)
    asked: dict[str, list[timedelta]] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """A question of relay."""
        name = request.url.host.partition(".")[0]
        if request.url.path != "/rss":  # its site, where a feed that is gone is looked for
            return httpx.Response(404)
        self.asked.setdefault(name, []).append(self.wall.real)
        return WAYS[name](self.agency, request)

    def sources(self) -> dict[str, Source]:
        """As the configuration would have them."""
        return {
            name: Source(
                name,
                f"https://{name}.example/rss",
                f"Source : {name}",
                every=timedelta(hours=1),
                push=False,
                merge=False,
            )
            for name in WAYS
        }
