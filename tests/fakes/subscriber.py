"""A subscriber's callback on loopback: it says yes to what it is asked, and keeps what is posted to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.wire import Call, Reply, Wire, listening


@dataclass(slots=True)
class Callback:
    """``answers`` to posts come in this order, then 204s; ``refuses`` is the status of a verification it does not mean.

    ``echo`` is what it gives back instead of the challenge.
    """

    url: str = ""
    answers: list[Reply] = field(default_factory=list)
    refuses: int | None = None
    echo: bytes | None = None
    calls: list[Call] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        self.calls.append(call)
        if call.method == "POST":
            return self.answers.pop(0) if self.answers else Reply(204, b"")
        challenge = query(call).get("hub.challenge", "").encode() if self.echo is None else self.echo
        return Reply(self.refuses, challenge) if self.refuses else Reply(200, challenge, {"content-type": "text/plain"})

    @property
    def asked(self) -> list[Mapping[str, str]]:
        """The questions of the hub, as their parameters."""
        return [query(call) for call in self.calls if call.method == "GET"]

    @property
    def pushed(self) -> list[Call]:
        """What was posted."""
        return [call for call in self.calls if call.method == "POST"]


def query(call: Call) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(call.path).query, keep_blank_values=True))


@contextmanager
def callback_listening() -> Iterator[Callback]:
    """A callback on a free port; its ``url`` has no path."""
    callback = Callback()
    with listening(Wire(callback.answer, publishes="nothing is broken here")) as wire:
        callback.url = wire.url
        yield callback
