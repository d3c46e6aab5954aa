"""A signed webhook: the id makes a repeat harmless, and so a doubt is a reason to send it again."""

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, NotThere, Refused, Retry, Sent
from relay.networks.webhook import network as webhook
from relay.networks.wire.masking import COVER
from relay.networks.wire.standard import signature
from tests.edges.conftest import FarEnd
from tests.fakes.receiver import KEY, Receiver
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La « fracture » 👩‍👩‍👧 #SMCL\n{LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)


@pytest.fixture
def end(webhook_receiver: FarEnd) -> FarEnd:
    return webhook_receiver


def prepared(end: FarEnd, http: httpx.Client) -> Request:
    request = webhook.prepare(http, end.account, DRAFT, KEYS)
    assert isinstance(request, Request), request
    return request


def test_the_signature_is_that_of_the_standard_s_own_example() -> None:
    """Its libraries check themselves by this one."""
    key = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.shows("picture", "card", "language")
def test_the_payload_has_the_whole_post_with_the_address_of_its_picture(
    end: FarEnd, http: httpx.Client, receiver: Receiver
) -> None:
    webhook.publish(http, end.account, prepared(end, http))
    assert receiver.posts == {
        "msg_20261124T0800000123456789abcdef": {
            "type": "post.published",
            "timestamp": "2026-11-24T08:00:00.000Z",
            "data": {
                "text": DRAFT.text,
                "language": "fr",
                "link": LINK,
                "title": "La fracture",
                "description": "Une étude.",
                "image": {
                    "url": IMAGE.url,
                    "type": "image/jpeg",
                    "width": 1600,
                    "height": 900,
                    "alt": IMAGE.alt,
                },
            },
        }
    }


def test_a_post_without_a_picture_says_so(end: FarEnd, http: httpx.Client) -> None:
    request = webhook.prepare(http, end.account, replace(DRAFT, image=None), KEYS)
    assert isinstance(request, Request)
    assert json.loads(request.body)["data"]["image"] is None


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault not in {Fault.NONE, Fault.GARBAGE_AFTER}])
def test_a_broken_exchange_is_repeated_under_the_same_id(
    end: FarEnd, http: httpx.Client, receiver: Receiver, fault: Fault
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(fault)
    first = webhook.publish(http, end.account, request)
    assert isinstance(first, Retry | Sent)  # an answer without a body cannot be cut short
    end.wire.settle()
    assert webhook.publish(http, end.account, request) == Sent(request.key)
    assert list(receiver.posts) == [request.key]


def test_any_success_is_a_success_whatever_it_says(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    receiver.says = (202, {})
    assert isinstance(webhook.publish(http, end.account, prepared(end, http)), Sent)


def test_what_a_crash_left_open_may_be_sent_again(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    webhook.publish(http, end.account, request)
    assert webhook.find(http, end.account, request, KEYS.created_at) == NotThere()


def test_a_repeat_days_later_is_signed_anew(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    """The keys are of the day of the approval, and a receiver takes no signature that is five minutes old."""
    request = prepared(end, http)
    assert abs(receiver.now - KEYS.created_at.timestamp()) > 300
    assert isinstance(webhook.publish(http, end.account, request), Sent)


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (301, {"location": "/elsewhere"}, Refused),
        (400, {}, Refused),
        (401, {}, AuthLost),
        (403, {}, AuthLost),
        (404, {}, Refused),
        (410, {}, AuthLost),
        (408, {}, Retry),
        (429, {"retry-after": "90"}, Retry),
        (500, {}, Retry),
        (503, {"retry-after": "90"}, Retry),
    ],
)
@pytest.mark.shows("limit", "refusal")
def test_what_a_status_means(
    end: FarEnd, http: httpx.Client, receiver: Receiver, status: int, headers: dict[str, str], outcome: type
) -> None:
    receiver.says = (status, headers)
    told = webhook.publish(http, end.account, prepared(end, http))
    assert type(told) is outcome
    assert not headers.get("retry-after") or getattr(told, "wait", None) == timedelta(seconds=90)


def test_the_secret_is_covered_where_the_receiver_says_it(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    """Here the receiver repeats an address that somebody took for a place to keep the secret in."""
    receiver.says = (400, {})
    secret = end.account.secrets["secret"].value
    account = replace(end.account, options={"endpoint": f"{end.wire.url}/news/{secret}"})
    told = webhook.publish(http, account, prepared(end, http))
    assert told == Refused(f"127.0.0.1 answered 400: No to /news/{COVER}")


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_not base64!",
        f"whsec_{b64encode(b'x' * 23).decode()}",
        f"whsec_{b64encode(b'x' * 65).decode()}",
        b64encode(KEY).decode(),
        f"whsec_{'é' * 40}",
    ],
)
def test_a_secret_that_is_not_of_the_standard_sends_nothing(end: FarEnd, http: httpx.Client, secret: str) -> None:
    account = replace(end.account, secrets={"secret": Secret(secret)})
    assert isinstance(webhook.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert isinstance(webhook.publish(http, account, prepared(end, http)), AuthLost)
    assert end.wire.calls == []


def test_a_receiver_with_another_secret_stops_the_account(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    told = webhook.publish(http, end.locked_out(), prepared(end, http))
    assert (type(told), receiver.posts) == (AuthLost, {})
