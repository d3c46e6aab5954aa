"""Pictures and cards on LinkedIn: all our own words, and a token that goes to LinkedIn alone."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Refused, Retry
from relay.networks.linkedin import media as linkedin_media
from relay.networks.linkedin import network as linkedin
from tests.edges.conftest import FarEnd
from tests.fakes.linkedin import LinkedIn

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture_numerique"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La fracture (une étude) du @CGET #SMCL\n{LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(params=["linkedin_page", "linkedin_member"])
def end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(linkedin_media, "LOOK", 0.01)
    monkeypatch.setattr(linkedin_media, "UNSEEN", 0.01)
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Request:
    request = linkedin.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


@pytest.mark.shows("card")
def test_the_card_has_our_words_and_our_picture(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    linkedin.publish(http, end.account, prepared(end, http, picture=PICTURE))
    [post], [(urn, body)] = linkedin_server.posts, linkedin_server.images.items()
    card = {"source": LINK, "title": "La fracture", "description": "Une étude.", "thumbnail": urn}
    assert (post.content, body) == ({"article": card}, PICTURE)


def test_a_card_without_title_has_the_link_for_one(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    linkedin.publish(http, end.account, prepared(end, http, replace(DRAFT, title="", description="")))
    assert linkedin_server.posts[0].content == {"article": {"source": LINK, "title": LINK}}


@pytest.mark.shows("picture")
def test_a_picture_of_its_own_has_alternative_text_and_no_card(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    picturing = wanting(end, attach="picture")
    linkedin.publish(http, picturing.account, prepared(picturing, http, picture=PICTURE))
    [urn] = linkedin_server.images
    assert linkedin_server.posts[0].content == {"media": {"id": urn, "altText": IMAGE.alt}}


def test_it_waits_until_linkedin_has_looked_at_the_picture(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkedin_media, "LOOK", 0.01)
    linkedin_server.image_looks = 3
    prepared(linkedin_page, http, picture=PICTURE)
    assert linkedin_server.image_looks < 0


def test_a_picture_that_is_never_ready_is_tried_again_later(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkedin_media, "LOOK", 0.01)
    monkeypatch.setattr(linkedin_media, "READY", 0.05)
    linkedin_server.image_looks = 10_000
    assert isinstance(linkedin.prepare(http, linkedin_page.account, DRAFT, KEYS, PICTURE), Retry)


def test_a_picture_that_linkedin_cannot_read_is_told(linkedin_page: FarEnd, http: httpx.Client) -> None:
    told = linkedin.prepare(http, linkedin_page.account, DRAFT, KEYS, b"GIF89a")
    assert told == Refused("LinkedIn cannot read the picture.")


@pytest.mark.parametrize(
    ("where", "is_sent"),
    [
        ("https://www.linkedin.com/dms-uploads/C0", True),
        ("https://api.linkedin.com/dms-uploads/C0", True),
        ("http://www.linkedin.com/dms-uploads/C0", False),
        ("https://evil.example/www.linkedin.com", False),
        ("https://www.linkedin.com.evil.example/", False),
        ("https://evil-linkedin.com/", False),
        ("https://www.linkedin.com@evil.example/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_the_token_goes_to_linkedin_alone(linkedin_member: FarEnd, where: str, is_sent: bool) -> None:  # noqa: FBT001
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        value = {"uploadUrl": where, "image": "urn:li:image:C0"}
        return httpx.Response(200, json={"value": value, "status": "AVAILABLE"})

    account = wanting(linkedin_member, server="https://api.linkedin.com").account
    with httpx.Client(transport=httpx.MockTransport(answer)) as odd:
        told = linkedin.prepare(odd, account, DRAFT, KEYS, PICTURE)
    assert (isinstance(told, Request), isinstance(told, Refused), "PUT" in asked) == (is_sent, not is_sent, is_sent)
