"""A network that says "too many" is left alone until the moment that it names, by posts, looks and withdrawals alike."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from tests.edges.conftest import BLUESKY
from tests.edges.far_end import FarEnd
from tests.edges.opened import migrated
from tests.ending.gate import Gate, Room
from tests.fakes.wire import Fault, Reply

DAY = timedelta(days=1)
UNTOLD = timedelta(minutes=5)
ENDS = [
    *("sandbox_mastodon", "mastodon_45", "mastodon_fixed", "pleroma", BLUESKY, "matrix_room"),
    *("x_signed", "linkedin_page", "facebook_page", "threads_user", "gotosocial", "slack_bot", "wordpress_site"),
    *("micropub_listing", "linkedin_member", "telegram_bot", "discord_hook", "slack_hook", "webhook_receiver"),
]
READ = ["mastodon_45", "gotosocial", "matrix_room", "x_signed", "linkedin_page", "facebook_page", "slack_bot"]
READ += ["wordpress_site", "micropub_listing"]
TOO_MANY = b'{"error": "Too many requests", "message": "Too many requests"}'


def after(said: str) -> Reply:
    return Reply(429, TOO_MANY, {"retry-after": said})


def kinds(now: datetime) -> list[tuple[timedelta, Reply]]:
    """What every server may say (RFC 9110 §10.2.3), well or badly, and for how long it is believed."""
    return [
        (timedelta(seconds=120), after("120")),
        (timedelta(minutes=50), after(format_datetime(now + timedelta(minutes=50), usegmt=True))),
        (UNTOLD, after("-30")),
        (DAY, after(str(10 * 365 * 86400))),
        (UNTOLD, after("tomorrow, or so")),
    ]


def own(now: datetime) -> dict[str, tuple[timedelta, Reply]]:
    """As each network says it itself."""
    later = now + timedelta(minutes=20)
    wait = timedelta(minutes=20)
    seconds, iso = str(int(later.timestamp())), later.isoformat().replace("+00:00", "Z")
    return {
        "mastodon": (wait, Reply(429, TOO_MANY, {"x-ratelimit-reset": iso, "x-ratelimit-remaining": "0"})),
        "bluesky": (wait, Reply(429, b'{"error":"RateLimitExceeded"}', {"ratelimit-reset": seconds})),
        "x": (wait, Reply(429, b'{"title":"Too Many Requests"}', {"x-rate-limit-reset": seconds})),
        "telegram": (wait, _json(429, ok=False, error_code=429, description="Too", parameters={"retry_after": 1200})),
        "discord": (wait, _json(429, message="You are being rate limited.", retry_after=1199.3, **{"global": False})),
        "matrix": (wait, _json(429, errcode="M_LIMIT_EXCEEDED", error="Too", retry_after_ms=1_200_000)),
        "slack": (wait, Reply(429, b'{"ok":false,"error":"ratelimited"}', {"retry-after": "1200"})),
        "facebook": (wait, _metas(4)),
        "threads": (wait, _metas(4)),
        "linkedin": (_midnight(now), _json(429, message="APPLICATION DAY limit reached")),
    }


def _json(status: int, **said: object) -> Reply:
    return Reply(status, json.dumps(said).encode())


def _metas(code: int) -> Reply:
    usage = json.dumps({"1": [{"estimated_time_to_regain_access": 20}]})
    said = {"error": {"code": code, "message": "Application request limit reached"}}
    return Reply(400, json.dumps(said).encode(), {"x-business-use-case-usage": usage})


def _midnight(now: datetime) -> timedelta:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY - now


@pytest.fixture
def desk(tmp_path: Path, http: httpx.Client) -> Iterator[Callable[[FarEnd], Room]]:
    """A relay whose only account is behind a gate."""
    db = migrated(tmp_path / "relay.db")

    def at(end: FarEnd) -> Room:
        gate = Gate(end.wire.network)
        end.wire.network = gate.answer
        return Room(db, http, end, gate)

    yield at
    db.close()


def _said(one: Room) -> list[tuple[timedelta, Reply]]:
    """All that this network may say at this moment."""
    own_way = own(one.gate.now).get(one.end.account.network)
    return [*kinds(one.gate.now), *([own_way] if own_way else [])]


@pytest.mark.parametrize("name", ENDS)
def test_nothing_is_asked_before_the_moment_that_the_network_named(
    name: str, desk: Callable[[FarEnd], Room], request: pytest.FixtureRequest
) -> None:
    one = desk(request.getfixturevalue(name))
    for number in range(len(_said(one))):
        one.gate.now += timedelta(minutes=2)
        wait, reply = _said(one)[number]
        one.approve(2)
        one.gate.shut(wait, reply)
        one.run()
        assert one.gate.told is None, "it was asked"
        one.pass_(wait - timedelta(seconds=1), steps=4)
        assert one.gate.early == [], f"{reply.headers} {reply.body!r}"
        one.drain()
        assert one.public() == list(range(one.numbers)), "and then all of them leave, once"


@pytest.mark.parametrize("name", READ)
def test_what_is_looked_for_is_left_alone_as_long(
    name: str, desk: Callable[[FarEnd], Room], request: pytest.FixtureRequest
) -> None:
    one = desk(request.getfixturevalue(name))
    one.approve(1)
    one.end.wire.faults.append(Fault.DROP_AFTER)
    one.run()
    one.approve(1)
    one.gate.now += timedelta(minutes=2)
    one.gate.shut(timedelta(minutes=30), after("1800"))
    one.run()
    assert one.gate.told is None, "it was looked for"
    one.pass_(timedelta(minutes=30) - timedelta(seconds=1), steps=5)
    assert one.gate.early == []
    one.drain()
    assert one.public() == [0, 1]
