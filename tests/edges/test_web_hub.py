"""What a hub MUST take and refuse (https://www.w3.org/TR/websub/ §5.1, §5.2, §6), over real HTTP on both sides."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.hub.request import LONGEST_LEASE, SHORTEST_LEASE
from relay.pipeline.hub import asking
from relay.storage import errands
from relay.web.hub import LARGEST_REQUEST
from tests.edges.hubs import SECRET, TOPIC, TWO, Hub, open_hub, signature


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with open_hub(tmp_path) as found:
        yield found


# §5.1 Subscriber sends a request


def test_5_1_a_request_is_answered_202_at_once_and_verified_later(hub: Hub) -> None:
    answer = hub.ask()

    assert (answer.status_code, answer.headers["content-type"]) == (202, "text/plain; charset=utf-8")
    assert hub.nudged == ["hub"]
    assert hub.callback.calls == []
    assert hub.subscribers() == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"mode": ""}, 400),
        ({"mode": "nonsense"}, 400),
        ({"topic": ""}, 400),
        ({"topic": "https://another.example/feed"}, 404),
        ({"callback": ""}, 400),
        ({"callback": "no address"}, 400),
        ({"callback": "https://reader.example/#here"}, 400),
        ({"secret": "x" * 200}, 400),
        ({"secret": "a\x00b"}, 400),
        ({"lease_seconds": "for ever"}, 400),
    ],
)
def test_5_1_an_error_in_a_request_is_answered_4xx_with_its_description(
    hub: Hub, more: dict[str, str], status: int
) -> None:
    answer = hub.ask(**more)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert answer.text.startswith("hub.")
    assert hub.nudged == []


def test_5_1_parameters_that_the_hub_does_not_know_are_ignored(hub: Hub) -> None:
    hub.subscribe(verify="sync", foo="bar", secret="x" * 199)
    assert len(hub.subscribers()) == 1


@pytest.mark.parametrize(
    ("asked", "given"),
    [("1", SHORTEST_LEASE), ("172800", timedelta(days=2)), ("999999999", LONGEST_LEASE)],
)
def test_5_1_the_hub_decides_how_long_a_lease_is_and_says_so(hub: Hub, asked: str, given: timedelta) -> None:
    hub.subscribe(lease_seconds=asked)

    assert hub.callback.asked[0]["hub.lease_seconds"] == str(int(given.total_seconds()))
    assert hub.subscribers()[0].lease_until == hub.clock() + given


def test_5_1_a_subscription_may_be_asked_for_again_and_the_last_one_counts(hub: Hub) -> None:
    hub.subscribe(secret="the first")
    hub.clock.now += timedelta(days=9)
    hub.subscribe(secret=SECRET)
    hub.publish(TWO)

    (push,) = hub.callback.pushed
    assert push.headers["x-hub-signature"] == signature(SECRET, TWO)
    assert hub.subscribers()[0].lease_until == hub.clock() + timedelta(days=10)


def test_5_1_of_two_requests_that_wait_the_last_one_counts(hub: Hub) -> None:
    hub.ask(secret="the first")
    hub.ask(secret=SECRET)
    hub.verify()

    assert len(hub.callback.asked) == 1
    assert [one.secret for one in hub.subscribers()] == [SECRET]


def test_5_1_callbacks_differ_by_their_whole_address(hub: Hub) -> None:
    for name in ("?id=1", "?id=2", "/", "/a", "/A"):
        hub.subscribe(callback=hub.callback.url + name)
    assert len(hub.subscribers()) == 5


def test_5_1_a_body_that_is_no_form_is_an_error(hub: Hub) -> None:
    for body in (b"\xff\xfe", b"hub.mode=%FF", b'{"hub.mode": "subscribe"}', b"&".join([b"a=b"] * 101)):
        assert hub.client.post("/hub", content=body).status_code == 400


def test_5_1_a_request_is_no_larger_than_it_can_be(hub: Hub) -> None:
    assert hub.ask(foo="x" * LARGEST_REQUEST).status_code == 413


def test_5_1_a_host_has_only_so_many_subscriptions_and_may_renew_them(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_OF_A_HOST", 2)
    answers = [hub.ask(callback=f"{hub.callback.url}/{number}").status_code for number in (1, 2, 3, 2)]

    assert answers == [202, 202, 403, 202]


def test_5_1_a_feed_has_only_so_many_subscriptions(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_OF_A_TOPIC", 1)
    hub.subscribe()

    assert hub.ask(callback=hub.callback.url).status_code == 403
    assert hub.ask().status_code == 202


def test_5_1_a_hub_that_has_too_much_to_do_says_when_to_come_again(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 0)
    answer = hub.ask()

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_5_1_it_is_no_page_for_browsers_and_knows_no_session(hub: Hub) -> None:
    answer = hub.client.post("/hub", headers={"sec-fetch-site": "cross-site"}, data={"hub.mode": "nonsense"})

    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers
    assert hub.client.get("/hub").status_code == 405


# §5.2 Subscription validation


def test_5_2_a_private_callback_is_not_even_asked(hub: Hub) -> None:
    assert hub.ask(callback="http://10.0.0.1/push").status_code == 202
    hub.verify()

    assert hub.subscribers() == []
    with hub.office.db.read() as tx:
        assert errands.count(tx) == 0


# §6 Publishing


@pytest.mark.parametrize("name", ["hub.url", "hub.topic"])
def test_6_whoever_says_that_there_is_something_new_makes_the_hub_look(hub: Hub, name: str) -> None:
    answer = hub.client.post("/hub", data={"hub.mode": "publish", name: TOPIC})
    assert (answer.status_code, hub.nudged) == (202, ["hub"])


def test_6_the_hub_serves_its_own_topics_only(hub: Hub) -> None:
    answer = hub.client.post("/hub", data={"hub.mode": "publish", "hub.url": "https://another.example/feed"})
    assert (answer.status_code, hub.nudged) == (404, [])
