"""From a document to the hub that is asked, by the numbers of websub.rocks; 101, of a page, is an edge's."""

import pytest

from tests.fakes.feed_server import answer, listening
from tests.fakes.hub import hub_listening
from tests.pipeline.subscriber import ATOM, RSS, Subscriber, document, link, subscribed


def test_100_a_hub_is_found_in_the_headers(subscriber: Subscriber) -> None:
    with hub_listening() as hub, listening(document(RSS, headers=link(f"{hub.url}/h", "https://a.exemple/t"))) as site:
        subscriber.follow(f"{site.url}/feed")
        subscriber.poll()
        subscriber.subscribe()

    assert [(call.path, form["hub.topic"]) for call, form in zip(hub.calls, hub.asked, strict=True)] == [
        ("/h", "https://a.exemple/t")
    ]


@pytest.mark.parametrize("body", [ATOM, RSS], ids=["102 Atom", "103 RSS"])
def test_102_103_a_hub_is_found_in_the_document(subscriber: Subscriber, body: str) -> None:
    with hub_listening() as hub, listening(document(body, f"{hub.url}/h", "https://a.exemple/t")) as site:
        subscriber.follow(f"{site.url}/feed")
        subscriber.poll()
        subscriber.subscribe()

    assert [(call.path, form["hub.topic"]) for call, form in zip(hub.calls, hub.asked, strict=True)] == [
        ("/h", "https://a.exemple/t")
    ]


def test_104_the_headers_go_before_the_document(subscriber: Subscriber) -> None:
    with hub_listening() as hub:
        headers = link(f"{hub.url}/header", "https://a.exemple/header")
        with listening(document(ATOM, f"{hub.url}/body", "https://a.exemple/body", headers)) as site:
            subscriber.follow(f"{site.url}/feed")
            subscriber.poll()
            subscriber.subscribe()

    assert [call.path for call in hub.calls] == ["/header"]
    assert hub.asked[0]["hub.topic"] == "https://a.exemple/header"


def test_200_the_topic_is_self_and_not_the_address_that_is_polled(subscriber: Subscriber) -> None:
    with subscribed(subscriber) as hub:
        assert hub.asked[0]["hub.topic"] == "https://agence.exemple/rss"
    assert subscriber.desk.sources["cget"].url.endswith("/feed")


@pytest.mark.parametrize("status", [302, 301], ids=["201 for now", "202 for good"])
@pytest.mark.parametrize("says_self", [True, False])
def test_201_202_a_source_that_redirects_is_subscribed_where_it_leads(
    subscriber: Subscriber, status: int, *, says_self: bool
) -> None:
    with hub_listening() as hub, listening() as site:
        there = f"{site.url}/there"
        site.pages["/feed"] = answer(status, headers=((b"Location", b"/there"),))
        site.pages["/there"] = document(ATOM, f"{hub.url}/h", there if says_self else "")
        subscriber.follow(f"{site.url}/feed")
        subscriber.poll()
        subscriber.subscribe()

    assert [form["hub.topic"] for form in hub.asked] == [there]
