"""A WebSub hub on loopback: it keeps what it is asked, answers from a script, and signs what it pushes."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from tests.fakes.wire import Call, Reply, Wire, listening

ACCEPTED = Reply(202, b"")


@dataclass(slots=True)
class Hub:
    """``script`` answers by path, once each; whatever else is asked gets a 202. ``asked`` are the forms, as sent."""

    script: dict[str, Reply] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    url: str = ""

    def answer(self, call: Call) -> Reply:
        """Take one request."""
        self.calls.append(call)
        self.asked.append(dict(parse_qsl(call.body.decode())))
        return self.script.pop(call.path, ACCEPTED)


def signature(secret: str, body: bytes, method: str = "sha256") -> str:
    """The header that goes with ``body``."""
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


@contextmanager
def hub_listening(**script: Reply) -> Iterator[Hub]:
    """A hub on a free port; ``script`` by the name of the path."""
    hub = Hub({f"/{path}": reply for path, reply in script.items()})
    with listening(Wire(hub.answer, publishes="nothing is broken here")) as wire:
        hub.url = wire.url
        yield hub
