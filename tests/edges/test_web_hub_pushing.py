"""What a hub MUST push, and where it is found (https://www.w3.org/TR/websub/ §4, §7), over real HTTP on both sides."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.people import Role
from relay.storage import people
from tests.edges.hubs import HUB, SECRET, TOPIC, TWO, Hub, open_hub, signature
from tests.fakes.wire import Reply
from tests.feeds import editions


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with open_hub(tmp_path) as found:
        yield found


# §7 Content distribution


def test_7_the_whole_document_is_posted_with_its_type_and_its_links(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(TWO)

    (push,) = hub.callback.pushed
    assert (push.method, push.path, push.body) == ("POST", "/push?id=%C3%A9&a=b+c", TWO)
    assert push.headers["link"] == f'<{HUB}>; rel="hub", <{TOPIC}>; rel="self"'
    assert "x-hub-signature" not in push.headers


@pytest.mark.parametrize(
    ("path", "at"), [("atom.xml", None), ("rss.xml", None), ("feed.json", None), ("index.html", "")]
)
def test_7_the_type_is_the_one_under_which_the_document_is_served(hub: Hub, path: str, at: str | None) -> None:
    hub.subscribe(topic=editions.LINK + (path if at is None else at))
    hub.publish(TWO, path)

    fetched = hub.client.get(f"/feeds/blog/{path}")
    assert hub.callback.pushed[0].headers["content-type"] == fetched.headers["content-type"]
    assert hub.callback.pushed[0].body == fetched.content


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_7_any_2xx_is_a_success(hub: Hub, status: int) -> None:
    hub.subscribe()
    hub.callback.answers = [Reply(status, b"")]
    hub.publish(TWO)

    assert hub.subscribers()[0].progress.attempts == 0


@pytest.mark.parametrize("status", [301, 308, 400, 401, 404, 429, 500, 503])
def test_7_anything_else_is_a_failure_that_is_tried_again(hub: Hub, status: int) -> None:
    hub.subscribe()
    hub.callback.answers = [Reply(status, b"", {"location": hub.callback.url})]
    hub.publish(TWO)
    hub.clock.now += timedelta(minutes=1)
    hub.publish(TWO)

    assert [call.path for call in hub.callback.pushed] == ["/push?id=%C3%A9&a=b+c"] * 2
    assert hub.subscribers()[0].progress.attempts == 0


def test_7_410_ends_the_subscription(hub: Hub) -> None:
    hub.subscribe()
    hub.callback.answers = [Reply(410, b"")]
    hub.publish(TWO)

    assert hub.subscribers() == []


def test_7_a_lease_that_is_over_is_kept_to(hub: Hub) -> None:
    hub.subscribe(lease_seconds="86400")
    hub.clock.now += timedelta(days=1)
    hub.publish(TWO)

    assert (hub.callback.pushed, hub.subscribers()) == ([], [])


# §7.1 Authenticated content distribution


def test_7_1_what_goes_to_a_subscriber_with_a_secret_is_signed(hub: Hub) -> None:
    hub.subscribe(secret=SECRET)
    hub.publish(TWO)

    assert hub.callback.pushed[0].headers["x-hub-signature"] == signature(SECRET, TWO)


def test_7_1_a_renewal_without_a_secret_is_one_withoutsignature(hub: Hub) -> None:
    hub.subscribe(secret=SECRET)
    hub.subscribe()
    hub.publish(TWO)

    assert "x-hub-signature" not in hub.callback.pushed[0].headers


# Who reads


def test_editors_see_how_many_subscribe_and_nobody_else_does(hub: Hub) -> None:
    hub.subscribe()
    hub.publish(TWO)
    with hub.office.db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, hub.clock())
        people.add_link(tx, "a-token", "camille", hub.clock() + timedelta(minutes=1))
    assert "Abonnements WebSub" not in hub.client.get("/feeds/").text

    hub.client.post("/c/a-token", headers={"sec-fetch-site": "same-origin"})
    page = hub.client.get("/feeds/").text
    assert "Abonnements WebSub\u00a0: 1." in page
    assert "Dernier envoi\u00a0: mar. 24 nov. 2026, 12:00 (Paris)." in page


# §4 Discovery


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml", "feed.json"])
def test_4_the_feed_names_hub_and_self_in_its_headers(hub: Hub, path: str) -> None:
    hub.publish(TWO, path)
    links = hub.client.get(f"/feeds/blog/{path}").headers["link"]

    assert f'<{HUB}>; rel="hub"' in links
    assert f'<{editions.LINK}{path}>; rel="self"' in links
