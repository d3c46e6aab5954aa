"""X: calls that are signed, a price for every post, and a text that is taken once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Sent, Unsure
from relay.networks.x import network as x
from relay.networks.x import oauth as x_oauth
from tests.edges.conftest import FarEnd
from tests.fakes.wire import Fault
from tests.fakes.x import PROBLEMS, SECRETS, X

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


def test_the_signature_is_that_of_the_standard_s_own_example() -> None:
    params = {
        "file": "vacation.jpg",
        "size": "original",
        "oauth_consumer_key": "dpf43f3p2l4k3l03",
        "oauth_token": "nnch734d00sl2jdk",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "137131202",
        "oauth_nonce": "chapoH",
    }
    secrets = "kd94hf93k423kf44", "pfkkdhi9sl3r4s00"
    signed = x_oauth.signature("GET", "http://photos.example.net/photos", params, *secrets)
    assert signed == "MdpQcU8iPSUjWoN/UDMsK2sui9I="


def test_a_call_is_signed_once_and_without_any_of_the_secrets(x_signed: FarEnd, http: httpx.Client) -> None:
    for nonce in (1, 2):
        request = x.prepare(http, x_signed.account, replace(DRAFT, text=f"Numéro {nonce}"), KEYS)
        assert isinstance(request, Request)
        assert isinstance(x.publish(http, x_signed.account, request), Sent)
    headers = [call.headers["authorization"] for call in x_signed.wire.calls]
    assert len(set(headers)) == 2
    assert not [name for name in ("consumer_secret", "access_token_secret") if SECRETS[name] in "".join(headers)]


def test_a_post_is_told_with_its_page(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    told = x.publish(http, end.account, prepared(end, http))
    [post] = x_server.posts
    assert told == Sent(post.id, f"https://x.com/i/web/status/{post.id}")
    assert (post.text, post.media) == (DRAFT.text, ())


@pytest.mark.shows("picture")
def test_a_picture_goes_ahead_with_its_alternative_text(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    picturing = wanting(end, attach="picture")
    x.publish(http, picturing.account, prepared(picturing, http))
    [post] = x_server.posts
    assert [x_server.media[name] for name in post.media] == [(PICTURE, IMAGE.alt)]


def test_a_picture_that_x_cannot_read_is_refused_before_anything_is_posted(
    end: FarEnd, http: httpx.Client, x_server: X
) -> None:
    told = x.prepare(http, wanting(end, attach="picture").account, DRAFT, KEYS, b"GIF89a")
    assert told == Refused("X answered 400: media type unrecognized.")
    assert x_server.posts == []


def test_a_picture_whose_upload_breaks_off_is_tried_again(end: FarEnd, http: httpx.Client) -> None:
    picturing = wanting(end, attach="picture")
    picturing.wire.publishes = "/2/media"
    picturing.wire.faults.append(Fault.GATEWAY_AFTER)
    assert isinstance(x.prepare(http, picturing.account, DRAFT, KEYS, PICTURE), Retry)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        (DRAFT.text, "La « fracture » R&D @CGET_gouv #SMCL"),
        (f"Un titre\n\n{LINK}\n\n#SMCL", "Un titre\n\n#SMCL"),
        (f"Voir {LINK}, puis https://b.example/.", "Voir, puis."),
        ("Rien  à ôter\n\n\nici", "Rien  à ôter\n\nici"),
    ],
)
def test_an_account_may_leave_links_out(end: FarEnd, http: httpx.Client, x_server: X, text: str, sent: str) -> None:
    cheap = wanting(end, link="strip")
    x.publish(http, cheap.account, prepared(cheap, http, replace(DRAFT, text=text)))
    assert [post.text for post in x_server.posts] == [sent]


def test_a_slip_of_the_pen_costs_no_money(end: FarEnd, http: httpx.Client) -> None:
    told = x.prepare(http, wanting(end, link="stripp").account, DRAFT, KEYS)
    assert told == AuthLost("X has no link “stripp”: set `link` to keep or strip.")
    assert end.wire.calls == []


@pytest.mark.parametrize(
    ("options", "text", "alt", "price"),
    [
        ({}, DRAFT.text, "", "0.200"),
        ({}, "Sans lien", "", "0.015"),
        ({}, "Un domaine nu, cget.gouv.fr, en est un", "", "0.200"),
        ({"link": "strip"}, DRAFT.text, "", "0.015"),
        ({"link": "strip"}, "Un domaine nu, cget.gouv.fr, reste", "", "0.200"),
        ({"attach": "picture"}, "Sans lien", IMAGE.alt, "0.020"),
        ({"attach": "picture"}, "Sans lien", "", "0.015"),
    ],
)
def test_the_price_is_told_before_anybody_says_yes(
    x_bearer: FarEnd, options: dict[str, str], text: str, alt: str, price: str
) -> None:
    draft = replace(DRAFT, text=text, image=replace(IMAGE, alt=alt))
    assert x.price(wanting(x_bearer, **options).account, draft) == Decimal(price)


def test_the_price_is_what_x_then_takes(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    picturing = wanting(end, attach="picture")
    x.publish(http, picturing.account, prepared(picturing, http))
    assert x.price(picturing.account, DRAFT) == x_server.spent == Decimal("0.205")


@pytest.mark.parametrize("text", ["", "\ufffe", "a\ufeffb"])
def test_what_x_never_takes_is_refused_at_once(end: FarEnd, http: httpx.Client, text: str) -> None:
    assert isinstance(x.prepare(http, end.account, replace(DRAFT, text=text), KEYS), Refused)
    assert end.wire.calls == []


@pytest.mark.parametrize(
    ("status", "problem", "outcome"),
    [
        (400, {"title": "Invalid Request", "detail": "One or more parameters"}, Refused),
        (402, {"title": "CreditsDepleted", "detail": "does not have any credits"}, AuthLost),
        (403, {"title": "Forbidden", "detail": "You are not permitted to perform this action."}, Refused),
        (403, {"detail": "oauth1 app permissions", "type": f"{PROBLEMS}oauth1-permissions"}, AuthLost),
        (403, {"detail": "client-not-enrolled", "type": f"{PROBLEMS}client-forbidden"}, AuthLost),
        (429, {"title": "UsageCapExceeded", "type": f"{PROBLEMS}usage-capped"}, AuthLost),
        (500, {"title": "Internal Server Error"}, Unsure),
        (503, {"title": "Service Unavailable"}, Unsure),
    ],
)
@pytest.mark.shows("refusal")
def test_a_no_is_told_in_x_s_words(
    end: FarEnd, http: httpx.Client, x_server: X, status: int, problem: dict[str, Any], outcome: type
) -> None:
    x_server.refuses = (status, problem)
    told = x.publish(http, end.account, prepared(end, http))
    words = problem.get("detail") or problem["title"]
    assert (type(told), getattr(told, "why", "")) == (outcome, f"X answered {status}: {words}")


@pytest.mark.shows("limit")
def test_it_waits_until_the_limit_is_reset(end: FarEnd, http: httpx.Client, x_server: X) -> None:
    x_server.limited_for = timedelta(minutes=7)
    told = x.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Retry)
    assert told.wait == timedelta(minutes=7)


@pytest.mark.parametrize(
    "secrets",
    [
        {},
        {"consumer_key": "a", "consumer_secret": "b", "access_token": "c"},
        {"token": "a b"},
        {**SECRETS, "access_token": "a\n"},
    ],
)
def test_what_an_account_lacks_is_said_and_nothing_is_asked(
    x_signed: FarEnd, http: httpx.Client, secrets: dict[str, str]
) -> None:
    account = replace(x_signed.account, secrets={name: Secret(value) for name, value in secrets.items()})
    request = Request("key", json.dumps({"post": {"text": "a"}, "approved": "2026-11-24T08:00:00+00:00"}))
    told = [
        x.prepare(http, account, DRAFT, KEYS),
        x.publish(http, account, request),
        x.find(http, account, request, SINCE),
    ]
    assert [type(one) for one in told] == [AuthLost, AuthLost, CannotTell]
    assert x_signed.wire.calls == []
