"""What looks like a credential is covered in a log, and so is each of the service's own, however it is spelt."""

import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from relay.cli import demo, main
from relay.cli.covering import COVER, Covering, cover, covered, spellings
from relay.core.account import Secret
from relay.web.server import spoken

CANARY = "canary/of+tests=0001"


@pytest.mark.parametrize(
    "said",
    [
        "Authorization: Bearer canary-0001",
        "{'authorization': 'Basic Y2FuYXJ5LTAwMDE='}",
        "[(b'Set-Cookie', b'session=canary-0001; Path=/')]",
        "cookie: relay-session=canary-0001; other=canary-0001",
        "POST https://a.example/x?page=2&token=canary-0001&more=1",
        "https://a.example/back?code=canary-0001&state=canary-0001",
        "grant_type=refresh_token&refresh_token=canary-0001",
        '{"access_token": "canary-0001"}',
        "https://camille:canary-0001@a.example/feed",
        "postgresql+psycopg://relay:canary-0001@db/relay",
        "http://127.0.0.1:8080/c/canary-0001-canary-0001",
        "https://api.telegram.example/bot123456:canary-0001/sendMessage",
    ],
)
def test_what_a_log_is_handed_is_covered(said: str) -> None:
    found = covered(said)
    assert "canary-0001" not in found
    assert "Y2FuYXJ5LTAwMDE" not in found
    assert COVER in found


@pytest.mark.parametrize(
    "said",
    [
        "https://a.example/rss: 3 new entries, state=waiting",
        "its token ended: connect it anew by `relay account connect masto`",
        "write token = { env = … } instead",
        "https://social.example/@camille/1 answers 401",
        "basic information about /count/of-everything-there-is",
    ],
)
def test_ordinary_words_stay(said: str) -> None:
    assert covered(said) == said


@pytest.mark.parametrize(
    "spelt",
    [
        CANARY,
        quote(CANARY, safe=""),
        CANARY.encode().hex(),
        base64.b64encode(CANARY.encode()).decode(),
        base64.urlsafe_b64encode(CANARY.encode()).decode(),
    ],
)
def test_a_known_secret_is_covered_however_it_is_spelt(spelt: str) -> None:
    assert spelt.rstrip("=") not in covered(f"it said {spelt}", spellings([CANARY]))


def test_a_short_word_is_not_looked_for() -> None:
    assert spellings(["relay"]) == ()


@dataclass(frozen=True)
class Service:
    keys: tuple[dict[str, Secret], ...]


def test_a_traceback_shows_none_of_the_service_s_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    cover(Service(({"token": Secret(CANARY)},)))
    cover(Service(({"token": Secret(CANARY)},)))
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("relay").exception("it broke: %s", CANARY)

    assert "ValueError" in stream.getvalue()
    assert CANARY not in stream.getvalue()
    assert isinstance(handler.formatter, Covering)
    assert not isinstance(handler.formatter.inner, Covering)


def test_the_demo_covers_its_log_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = StringIO()
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(stream)])

    def played(*_: object, met: Callable[[object], None], **__: object) -> int:
        met(Service(({"token": Secret(CANARY)},)))
        logging.getLogger("relay").warning("it said %s and Bearer %s", CANARY, "another-one-0001")
        return 0

    monkeypatch.setattr(demo, "play", played)
    assert main.run(["demo", "--once"]) == 0
    assert stream.getvalue() == f"it said {COVER} and Bearer {COVER}\n"


def test_what_the_server_says_of_a_page_that_broke_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its library has a handler of its own, which would write to standard error past ours."""
    stream, server = StringIO(), logging.getLogger("uvicorn.error")
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(stream)])
    for logger in (logging.getLogger("uvicorn"), server):
        monkeypatch.setattr(logger, "handlers", [])
        monkeypatch.setattr(logger, "propagate", True)
    cover(Service(({"token": Secret(CANARY)},)))
    spoken(Starlette(), 1, ())
    try:
        int(CANARY)
    except ValueError:
        server.exception("Exception in ASGI application")

    assert "ValueError" in stream.getvalue()
    assert CANARY not in stream.getvalue()
