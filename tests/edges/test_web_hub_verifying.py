"""How a hub MUST verify what it is asked (https://www.w3.org/TR/websub/ §5.3), over real HTTP on both sides."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.hub.subscriber import Errand
from relay.storage import errands
from tests.edges.hubs import SECRET, TOPIC, TWO, Hub, open_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with open_hub(tmp_path) as found:
        yield found


# §5.3 Hub verifies intent of the subscriber


def test_5_3_the_callback_is_asked_by_get_with_everything_and_its_own_query(hub: Hub) -> None:
    hub.ask()
    hub.verify()

    (call,) = hub.callback.calls
    (asked,) = hub.callback.asked
    assert (call.method, call.path.startswith("/push?id=%C3%A9&a=b+c&hub.mode=")) == ("GET", True)
    assert {name: asked[name] for name in asked if name != "hub.challenge"} == {
        "id": "é",
        "a": "b c",
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.lease_seconds": "864000",
    }
    assert asked["hub.challenge"]


def test_5_3_each_question_has_a_challenge_of_its_own(hub: Hub) -> None:
    for _ in range(3):
        hub.ask()
        hub.verify()
    assert len({asked["hub.challenge"] for asked in hub.callback.asked}) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410, 500, 503])
def test_5_3_any_status_but_2xx_is_a_no_and_nothing_changes(hub: Hub, status: int) -> None:
    hub.callback.refuses = status
    hub.ask()
    hub.verify()
    hub.verify()

    assert hub.subscribers() == []
    assert len(hub.callback.asked) == 1


@pytest.mark.parametrize("echo", [b"", b"nonsense", b" session-1", b"x" * 100_000])
def test_5_3_a_body_that_is_not_exactly_the_challenge_is_a_no(hub: Hub, echo: bytes) -> None:
    hub.callback.echo = echo
    hub.ask()
    hub.verify()

    assert hub.subscribers() == []


def test_5_3_a_failed_renewal_leaves_the_subscription_as_it_was(hub: Hub) -> None:
    hub.subscribe(secret=SECRET)
    before = hub.subscribers()
    hub.callback.refuses = 404
    for mode in ("subscribe", "unsubscribe"):
        hub.ask(mode, secret="another")
        hub.verify()

    assert hub.subscribers() == before


def test_5_3_an_end_is_verified_too(hub: Hub) -> None:
    hub.subscribe()
    assert hub.ask("unsubscribe").status_code == 202
    assert len(hub.subscribers()) == 1

    hub.verify()
    assert (hub.callback.asked[-1]["hub.mode"], hub.subscribers()) == ("unsubscribe", [])
    hub.publish(TWO)
    assert hub.callback.pushed == []


def test_5_3_an_end_of_what_nobody_began_is_not_found_and_nobody_is_asked(hub: Hub) -> None:
    assert hub.ask("unsubscribe").status_code == 404
    hub.verify()
    assert hub.callback.calls == []


def test_5_3_a_callback_that_does_not_answer_is_asked_again_and_then_not_any_more(hub: Hub) -> None:
    assert hub.ask(callback="http://127.0.0.1:9/push").status_code == 202
    for _ in range(4):
        hub.verify()
        hub.clock.now += timedelta(minutes=2)
    with hub.office.db.read() as tx:
        assert errands.count(tx) == 0


def test_thousands_of_questions_to_a_few_hosts_hold_up_no_other(hub: Hub) -> None:
    now = hub.clock()
    with hub.office.db.write() as tx:
        for number in range(600):
            callback = f"http://{number % 3}.flood.invalid/{number}"
            earlier = now - timedelta(seconds=600 - number)
            errands.put(tx, Errand(0, "subscribe", TOPIC, callback, "", timedelta(days=1), not_before=earlier))
    hub.ask()
    hub.verify()

    assert len(hub.callback.asked) == 1
    assert [one.callback for one in hub.subscribers()] == [f"{hub.callback.url}/push?id=%C3%A9&a=b+c"]
