"""A picture on Bluesky's real server: on the card of the link, or in its place."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from PIL import Image as Painting

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Refused, Sent
from relay.networks.bluesky import network as bluesky
from tests.edges.conftest import FarEnd
from tests.fakes.pds import Pds

pytestmark = pytest.mark.pds

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
LINK = "https://blog.example/2026/place"
IMAGE = Image("https://blog.example/pictures/a.png", "image/png", 160, 90, "Une place, le jour du marché")
DRAFT = Draft(f"La place {LINK}", "fr", LINK, "La place", "Elle rouvre.", IMAGE)


def painted() -> bytes:
    """A small picture, as a publisher has them."""
    file = io.BytesIO()
    Painting.new("RGB", (160, 90), "teal").save(file, "png")
    return file.getvalue()


def wanting(end: FarEnd, attach: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, "attach": attach}))


def stored(pds: Pds, end: FarEnd, http: httpx.Client) -> dict[str, Any]:
    """The record as the public reads it."""
    request = bluesky.prepare(http, end.account, DRAFT, KEYS, painted())
    assert isinstance(request, Request), request
    sent = bluesky.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    repo, collection, key = sent.id.removeprefix("at://").split("/")
    where = {"repo": repo, "collection": collection, "rkey": key}
    found: dict[str, Any] = pds.call("GET", "com.atproto.repo.getRecord", params=where)["value"]
    return found


@pytest.mark.shows("card")
def test_the_card_shows_the_picture(pds: Pds, bluesky_pds: FarEnd, http: httpx.Client) -> None:
    card = stored(pds, bluesky_pds, http)["embed"]["external"]

    assert (card["uri"], card["title"], card["description"]) == (LINK, "La place", "Elle rouvre.")
    assert card["thumb"]["mimeType"] == "image/png"
    assert card["thumb"]["size"] == len(painted())


@pytest.mark.shows("picture")
def test_an_account_may_want_the_picture_in_place_of_the_card(
    pds: Pds, bluesky_pds: FarEnd, http: httpx.Client
) -> None:
    embed = stored(pds, wanting(bluesky_pds, "picture"), http)["embed"]

    assert embed["$type"] == "app.bsky.embed.images"
    [shown] = embed["images"]
    assert shown["alt"] == "Une place, le jour du marché"
    assert shown["aspectRatio"] == {"width": 160, "height": 90}


def test_the_same_picture_again_gives_the_same_request(bluesky_pds: FarEnd, http: httpx.Client) -> None:
    one, other = (bluesky.prepare(http, bluesky_pds.account, DRAFT, KEYS, painted()) for _ in range(2))

    assert one == other
    assert isinstance(one, Request)


def test_without_its_bytes_the_card_stands_without_a_picture(bluesky_pds: FarEnd, http: httpx.Client) -> None:
    request = bluesky.prepare(http, bluesky_pds.account, DRAFT, KEYS, None)

    assert isinstance(request, Request)
    assert "thumb" not in json.loads(request.body)["record"]["embed"]["external"]


def test_a_picture_that_is_too_large_for_the_server_is_told(bluesky_pds: FarEnd, http: httpx.Client) -> None:
    outcome = bluesky.prepare(http, bluesky_pds.account, DRAFT, KEYS, b"x" * 6_000_000)

    assert isinstance(outcome, Refused)
