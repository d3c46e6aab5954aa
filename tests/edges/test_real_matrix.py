"""The real Synapse: what the one of the tests only says of it."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent
from relay.networks.matrix import network as matrix
from tests.edges.far_end import FarEnd
from tests.fakes.drawings import drawn, saved
from tests.real.synapse import Room, Synapse

pytestmark = pytest.mark.synapse

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
DRAFT = Draft(f"R&D <b> @room\nSuite\n\n#SMCL {LINK}", "fr", LINK, "La fracture", "Une étude.")


def account(server: Synapse, room: Room) -> Account:
    return Account("salon", "matrix", {"server": server.url, "room": room.id}, {"token": Secret(room.token)})


def prepared(http: httpx.Client, account: Account, draft: Draft = DRAFT, nonce: int = 1) -> Request:
    request = matrix.prepare(http, account, draft, replace(KEYS, nonce=nonce))
    assert isinstance(request, Request), request
    return request


def sent(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    outcome = matrix.publish(http, end.account, request)
    assert isinstance(outcome, Sent), outcome
    return outcome


@pytest.mark.shows("limit")
def test_whoever_writes_too_much_waits_as_long_as_the_server_says(synapse_server: Synapse, http: httpx.Client) -> None:
    room = synapse_server.room(is_limited=True)
    news = [prepared(http, account(synapse_server, room), replace(DRAFT, text=f"{n}"), n) for n in range(30)]
    told = (matrix.publish(http, account(synapse_server, room), one) for one in news)
    first = next(outcome for outcome in told if not isinstance(outcome, Sent))
    assert isinstance(first, Retry)
    assert 0 < first.wait.total_seconds() <= 60

    time.sleep(first.wait.total_seconds())
    number = len(synapse_server.texts(room))
    assert isinstance(matrix.publish(http, account(synapse_server, room), news[number]), Sent)
    assert synapse_server.texts(room) == [f"{n}" for n in range(number + 1)]


@pytest.mark.parametrize("sign", ['"', "\\", "\n", "<", "&", "é", "👩"])
def test_the_longest_text_is_taken_whatever_its_signs(synapse_room: FarEnd, http: httpx.Client, sign: str) -> None:
    [(_, most)] = matrix.limits(synapse_room.account).text
    draft = replace(DRAFT, text=f"a{sign * ((most - 2) // len(sign.encode()))}z")
    sent(synapse_room, http, prepared(http, synapse_room.account, draft))
    assert synapse_room.published() == [draft.text]


def test_signs_that_json_writes_as_six_are_refused_in_a_sentence(synapse_room: FarEnd, http: httpx.Client) -> None:
    [(_, most)] = matrix.limits(synapse_room.account).text
    request = prepared(http, synapse_room.account, replace(DRAFT, text="\x01" * most))
    assert matrix.publish(http, synapse_room.account, request) == Refused("127.0.0.1 answered 413: event too large")


@pytest.mark.shows("edit", "delete")
def test_a_message_is_edited_back_and_forth_and_then_redacted(synapse_room: FarEnd, http: httpx.Client) -> None:
    can = matrix.abilities(synapse_room.account)
    assert can.edit
    assert can.delete
    first, second = (prepared(http, synapse_room.account, replace(DRAFT, text=text)) for text in ("Un", "Deux"))
    posted = sent(synapse_room, http, first)
    for before, after, shown in ((first, second, "Deux"), (second, second, "Deux"), (second, first, "Un")):
        edited = can.edit(http, synapse_room.account, posted, before, after)
        assert (edited, synapse_room.published()) == (posted, [shown])
    assert can.delete(http, synapse_room.account, posted, first) == Gone()
    assert can.delete(http, synapse_room.account, posted, first) == Gone()
    assert synapse_room.published() == []
    assert isinstance(can.edit(http, synapse_room.account, posted, first, second), Refused)


def test_no_version_of_what_was_redacted_can_be_read_any_more(synapse_server: Synapse, http: httpx.Client) -> None:
    room = synapse_server.room()
    ours = account(synapse_server, room)
    can = matrix.abilities(ours)
    assert can.edit
    assert can.delete
    first, second = (prepared(http, ours, replace(DRAFT, text=text)) for text in ("secret un", "secret deux"))
    posted = matrix.publish(http, ours, first)
    assert isinstance(posted, Sent)
    can.edit(http, ours, posted, first, second)
    can.delete(http, ours, posted, first)
    assert "secret" not in str(synapse_server.messages(room))


@pytest.mark.shows("picture")
def test_a_picture_is_uploaded_and_shown_with_the_text(synapse_server: Synapse, http: httpx.Client) -> None:
    room = synapse_server.room()
    ours = account(synapse_server, room)
    ours = replace(ours, options={**ours.options, "attach": "picture"})
    picture = saved(drawn(64, 48), "PNG")
    image = Image("https://blog.example/a.png", "image/png", 64, 48, "Une place")
    request = matrix.prepare(http, ours, replace(DRAFT, image=image), KEYS, picture)
    assert isinstance(request, Request)
    assert isinstance(matrix.publish(http, ours, request), Sent)

    [event] = synapse_server.messages(room)
    assert (event["content"]["msgtype"], event["content"]["body"]) == ("m.image", DRAFT.text)
    place = event["content"]["url"].removeprefix("mxc://")
    headers = {"Authorization": f"Bearer {room.token}"}
    shown = http.get(f"{synapse_server.url}/_matrix/client/v1/media/download/{place}", headers=headers)
    assert (shown.content, shown.headers["content-type"]) == (picture, "image/png")


@pytest.mark.shows("refusal")
def test_a_room_that_is_not_there_or_closed_needs_a_person(synapse_server: Synapse, http: httpx.Client) -> None:
    room, other = synapse_server.room(), synapse_server.room()
    ours = account(synapse_server, room)
    for name in ("#nulle-part:localhost", "!nulle-part:localhost"):
        elsewhere = replace(ours, options={**ours.options, "room": name})
        assert isinstance(matrix.prepare(http, elsewhere, DRAFT, KEYS), AuthLost)
    stranger = replace(ours, options={**ours.options, "room": other.id})
    request = matrix.prepare(http, stranger, DRAFT, KEYS)
    told = matrix.publish(http, stranger, request) if isinstance(request, Request) else request
    assert isinstance(told, AuthLost)
