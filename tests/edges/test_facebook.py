"""Facebook Pages: errors that have numbers, photos that nobody sees at first, and posts that are read back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.facebook import network as facebook
from relay.networks.wire.waits import UNTOLD
from tests.edges.conftest import FarEnd
from tests.fakes.facebook import TOKEN, Facebook
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 250_000, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La « fracture » R&D #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def end(facebook_page: FarEnd) -> FarEnd:
    return facebook_page


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = PICTURE) -> Request:
    request = facebook.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


@pytest.mark.shows("card")
def test_a_post_has_its_link_for_a_card_and_is_told_with_its_page(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    told = facebook.publish(http, end.account, prepared(end, http))
    [post] = facebook_server.posts
    assert told == Sent(post.id, f"https://www.facebook.com/{post.id}")
    assert (post.message, post.link, post.photos) == (DRAFT.text, LINK, ())


def test_the_token_stands_in_no_address_and_in_no_body(end: FarEnd, http: httpx.Client) -> None:
    facebook.publish(http, end.account, prepared(end, http))
    [call] = end.wire.calls
    assert TOKEN not in call.path
    assert TOKEN.encode() not in call.body


@pytest.mark.shows("picture")
def test_a_photo_goes_ahead_unseen_with_its_alternative_text(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    picturing = wanting(end, attach="picture")
    request = prepared(picturing, http)
    assert facebook_server.posts == []
    facebook.publish(http, picturing.account, request)
    [post] = facebook_server.posts
    assert [facebook_server.photos[name] for name in post.photos] == [(PICTURE, IMAGE.alt)]
    assert post.link == ""


def test_a_picture_that_is_not_to_be_had_holds_up_no_post(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    picturing = wanting(end, attach="picture")
    facebook.publish(http, picturing.account, prepared(picturing, http, picture=None))
    assert [(post.link, post.photos) for post in facebook_server.posts] == [(LINK, ())]


def test_a_picture_that_facebook_cannot_read_is_told(end: FarEnd, http: httpx.Client) -> None:
    told = facebook.prepare(http, wanting(end, attach="picture").account, DRAFT, KEYS, b"GIF89a")
    assert told == Refused("Facebook answered 324: (#324) Missing or invalid image file")


def test_an_upload_whose_answer_is_lost_does_no_harm(end: FarEnd, http: httpx.Client) -> None:
    picturing = wanting(end, attach="picture")
    picturing.wire.publishes = "/photos"
    picturing.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(facebook.prepare(http, picturing.account, DRAFT, KEYS, PICTURE), Retry)


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (400, {"code": 190, "error_subcode": 463, "message": "Session has expired"}, AuthLost),
        (403, {"code": 200, "message": "(#200) Requires pages_manage_posts"}, AuthLost),
        (403, {"code": 10, "message": "(#10) Application does not have permission"}, AuthLost),
        (400, {"code": 368, "message": "The action attempted has been deemed abusive"}, AuthLost),
        (400, {"code": 4, "message": "(#4) Application request limit reached"}, Retry),
        (400, {"code": 17, "message": "(#17) User request limit reached"}, Retry),
        (400, {"code": 32, "message": "(#32) Page request limit reached"}, Retry),
        (400, {"code": 613, "message": "(#613) Calls have exceeded the rate limit"}, Retry),
        (400, {"code": 80001, "message": "There have been too many calls to this Page account"}, Retry),
        (400, {"code": 1, "message": "An unknown error occurred"}, Unsure),
        (503, {"code": 2, "message": "Service temporarily unavailable"}, Unsure),
        (400, {"code": 1609, "message": "Try again", "is_transient": True}, Unsure),
        (500, {"code": 999, "message": "What nobody has seen yet"}, Unsure),
        (400, {"code": 100, "message": "Invalid parameter"}, Refused),
        (400, {"code": 1500, "message": "The url you supplied is invalid"}, Refused),
    ],
)
@pytest.mark.shows("refusal")
def test_a_no_is_told_by_its_number_whatever_the_status(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, status: int, error: dict[str, Any], outcome: type
) -> None:
    facebook_server.refuses = (status, error)
    told = facebook.publish(http, end.account, prepared(end, http))
    words = f"Facebook answered {error['code']}: {error['message']}"
    assert (type(told), getattr(told, "why", "")) == (outcome, words)


@pytest.mark.parametrize(
    ("usage", "wait"),
    [
        (None, UNTOLD),
        ({"1": [{"type": "pages", "estimated_time_to_regain_access": 19}]}, timedelta(minutes=19)),
        (
            {"1": [{"estimated_time_to_regain_access": 3}], "2": [{"estimated_time_to_regain_access": 7}]},
            timedelta(minutes=7),
        ),
        ({"1": [{"estimated_time_to_regain_access": 0}]}, UNTOLD),
        ({"1": [{"estimated_time_to_regain_access": "soon"}]}, UNTOLD),
        ({"1": 7}, UNTOLD),
        ([], UNTOLD),
    ],
)
@pytest.mark.shows("limit")
def test_it_waits_as_long_as_stands_beside_the_answer(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook, usage: Any, wait: timedelta
) -> None:
    facebook_server.refuses, facebook_server.usage = (400, {"code": 32, "message": "Page request limit"}), usage
    told = facebook.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Retry)
    assert told.wait == wait


def test_a_repeat_is_refused_as_a_duplicate_and_found(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(facebook.publish(http, end.account, request), Unsure)
    assert isinstance(facebook.publish(http, end.account, request), Sent)
    assert len(facebook_server.posts) == 1


def test_the_same_words_from_before_the_approval_are_refused(
    end: FarEnd, http: httpx.Client, facebook_server: Facebook
) -> None:
    facebook_server.now = KEYS.created_at - timedelta(hours=1)
    facebook_server.store(DRAFT.text)
    told = facebook.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Refused)
    assert "change them" in told.why


def test_a_duplicate_that_cannot_be_looked_up_is_a_doubt(end: FarEnd, http: httpx.Client) -> None:
    no = {"error": {"code": 506, "message": "Duplicate status message"}}
    answers = {"GET": httpx.Response(503), "POST": httpx.Response(400, json=no)}
    with httpx.Client(transport=httpx.MockTransport(lambda request: answers[request.method])) as odd:
        assert isinstance(facebook.publish(odd, end.account, prepared(end, http)), Unsure)


def test_a_duplicate_that_is_not_listed_is_looked_for_later(end: FarEnd, http: httpx.Client) -> None:
    no = {"error": {"code": 506, "message": "Duplicate status message"}}
    answers = {"GET": httpx.Response(200, json={"data": []}), "POST": httpx.Response(400, json=no)}
    with httpx.Client(transport=httpx.MockTransport(lambda request: answers[request.method])) as lagging:
        told = facebook.publish(lagging, end.account, prepared(end, http))
    assert isinstance(told, Unsure)
    assert told.wait > timedelta(0)


def test_a_post_of_the_very_second_is_found(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    facebook_server.now = KEYS.created_at
    request = prepared(end, http)
    told = facebook.publish(http, end.account, request)
    assert facebook.find(http, end.account, request, KEYS.created_at) == told


def test_a_post_from_before_is_not_taken_for_it(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    facebook.publish(http, end.account, request)
    assert facebook.find(http, end.account, request, SINCE + timedelta(minutes=3)) == NotThere()


def test_it_is_found_on_the_third_page(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    facebook_server.size = 5
    request = prepared(end, http)
    told = facebook.publish(http, end.account, request)
    _crowd(facebook_server, 11)
    assert facebook.find(http, end.account, request, SINCE) == told


def test_too_many_posts_to_read_back_are_a_doubt(end: FarEnd, http: httpx.Client, facebook_server: Facebook) -> None:
    facebook_server.size = 2
    _crowd(facebook_server, facebook.PAGES * 2 + 1)
    assert isinstance(facebook.find(http, end.account, prepared(end, http), SINCE), CannotTell)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": {}}', b"<html>"])
def test_what_is_no_list_of_posts_tells_nothing(end: FarEnd, http: httpx.Client, body: bytes) -> None:
    request = prepared(end, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as odd:
        assert isinstance(facebook.find(odd, end.account, request, SINCE), CannotTell)


@pytest.mark.parametrize(
    ("page", "token"), [("Ma page", TOKEN), ("", TOKEN), ("12/34", TOKEN), ("1", "a b"), ("1", "")]
)
def test_what_an_account_lacks_is_said_and_nothing_is_asked(
    end: FarEnd, http: httpx.Client, page: str, token: str
) -> None:
    account = replace(wanting(end, page=page).account, secrets={"token": Secret(token)})
    request = Request("key", json.dumps({"post": {"message": "a"}, "approved": "2026-11-24T08:00:00+00:00"}))
    told = [
        facebook.prepare(http, account, DRAFT, KEYS),
        facebook.publish(http, account, request),
        facebook.find(http, account, request, SINCE),
    ]
    assert [type(one) for one in told] == [AuthLost, AuthLost, CannotTell]
    assert end.wire.calls == []


def _crowd(server: Facebook, size: int) -> None:
    for number in range(size):
        server.store(f"Autre {number}")
