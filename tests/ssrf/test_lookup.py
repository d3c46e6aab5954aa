import socket
from threading import Event
from time import monotonic
from typing import Any

import pytest

from relay.intake.wire.guard import resolve
from relay.intake.wire.lookup import looked_up


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()

    def hangs(*_: Any, **__: Any) -> list[Any]:
        over.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    began = monotonic()
    with pytest.raises(TimeoutError, match=r"exemple\.fr was not looked up within 0\.1 seconds"):
        looked_up("exemple.fr", 80, 0.1)
    over.set()
    assert monotonic() - began < 2


@pytest.mark.parametrize("host", ["a\0b", "x" * 70 + ".fr", ".."])
def test_what_can_be_no_name_is_an_ordinary_failure(host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        resolve(host, 80)
