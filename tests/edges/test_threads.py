"""Threads: a container that has a name before it is public, and says itself whether it is out."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.threads import container as threads_container
from relay.networks.threads import network as threads
from tests.edges.conftest import FarEnd
from tests.fakes.threads import Threads
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La « fracture » R&D #SMCL\n{LINK}", "fr", LINK, image=IMAGE)


@pytest.fixture
def end(threads_user: FarEnd, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(threads_container, "LOOK", 0.01)
    monkeypatch.setattr(threads_container, "READY", 0.1)
    return threads_user


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = threads.prepare(http, end.account, draft, KEYS)
    assert isinstance(request, Request), request
    return request


def test_the_request_has_the_container_s_name_before_anything_is_public(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    body = json.loads(prepared(end, http).body)
    assert [body["container"]] == [*threads_server.containers]
    assert threads_server.posts == []


def test_a_repeated_preparation_makes_another_container_and_nothing_else(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    first, second = (prepared(end, http) for _ in range(2))
    bodies = [json.loads(request.body) for request in (first, second)]
    assert [body.pop("container") for body in bodies] == [*threads_server.containers]
    assert (first.key, bodies[0]) == (second.key, bodies[1])


@pytest.mark.shows("card")
def test_a_post_is_told_with_its_page_and_has_its_link_for_a_card(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    told = threads.publish(http, end.account, prepared(end, http))
    [post] = threads_server.posts
    assert told == Sent(post.id, f"https://www.threads.com/@veille/post/{post.id}")
    assert post.fields == {"media_type": "TEXT", "text": DRAFT.text, "link_attachment": LINK}


@pytest.mark.shows("picture")
def test_a_picture_is_told_by_its_address_and_has_alternative_text_and_no_card(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    picturing = wanting(end, attach="picture")
    threads.publish(http, picturing.account, prepared(picturing, http))
    picture = {"image_url": IMAGE.url, "alt_text": IMAGE.alt}
    assert threads_server.posts[0].fields == {"media_type": "IMAGE", "text": DRAFT.text, **picture}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/a.jpg",
        "http://192.168.1.9/a.jpg",
        "http://[::1]/a.jpg",
        "http://localhost/a.jpg",
        "https://relay.local/a.jpg",
        "file:///a.jpg",
        "/pictures/a.jpg",
    ],
)
def test_a_picture_that_threads_cannot_fetch_holds_up_no_post(
    end: FarEnd, http: httpx.Client, threads_server: Threads, url: str
) -> None:
    picturing = wanting(end, attach="picture")
    draft = replace(DRAFT, image=replace(IMAGE, url=url))
    threads.publish(http, picturing.account, prepared(picturing, http, draft))
    assert threads_server.posts[0].fields["media_type"] == "TEXT"


def test_a_picture_that_threads_could_not_fetch_is_told(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    threads_server.unreachable = "https://blog.example/"
    told = threads.prepare(http, wanting(end, attach="picture").account, DRAFT, KEYS)
    assert told == Refused("Threads could not take it in: FAILED_DOWNLOADING_IMAGE.")


def test_it_waits_until_a_picture_is_there(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    threads_server.looks = 3
    assert isinstance(threads.publish(http, end.account, prepared(end, http)), Sent)


def test_a_container_that_takes_long_is_frozen_and_published_later(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    threads_server.looks = 10_000
    request = prepared(end, http)
    assert threads.publish(http, end.account, request) == Retry("Threads is still taking the post in.", threads.SOON)
    threads_server.containers[json.loads(request.body)["container"]].looks = 0
    assert isinstance(threads.publish(http, end.account, request), Sent)
    assert len(threads_server.containers) == 1


def test_after_a_crash_the_container_says_that_it_is_out(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(threads.publish(http, end.account, request), Unsure)
    [post] = threads_server.posts
    assert threads.find(http, end.account, request, SINCE) == Sent(
        post.id, f"https://www.threads.com/@veille/post/{post.id}"
    )


def test_it_is_out_even_where_the_list_of_posts_does_not_tell_which(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    threads_server.lists = False
    request = prepared(end, http)
    threads.publish(http, end.account, request)
    container = json.loads(request.body)["container"]
    assert threads.find(http, end.account, request, SINCE) == Sent(container)
    assert threads.publish(http, end.account, request) == Sent(container)
    assert len(threads_server.posts) == 1


def test_what_went_out_while_it_was_asked_for_is_no_refusal(
    end: FarEnd, http: httpx.Client, threads_server: Threads
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.LATE)
    assert isinstance(threads.publish(http, end.account, request), Unsure)
    end.wire.settle()
    states = iter(["FINISHED", "PUBLISHED"])

    def answer(asked: httpx.Request) -> httpx.Response:
        if asked.method == "POST":
            return httpx.Response(400, json={"error": {"code": 24, "message": "does not exist"}})
        return httpx.Response(200, json={"status": next(states), "id": "1"}) if "status" in str(asked.url) else _none

    _none = httpx.Response(200, json={"data": []})
    with httpx.Client(transport=httpx.MockTransport(answer)) as odd:
        assert isinstance(threads.publish(odd, end.account, request), Sent)


def test_a_container_of_yesterday_is_approved_again(end: FarEnd, http: httpx.Client, threads_server: Threads) -> None:
    request = prepared(end, http)
    threads_server.now += timedelta(hours=25)
    assert threads.find(http, end.account, request, SINCE) == NotThere()
    told = threads.publish(http, end.account, request)
    assert isinstance(told, Refused)
    assert "approve it again" in told.why


def test_a_container_that_threads_does_not_know_tells_nothing(end: FarEnd, http: httpx.Client) -> None:
    request = Request("key", json.dumps({"container": "7", "text": "a", "approved": "2026-11-24T08:00:00+00:00"}))
    assert isinstance(threads.find(http, end.account, request, SINCE), CannotTell)


@pytest.mark.parametrize(("links", "outcome"), [(5, Request), (6, Refused)])
def test_no_more_than_five_links_are_taken(end: FarEnd, http: httpx.Client, links: int, outcome: type) -> None:
    others = " ".join(f"https://b.example/{number}" for number in range(links - 1))
    told = threads.prepare(http, end.account, replace(DRAFT, text=f"{others} {LINK} {LINK}"), KEYS)
    assert isinstance(told, outcome)


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (400, {"code": 190, "message": "Session has expired"}, AuthLost),
        (403, {"code": 10, "message": "Application does not have permission"}, AuthLost),
        (400, {"code": 4, "message": "Application request limit reached"}, Retry),
        (500, {"code": 1, "message": "An unknown error occurred"}, Unsure),
        (500, {"code": 2, "message": "Service temporarily unavailable", "is_transient": True}, Unsure),
        (400, {"code": 100, "message": "Invalid parameter"}, Refused),
    ],
)
@pytest.mark.shows("limit", "refusal")
def test_a_no_is_told_by_its_number(
    end: FarEnd, http: httpx.Client, threads_server: Threads, status: int, error: dict[str, Any], outcome: type
) -> None:
    threads_server.refuses = (status, error)
    told = threads.publish(http, end.account, prepared(end, http))
    assert (type(told), getattr(told, "why", "")) == (outcome, f"Threads answered {error['code']}: {error['message']}")


def test_an_emoji_counts_as_many_as_it_has_bytes(end: FarEnd, http: httpx.Client) -> None:
    assert threads.limits(end.account).text == (("emoji as bytes", 500),)


@pytest.mark.parametrize("token", ["", "a b", "a\n", "é"])
def test_a_token_that_cannot_be_one_is_held_for_a_person(end: FarEnd, http: httpx.Client, token: str) -> None:
    account = replace(end.account, secrets={"token": Secret(token)})
    request = Request("key", json.dumps({"container": "7", "text": "a"}))
    assert isinstance(threads.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert isinstance(threads.publish(http, account, request), AuthLost)
    assert isinstance(threads.find(http, account, request, SINCE), CannotTell)
    assert end.wire.calls == []


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"status": "NEW"}', b'{"status": 7}', b"<html>"])
def test_what_is_no_state_of_a_container_tells_nothing(end: FarEnd, http: httpx.Client, body: bytes) -> None:
    request = prepared(end, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as odd:
        assert isinstance(threads.find(odd, end.account, request, SINCE), CannotTell)
        assert isinstance(threads.publish(odd, end.account, request), Retry)
