"""X, read back: what it costs, and which post of the account is the one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import CannotTell, NotThere, Refused, Sent, Unsure
from relay.networks.x import network as x
from relay.networks.x import oauth as x_oauth
from relay.networks.x import timeline as x_timeline
from tests.edges.conftest import FarEnd
from tests.fakes.wire import Fault
from tests.fakes.x import USER, X

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La « fracture » R&D @CGET_gouv #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(params=["x_signed", "x_bearer"])
def end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = PICTURE) -> Request:
    request = x.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def test_a_post_with_a_picture_is_found_without_the_link_that_x_adds(end: FarEnd, http: httpx.Client) -> None:
    picturing = wanting(end, attach="picture")
    request = prepared(picturing, http)
    told = x.publish(http, picturing.account, request)
    assert x.find(http, picturing.account, request, SINCE) == told


def test_reading_back_pays_for_no_post_from_before(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    request = prepared(end, http)
    x_server.now = SINCE - timedelta(days=1)
    for number in range(9):
        x_server.store(f"Vieux {number}")
    assert x.find(http, end.account, request, SINCE) == NotThere()
    assert x_server.spent == 0


def test_a_repeat_is_refused_by_x_and_found(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(x.publish(http, end.account, request), Unsure)
    assert isinstance(x.publish(http, end.account, request), Sent)
    assert len(x_server.posts) == 1


def test_the_same_words_from_before_the_approval_are_refused(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.now = KEYS.created_at - timedelta(hours=1)
    x_server.store(DRAFT.text)
    told = x.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Refused)
    assert "change its words" in told.why


def test_a_duplicate_that_cannot_be_looked_up_is_a_doubt(end: FarEnd, http: httpx.Client) -> None:
    answers = {"GET": httpx.Response(503), "POST": httpx.Response(403, json={"detail": "duplicate content."})}
    with httpx.Client(transport=httpx.MockTransport(lambda request: answers[request.method])) as odd:
        told = x.publish(odd, end.account, prepared(end, http))
    assert isinstance(told, Unsure)


def test_a_duplicate_that_is_not_listed_is_looked_for_later(end: FarEnd, http: httpx.Client) -> None:
    def answer(asked: httpx.Request) -> httpx.Response:
        if asked.method == "POST":
            return httpx.Response(403, json={"detail": "duplicate content."})
        is_me = asked.url.path == "/2/users/me"
        return httpx.Response(200, json={"data": {"id": USER}} if is_me else {"meta": {"result_count": 0}})

    with httpx.Client(transport=httpx.MockTransport(answer)) as lagging:
        told = x.publish(lagging, end.account, prepared(end, http))
    assert isinstance(told, Unsure)
    assert told.wait > timedelta(0)


def test_an_address_without_a_scheme_is_found_though_x_gives_it_one(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http, replace(DRAFT, text="Lire cget.gouv.fr/a"))
    told = x.publish(http, end.account, request)
    assert x.find(http, end.account, request, SINCE) == told


def test_the_same_words_with_another_link_are_a_doubt(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.store(DRAFT.text.replace(LINK, "https://blog.example/autre"))
    assert isinstance(x.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def test_a_post_from_before_is_not_taken_for_it(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    x.publish(http, end.account, request)
    assert x.find(http, end.account, request, SINCE + timedelta(minutes=3)) == NotThere()


def test_it_is_found_on_the_second_page(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.page = 5
    request = prepared(end, http)
    told = x.publish(http, end.account, request)
    for number in range(7):
        x_server.store(f"Autre {number}")
    assert x.find(http, end.account, request, SINCE) == told


def test_too_many_posts_to_read_back_are_a_doubt(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.page = 2
    for number in range(x_timeline.PAGES * 2 + 1):
        x_server.store(f"Autre {number}")
    assert isinstance(x.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def test_an_account_is_known_by_its_token_and_else_asked_for(
    x_signed: FarEnd, x_bearer: FarEnd, http: httpx.Client
) -> None:
    assert x_oauth.identity(x_signed.account) == USER
    x.find(http, x_bearer.account, prepared(x_bearer, http), SINCE)
    assert [call.path.partition("?")[0] for call in x_bearer.wire.calls] == ["/2/users/me", f"/2/users/{USER}/tweets"]


@pytest.mark.parametrize("body", [b"[]", b"7", b'{"data": [1]}', b'{"data": [{"id": "../x", "text": "a"}]}', b"<html>"])
def test_what_is_no_timeline_is_never_a_post(x_signed: FarEnd, http: httpx.Client, body: bytes) -> None:
    request = prepared(x_signed, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as odd:
        assert isinstance(x.find(odd, x_signed.account, request, SINCE), CannotTell)
