"""Micropub: a note is found again where the server lists what it has, as far as that can be believed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import CannotTell, Finding, NotThere, Sent, Unsure
from relay.networks.micropub import network as micropub
from tests.edges.far_end import FarEnd
from tests.fakes.micropub import Site
from tests.fakes.wire import Fault

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


def listed(end: FarEnd, http: httpx.Client, items: list[Any]) -> Finding:
    """What is found where the server lists these posts."""
    request = prepared(end, http)
    answer = httpx.Response(200, content=json.dumps({"items": items}).encode())
    with httpx.Client(transport=httpx.MockTransport(lambda _: answer)) as other:
        return micropub.find(other, end.account, request, SINCE)


def note(text: object = "Autre", **more: object) -> dict[str, Any]:
    return {"type": ["h-entry"], "properties": {"content": [text], **more}}


@pytest.mark.parametrize("look", [{}, {"keeps_slugs": False}, {"keeps_slugs": False, "as_html": True}])
def test_it_is_found_by_its_slug_or_else_by_its_words(
    end: FarEnd, http: httpx.Client, micropub_server: Site, look: dict[str, bool]
) -> None:
    for name, value in look.items():
        setattr(micropub_server, name, value)
    request = micropub.prepare(http, end.account, replace(DRAFT, text="Un bilan"), KEYS)
    assert isinstance(request, Request)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(micropub.publish(http, end.account, request), Unsure)
    page = micropub_server.posts[0]["url"][0]
    assert micropub.find(http, end.account, request, SINCE) == Sent(page, page)


def test_a_list_of_newer_posts_that_goes_on_elsewhere_proves_nothing(end: FarEnd, http: httpx.Client) -> None:
    newer = [note(published=["2026-11-24T08:01:00Z"])] * 20
    assert isinstance(listed(end, http, newer), CannotTell)
    assert listed(end, http, [*newer, note(published=["2026-11-24T07:00:00Z"])]) == NotThere()
    assert listed(end, http, newer[:9]) == NotThere()


@pytest.mark.parametrize(("newer", "is_there"), [(25, True), (25, False), (60, True)])
def test_it_is_looked_for_page_by_page(
    end: FarEnd, http: httpx.Client, micropub_server: Site, newer: int, is_there: object
) -> None:
    micropub_server.page = 10
    request = prepared(end, http)
    told = micropub.publish(http, end.account, request) if is_there else NotThere()
    for number in range(newer):
        micropub_server.store({"content": [f"Autre {number}"], "published": ["2026-11-24T08:01:00Z"]})
    found = micropub.find(http, end.account, request, SINCE)
    assert found == told if newer < 50 else isinstance(found, CannotTell)


def test_a_like_or_a_picture_without_words_is_another_post(end: FarEnd, http: httpx.Client) -> None:
    like = {"type": ["h-entry"], "properties": {"like-of": ["https://autre.example/"]}}
    picture = {"type": ["h-entry"], "properties": {"photo": ["https://blog.example/1.jpg"], "url": [LINK]}}
    assert listed(end, http, [like, picture]) == NotThere()


def test_a_slug_that_is_no_text_is_no_exception(end: FarEnd, http: httpx.Client) -> None:
    assert listed(end, http, [note(**{"mp-slug": [{"a": 1}], "url": [["b"]]})]) == NotThere()


@pytest.mark.parametrize("item", [1, {}, {"properties": []}, {"properties": {}}, note(7), note({"markdown": "x"})])
def test_a_post_that_cannot_be_compared_is_a_doubt(end: FarEnd, http: httpx.Client, item: object) -> None:
    assert isinstance(listed(end, http, [note(), item]), CannotTell)


def test_a_server_that_does_not_list_is_left_to_a_person(micropub_silent: FarEnd, http: httpx.Client) -> None:
    found = micropub.find(http, micropub_silent.account, prepared(micropub_silent, http), SINCE)
    assert found == CannotTell("This Micropub server does not list its posts: look there whether it has come.")
