"""Micropub: a note with its picture, and what a server says to it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Refused, Retry, Sent, Unsure
from relay.networks.micropub import network as micropub
from tests.edges.far_end import FarEnd
from tests.fakes.micropub import Site

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = KEYS.created_at - timedelta(minutes=2)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"R&D <b>\n\n#SMCL {LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)


@pytest.fixture
def end(micropub_listing: FarEnd) -> FarEnd:
    return micropub_listing


def prepared(end: FarEnd, http: httpx.Client, picture: bytes | None = None) -> Request:
    request = micropub.prepare(http, end.account, DRAFT, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def test_a_note_is_plain_text_with_a_moment_and_a_slug(end: FarEnd, http: httpx.Client, micropub_server: Site) -> None:
    request = prepared(end, http)
    told = micropub.publish(http, end.account, request)
    page = f"https://blog.example/notes/{request.key}"
    assert told == Sent(page, page)
    assert micropub_server.posts == [
        {
            "content": [DRAFT.text],
            "mp-slug": [request.key],
            "published": ["2026-11-24T08:00:00+00:00"],
            "url": [page],
        }
    ]


@pytest.mark.shows("picture")
def test_a_picture_goes_to_the_media_endpoint_and_keeps_its_words(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    micropub.publish(http, end.account, prepared(end, http, b"a picture"))
    assert micropub_server.files == [b"a picture"]
    [post] = micropub_server.posts
    assert post["photo"] == [{"value": "https://blog.example/media/1.jpg", "alt": IMAGE.alt}]


def test_where_there_is_no_media_endpoint_the_picture_stays_at_the_blog(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    micropub_server.media_endpoint = None
    micropub.publish(http, end.account, prepared(end, http, b"a picture"))
    assert micropub_server.posts[0]["photo"] == [{"value": IMAGE.url, "alt": IMAGE.alt}]


def test_a_token_is_not_sent_to_a_media_endpoint_that_others_could_read(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    micropub_server.media_endpoint = "http://media.example/"
    request = prepared(end, http, b"a picture")
    assert json.loads(request.body)["properties"]["photo"][0]["value"] == IMAGE.url


@pytest.mark.parametrize("accepts", [201, 202])
def test_made_now_or_made_later_it_is_sent(
    end: FarEnd, http: httpx.Client, micropub_server: Site, accepts: int
) -> None:
    micropub_server.accepts = accepts
    assert isinstance(micropub.publish(http, end.account, prepared(end, http)), Sent)


@pytest.mark.parametrize(("location", "url"), [("/notes/1", "/notes/1"), ("javascript:alert(1)", None), ("", None)])
def test_an_address_may_be_relative_and_is_one_of_the_web(
    end: FarEnd, http: httpx.Client, location: str, url: str | None
) -> None:
    request = prepared(end, http)
    answer = httpx.Response(201, headers={"location": location} if location else {})
    with httpx.Client(transport=httpx.MockTransport(lambda _: answer)) as other:
        told = micropub.publish(other, end.account, request)
    assert isinstance(told, Sent)
    assert told.url == (f"{end.wire.url}{url}" if url else None)


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (400, "invalid_request", Refused),
        (401, "unauthorized", AuthLost),
        (403, "forbidden", AuthLost),
        (403, "insufficient_scope", AuthLost),
        (401, "insufficient_scope", AuthLost),
        (404, "not_found", AuthLost),
        (429, "slow_down", Retry),
        (500, "server_error", Unsure),
    ],
)
@pytest.mark.shows("refusal")
def test_what_its_errors_mean(
    end: FarEnd, http: httpx.Client, micropub_server: Site, status: int, error: str, outcome: type
) -> None:
    request = prepared(end, http)
    micropub_server.refuses = (status, error)
    told = micropub.publish(http, end.account, request)
    assert (type(told), getattr(told, "why", "")) == (outcome, f"127.0.0.1 answered {status}: No to this")


def test_an_error_that_is_no_word_is_a_refusal_and_no_exception(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    odd = httpx.Response(400, json={"error": {"a": 1}})
    with httpx.Client(transport=httpx.MockTransport(lambda _: odd)) as other:
        assert isinstance(micropub.publish(other, end.account, request), Refused)


def test_a_picture_that_is_not_taken_yet_is_tried_again(end: FarEnd, http: httpx.Client, micropub_server: Site) -> None:
    micropub_server.refuses = (503, "unavailable")
    assert isinstance(micropub.prepare(http, end.account, DRAFT, KEYS, b"a picture"), Retry)


@pytest.mark.parametrize(("endpoint", "token"), [("http://blog.example/micropub", "x"), ("", "a b"), ("", "")])
def test_what_an_account_lacks_is_said_and_nothing_is_asked(
    end: FarEnd, http: httpx.Client, endpoint: str, token: str
) -> None:
    options = {"endpoint": endpoint or end.account.options["endpoint"]}
    account = replace(end.account, options=options, secrets={"token": Secret(token)})
    assert isinstance(micropub.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert end.wire.calls == []
