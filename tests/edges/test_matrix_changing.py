"""Matrix: an edit is an event that replaces the message, and a redaction takes every version with it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent
from relay.networks.matrix import network as matrix
from relay.networks.matrix.changing import MOST, delete, edit
from relay.networks.wire.changed import NO_MORE, NOT_OURS
from tests.edges.far_end import FarEnd
from tests.fakes.matrix import Homeserver
from tests.fakes.wire import Fault
from tests.real.synapse import Room, Synapse

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"R&D @room\n\n#SMCL {LINK}", "fr", LINK, image=IMAGE)
CORRECTED = replace(DRAFT, text=f"R&D corrigée @room\n\n#SMCL {LINK}")
NEXT = Draft("Suite", "fr", "")


@pytest.fixture
def end(matrix_room: FarEnd) -> FarEnd:
    return matrix_room


def prepared(
    end: FarEnd,
    http: httpx.Client,
    draft: Draft = DRAFT,
    nonce: int = 1,
    after: tuple[Sent, ...] = (),
    picture: bytes | None = None,
) -> Request:
    request = matrix.prepare(http, end.account, draft, replace(KEYS, nonce=nonce), picture, after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = matrix.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def content(homeserver: Homeserver, number: int) -> dict[str, Any]:
    found: dict[str, Any] = homeserver.events[number]["content"]
    return found


def test_an_edit_names_the_message_and_has_the_new_one_whole(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, after) == sent
    told = content(homeserver, 1)
    assert told["m.new_content"] == json.loads(after.body)["message"]
    assert told["m.relates_to"] == {"rel_type": "m.replace", "event_id": sent.id}
    assert (told["msgtype"], told["body"]) == ("m.text", f"* {CORRECTED.text}")
    assert told["m.mentions"] == told["m.new_content"]["m.mentions"] == {}


def test_a_repeated_edit_is_no_further_event(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    assert [edit(http, end.account, sent, before, after) for _ in range(3)] == [sent, sent, sent]
    assert len(homeserver.events) == 2


def test_an_edit_whose_answer_was_lost_is_the_same_transaction(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    end.wire.faults.append(Fault.LATE)
    edit(http, end.account, sent, before, after)
    edit(http, end.account, sent, before, after)
    end.wire.settle()
    assert len(homeserver.events) == 2


def test_an_edit_of_a_picture_stays_a_picture(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    picturing = replace(end, account=replace(end.account, options={**end.account.options, "attach": "picture"}))
    before = prepared(picturing, http, picture=b"a picture")
    after = prepared(picturing, http, CORRECTED, picture=b"a picture")
    edit(http, picturing.account, published(picturing, http, before), before, after)
    told = content(homeserver, 1)
    assert (told["msgtype"], told["url"]) == ("m.image", told["m.new_content"]["url"])
    assert end.published() == [CORRECTED.text]


@pytest.mark.parametrize("sign", ["é", '"', "<", "\n\n&"])
def test_the_longest_text_can_be_edited_whatever_it_has(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver, sign: str
) -> None:
    long = (sign * 25_000).encode()[:25_000].decode(errors="ignore").strip()
    before = prepared(end, http)
    sent = published(end, http, before)
    told = edit(http, end.account, sent, before, prepared(end, http, replace(DRAFT, text=long)))
    assert told == sent
    assert end.published() == [long]
    assert len(json.dumps(content(homeserver, 1), ensure_ascii=False).encode()) <= MOST


def test_a_redacted_message_is_not_edited(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == NO_MORE
    assert len(homeserver.events) == 1


def test_somebody_else_s_message_is_not_edited(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    """The token is of another account than the one that posted it."""
    before = prepared(end, http)
    sent = published(end, http, before)
    homeserver.events[0]["sender"] = "@avant:example.org"
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == NOT_OURS
    assert len(homeserver.events) == 1


def test_every_version_is_redacted(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    edit(http, end.account, sent, before, after)
    edit(http, end.account, sent, after, before)
    assert delete(http, end.account, sent, before) == Gone()
    assert [event["content"] for event in homeserver.events] == [{}, {}, {}]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_is_not_known_of_its_versions_is_asked_again(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver, status: int
) -> None:
    """The first version alone would be gone, and the words of the last still to be read."""
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    edit(http, end.account, sent, before, after)
    homeserver.hides_versions = status
    assert isinstance(delete(http, end.account, sent, before), Retry)
    homeserver.hides_versions = 0
    assert delete(http, end.account, sent, before) == Gone()
    assert [event["content"] for event in homeserver.events] == [{}, {}]


def test_a_server_that_knows_no_versions_deletes_the_message(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    homeserver.hides_versions = 404
    assert delete(http, end.account, sent, before) == Gone()
    assert end.published() == []


@pytest.mark.parametrize("wait", [pytest.param(10**400, id="huge"), -1, True, 0])
def test_a_wait_beyond_all_measure_is_no_exception(end: FarEnd, http: httpx.Client, wait: int) -> None:
    before = prepared(end, http)

    def limited(_: httpx.Request) -> httpx.Response:
        return httpx.Response(429, json={"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": wait})

    with httpx.Client(transport=httpx.MockTransport(limited)) as odd:
        told = matrix.publish(odd, end.account, before)
    assert isinstance(told, Retry)
    assert 0 < told.wait.total_seconds() <= 86_400


def test_who_may_not_redact_may_post_all_the_same(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    homeserver.may_redact = False
    told = delete(http, end.account, sent, before)
    assert isinstance(told, Refused)
    assert "You don't have permission to redact events" in told.why


def test_who_is_not_in_the_room_any_more_is_told_so_and_not_held(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    homeserver.is_member = False
    for told in (edit(http, end.account, sent, before, before), delete(http, end.account, sent, before)):
        assert isinstance(told, Refused)
        assert "not in room" in told.why
    assert isinstance(matrix.publish(http, end.account, before), AuthLost)


def test_it_waits_as_long_as_the_server_says(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    homeserver.limited_for = 4_500
    told = edit(http, end.account, sent, before, prepared(end, http, CORRECTED))
    assert isinstance(told, Retry)
    assert told.wait.total_seconds() == 5


def test_a_message_is_edited_in_the_room_where_it_is(end: FarEnd, http: httpx.Client) -> None:
    before, after = prepared(end, http), prepared(end, http, CORRECTED)
    sent = published(end, http, before)
    moved = replace(end.account, options={**end.account.options, "room": "#ailleurs:example.org"})
    assert edit(http, moved, sent, before, after) == sent


def test_a_thread_is_of_its_first_message_and_answers_the_last(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    first = published(end, http, prepared(end, http))
    second = published(end, http, prepared(end, http, NEXT, 2, (first,)))
    published(end, http, prepared(end, http, replace(NEXT, text="Fin"), 3, (first, second)))
    assert content(homeserver, 2)["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": first.id,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": second.id},
    }


def test_an_edit_of_an_answer_does_not_say_again_what_it_answers(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    first = published(end, http, prepared(end, http))
    before = prepared(end, http, NEXT, 2, (first,))
    after = prepared(end, http, replace(NEXT, text="Suite corrigée"), 2, (first,))
    sent = published(end, http, before)
    assert [edit(http, end.account, sent, before, after) for _ in range(2)] == [sent, sent]
    told = content(homeserver, 2)
    assert told["m.relates_to"] == {"rel_type": "m.replace", "event_id": sent.id}
    assert "m.relates_to" not in told["m.new_content"]
    assert len(homeserver.events) == 3


@pytest.mark.synapse
def test_a_real_server_keeps_no_version_of_what_was_deleted(
    synapse_room: FarEnd, synapse_server: Synapse, http: httpx.Client
) -> None:
    before, after = prepared(synapse_room, http), prepared(synapse_room, http, CORRECTED)
    sent = published(synapse_room, http, before)
    edit(http, synapse_room.account, sent, before, after)
    edit(http, synapse_room.account, sent, after, before)
    assert delete(http, synapse_room.account, sent, before) == Gone()
    account, room = synapse_room.account, json.loads(before.body)["room"]
    there = Room(room, account.options["room"], "", account.secrets["token"].value)
    kept = synapse_server.messages(there)
    assert [event["content"] for event in kept] == [{}] * len(kept)
    assert len(kept) == 3
