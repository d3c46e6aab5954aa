"""The callback on a real server: what a hub is confirmed, what of it is kept, and what strangers get."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.core.pushing.subscription import Push, State, Subscription
from relay.storage import pushes, subscriptions
from relay.web.websub import LARGEST_PUSH
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.fakes.hub import signature

TOPIC = "https://anct.exemple.fr/rss.xml?a=1&b=2"
ASKED = Subscription("T0ken_-", "anct", "https://hub.exemple/", TOPIC, "the secret", State.ASKED, NOON)
ACTIVE = replace(ASKED, state=State.ACTIVE, leased_at=NOON, lease_until=NOON + timedelta(days=1))
CALLBACK = "/websub/T0ken_-"
BODY = "<rss>é</rss>".encode()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def hub(room: Newsroom) -> Iterator[httpx.Client]:
    """A hub is no browser: it says nothing of where it comes from."""
    with httpx.Client(base_url=room.url, trust_env=False, timeout=10) as client:
        yield client


def known(room: Newsroom, subscription: Subscription) -> None:
    with room.office.db.write() as tx:
        subscriptions.put(tx, subscription)


def now_known(room: Newsroom) -> Subscription:
    with room.office.db.read() as tx:
        found = subscriptions.of(tx, "anct")
    assert found
    return found


def kept(room: Newsroom) -> list[Push]:
    with room.office.db.read() as tx:
        return [push for id in pushes.waiting(tx) if (push := pushes.get(tx, id))]


def verified(hub: httpx.Client, path: str = CALLBACK, **asked: str) -> httpx.Response:
    named = {"mode": "subscribe", "topic": TOPIC, "challenge": "a<b>&é", "lease_seconds": "864000", **asked}
    return hub.get(path, params={f"hub.{name}": value for name, value in named.items()})


def pushed(hub: httpx.Client, body: bytes = BODY, path: str = CALLBACK, **headers: str) -> httpx.Response:
    own = {"content-type": "application/rss+xml", **{name.replace("_", "-"): text for name, text in headers.items()}}
    return hub.post(path, content=body, headers=own)


def test_a_hub_that_verifies_gets_its_challenge_back_as_it_is(room: Newsroom, hub: httpx.Client) -> None:
    known(room, ASKED)
    answer = verified(hub)

    assert (answer.status_code, answer.text) == (200, "a<b>&é")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert now_known(room) == replace(ASKED, state=State.ACTIVE, leased_at=NOON, lease_until=NOON + timedelta(days=10))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (CALLBACK, {"topic": "https://anct.exemple.fr/other"}),
        (CALLBACK, {"topic": ""}),
        (CALLBACK, {"mode": "unsubscribe"}),
        (CALLBACK, {"mode": "nonsense"}),
        ("/websub/another", {}),
        ("/websub/%00", {}),
    ],
)
def test_205_what_relay_did_not_ask_for_is_not_found(
    room: Newsroom, hub: httpx.Client, path: str, asked: dict[str, str]
) -> None:
    known(room, ASKED)
    answer = verified(hub, path, **asked)

    assert answer.status_code == 404
    assert "a<b>" not in answer.text
    assert now_known(room) == ASKED


def test_a_denial_is_kept_with_its_reason(room: Newsroom, hub: httpx.Client) -> None:
    known(room, ASKED)
    answer = verified(hub, mode="denied", reason="No\x00 room")

    assert answer.status_code == 200
    assert (now_known(room).state, now_known(room).note) == (State.REFUSED, "The hub refuses: No room")


def test_leave_is_confirmed(room: Newsroom, hub: httpx.Client) -> None:
    known(room, replace(ACTIVE, state=State.ENDED))
    assert verified(hub, mode="unsubscribe").text == "a<b>&é"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_300_a_signed_push_is_kept_and_answered_at_once(room: Newsroom, hub: httpx.Client, method: str) -> None:
    known(room, ACTIVE)
    answer = pushed(hub, x_hub_signature=signature("the secret", BODY, method))

    assert (answer.status_code, answer.content) == (202, b"")
    assert [(push.source_id, push.content_type, push.body) for push in kept(room)] == [
        ("anct", "application/rss+xml", BODY)
    ]
    assert room.nudged == ["receive"]


@pytest.mark.parametrize(
    "header",
    [
        {"x_hub_signature": signature("another secret", BODY)},
        {"x_hub_signature": signature("the secret", BODY).replace("sha256", "md5")},
        {"x_hub_signature": "sha256=nonsense"},
        {},
    ],
    ids=["301 a wrong one", "301 of no known method", "301 nonsense", "302 none"],
)
def test_301_302_a_push_that_is_not_signed_is_ignored_and_the_hub_not_told(
    room: Newsroom, hub: httpx.Client, header: dict[str, str]
) -> None:
    known(room, ACTIVE)
    answer = pushed(hub, BODY, CALLBACK, **header)

    assert (answer.status_code, answer.content) == (202, b"")
    assert kept(room) == []
    assert room.nudged == []


@pytest.mark.parametrize("state", [State.ASKED, State.REFUSED, State.ENDED])
def test_a_push_that_nobody_wants_is_told_so(room: Newsroom, hub: httpx.Client, state: State) -> None:
    known(room, replace(ACTIVE, state=state))
    sign = signature("the secret", BODY)

    assert pushed(hub, x_hub_signature=sign).status_code == 410
    assert pushed(hub, path="/websub/another", x_hub_signature=sign).status_code == 410
    assert kept(room) == []


def test_a_push_may_be_as_large_as_a_document_and_no_larger(room: Newsroom, hub: httpx.Client) -> None:
    known(room, ACTIVE)
    most, more = b" " * LARGEST_PUSH, b" " * (LARGEST_PUSH + 1)

    assert pushed(hub, most, x_hub_signature=signature("the secret", most)).status_code == 202
    assert pushed(hub, more, x_hub_signature=signature("the secret", more)).status_code == 413
    assert [len(push.body) for push in kept(room)] == [LARGEST_PUSH]


def test_the_limit_of_a_form_stays_what_it_was(room: Newsroom) -> None:
    camille = room.editor()
    assert camille.post("/count", data={"text": "x" * 70_000}).status_code == 413


def test_a_hub_that_pushes_faster_than_relay_reads_is_told_to_come_again(room: Newsroom, hub: httpx.Client) -> None:
    known(room, ACTIVE)
    sign = signature("the secret", BODY)
    answers = [pushed(hub, x_hub_signature=sign) for _ in range(pushes.MOST + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {202}
    assert (answers[-1].status_code, answers[-1].headers["retry-after"]) == (503, "60")


def test_the_callback_knows_no_session_and_gives_none(room: Newsroom, hub: httpx.Client) -> None:
    known(room, ACTIVE)
    answers = [verified(hub), pushed(hub, sec_fetch_site="cross-site"), pushed(hub, path="/websub/another")]

    assert [answer.status_code for answer in answers] == [200, 202, 410]
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in answers)


@pytest.mark.parametrize("path", ["/review/1/approve", "/websub/../review/1/approve", "/count"])
def test_every_other_form_must_still_come_from_our_own_page(hub: httpx.Client, path: str) -> None:
    assert hub.post(path, data={"revision": "1"}).status_code == 403
