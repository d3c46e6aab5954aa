"""A webhook's further events: what has become of a post, told under ids that a repeat does not change."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent
from relay.networks.webhook import network as webhook
from relay.networks.webhook.changing import delete, edit
from tests.edges.far_end import FarEnd
from tests.fakes.receiver import Receiver

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
FIRST = "msg_20261124T0800000123456789abcdef"
LINK = "https://blog.example/2026/fracture"
DRAFT = Draft(f"La fracture\n{LINK}", "fr", LINK, "La fracture", "Une étude.")
CORRECTED = replace(DRAFT, text=f"La couture\n{LINK}", title="La couture")


@pytest.fixture
def end(webhook_receiver: FarEnd) -> FarEnd:
    return webhook_receiver


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = webhook.prepare(http, end.account, draft, KEYS)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = webhook.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def test_an_update_has_the_whole_post_and_the_id_under_which_it_came(
    end: FarEnd, http: httpx.Client, receiver: Receiver
) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    edit(http, end.account, published(end, http, before), before, after)
    assert list(receiver.posts) == [FIRST]
    payload = receiver.posts[FIRST]
    told = datetime.fromisoformat(payload.pop("timestamp"))
    assert abs(told.timestamp() - receiver.now) < 60
    assert payload == {"type": "post.updated", "data": {"id": FIRST, **json.loads(after.body)["data"]}}


def test_a_deletion_has_the_id_alone(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    before = prepared(end, http)
    assert delete(http, end.account, published(end, http, before), before) == Gone()
    payload = json.loads(end.wire.calls[-1].body)
    assert (payload["type"], payload["data"], receiver.posts) == ("post.deleted", {"id": FIRST}, {})


def test_a_repeat_is_the_same_event(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    for _ in range(2):
        edit(http, end.account, sent, before, after)
    for _ in range(2):
        delete(http, end.account, sent, before)
    assert len(receiver.events) == len(set(receiver.events)) == 3
    assert all(name.startswith(FIRST) for name in receiver.events)


def test_a_return_to_earlier_words_is_another_event(end: FarEnd, http: httpx.Client, receiver: Receiver) -> None:
    one, other = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, one)
    for before, after in [(one, other), (other, one), (one, other)]:
        told = edit(http, end.account, sent, before, after)
        assert isinstance(told, Sent)
        sent = told
    assert len(receiver.events) == 4
    assert end.published() == [CORRECTED.text]


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [(400, {}, Refused), (401, {}, AuthLost), (410, {}, AuthLost), (503, {"retry-after": "90"}, Retry)],
)
def test_what_a_status_means(
    end: FarEnd, http: httpx.Client, receiver: Receiver, status: int, headers: dict[str, str], outcome: type
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    receiver.says = (status, headers)
    for told in (edit(http, end.account, sent, before, before), delete(http, end.account, sent, before)):
        assert type(told) is outcome
        assert not headers or getattr(told, "wait", None) == timedelta(seconds=90)
