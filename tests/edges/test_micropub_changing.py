"""Micropub: what a site can do with a note is known when it is asked."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent
from relay.networks.micropub import network as micropub
from relay.networks.micropub.changing import delete, edit
from relay.networks.wire.changed import NAMELESS, NO_MORE
from tests.edges.far_end import FarEnd
from tests.fakes.micropub import Site

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"La fracture\n{LINK}", "fr", LINK, "La fracture", image=IMAGE)
CORRECTED = replace(DRAFT, text=f"La couture\n{LINK}", image=replace(IMAGE, alt="Un marché"))


@pytest.fixture
def end(micropub_listing: FarEnd) -> FarEnd:
    return micropub_listing


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = b"a picture") -> Request:
    request = micropub.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = micropub.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def test_words_and_picture_are_replaced_and_the_date_stays(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, after) == sent
    [post] = micropub_server.posts
    assert (post["content"], post["photo"][0]["alt"]) == ([CORRECTED.text], "Un marché")
    assert post["published"] == json.loads(before.body)["properties"]["published"]


def test_a_picture_that_is_taken_off_is_deleted(end: FarEnd, http: httpx.Client, micropub_server: Site) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    after = prepared(end, http, replace(CORRECTED, image=None), None)
    edit(http, end.account, sent, before, after)
    assert "photo" not in micropub_server.posts[0]


def test_a_note_that_gets_another_address_is_known_by_that_one_from_then_on(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    micropub_server.renames = True
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    told = edit(http, end.account, sent, before, after)
    assert told == Sent(f"{sent.url}-bis", f"{sent.url}-bis")
    assert delete(http, end.account, told, after) == Gone()
    assert micropub_server.posts == []


@pytest.mark.parametrize(
    "said", [(400, "invalid_request"), (403, "insufficient_scope"), (403, "forbidden"), (501, "not_implemented")]
)
def test_what_a_site_or_a_token_cannot_is_refused_and_posting_goes_on(
    end: FarEnd, http: httpx.Client, micropub_server: Site, said: tuple[int, str]
) -> None:
    micropub_server.changes = said
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    for told in (edit(http, end.account, sent, before, after), delete(http, end.account, sent, before)):
        assert told == Refused(f"127.0.0.1 answered {said[0]}: No change to this")


@pytest.mark.parametrize("status", [404, 410])
def test_a_note_that_is_not_there_is_gone(end: FarEnd, http: httpx.Client, micropub_server: Site, status: int) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    micropub_server.changes = (status, "not_found")
    assert delete(http, end.account, sent, before) == Gone()
    assert edit(http, end.account, sent, before, before) == NO_MORE


def test_a_note_that_is_not_there_is_gone_however_the_site_says_so(
    end: FarEnd, http: httpx.Client, micropub_server: Site
) -> None:
    """An endpoint that is still there is asked, and so it was the note that was not found."""
    micropub_server.is_terse = True
    before = prepared(end, http)
    sent = published(end, http, before)
    assert [delete(http, end.account, sent, before) for _ in range(2)] == [Gone(), Gone()]
    assert edit(http, end.account, sent, before, before) == NO_MORE


@pytest.mark.parametrize("where", ["http://[", "https://[::1/x"])
def test_an_address_that_is_none_is_no_exception(end: FarEnd, where: str) -> None:
    def said(asked: httpx.Request) -> httpx.Response:
        config = {"media-endpoint": where}
        return httpx.Response(200 if asked.method == "GET" else 201, json=config, headers={"location": where})

    with httpx.Client(transport=httpx.MockTransport(said)) as odd:
        told = micropub.prepare(odd, end.account, DRAFT, KEYS, b"a picture")
        request = micropub.prepare(odd, end.account, DRAFT, KEYS)
        assert isinstance(request, Request)
        sent = micropub.publish(odd, end.account, request)
        changed = edit(odd, end.account, Sent("https://blog.example/1", "https://blog.example/1"), request, request)
    assert isinstance(told, Request | Retry | Refused)
    assert sent == Sent(request.key)
    assert changed == Sent("https://blog.example/1", "https://blog.example/1")


def test_an_endpoint_that_is_not_there_is_no_note_that_is_gone(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    moved = replace(end.account, options={"endpoint": f"{end.wire.url}/elsewhere"})
    assert isinstance(delete(http, moved, sent, before), AuthLost)
    assert isinstance(edit(http, moved, sent, before, before), AuthLost)
    assert end.published() == [DRAFT.text]


def test_a_note_whose_address_was_never_told_cannot_be_named(end: FarEnd, http: httpx.Client) -> None:
    """202 without ``Location``: the site makes its pages later."""
    before = prepared(end, http)
    published(end, http, before)
    assert edit(http, end.account, Sent(before.key), before, before) == NAMELESS
    assert delete(http, end.account, Sent(before.key), before) == NAMELESS
