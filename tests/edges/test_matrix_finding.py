"""Matrix: a message is found again by its transaction, or else by who wrote it, when, and in which words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import CannotTell, NotThere, Sent
from relay.networks.matrix import network as matrix
from tests.edges.far_end import FarEnd
from tests.fakes.matrix import ME, ROOM, Homeserver
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = KEYS.created_at - timedelta(minutes=2)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"R&D <b> @room\nSuite\n\n#SMCL {LINK}", "fr", LINK, "La fracture", "Une étude.", IMAGE)


@pytest.fixture
def end(matrix_room: FarEnd) -> FarEnd:
    return matrix_room


def prepared(
    end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, nonce: int = 1, picture: bytes | None = None
) -> Request:
    request = matrix.prepare(http, end.account, draft, replace(KEYS, nonce=nonce), picture)
    assert isinstance(request, Request), request
    return request


@pytest.mark.parametrize("tells", [True, False])
def test_it_is_found_by_its_transaction_or_else_by_its_words(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver, tells: object
) -> None:
    homeserver.tells_transactions = bool(tells)
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    matrix.publish(http, end.account, request)
    homeserver.store({"body": "Autre"})
    found = matrix.find(http, end.account, request, SINCE)
    assert found == Sent("$event-0", f"https://matrix.to/#/{ROOM}/$event-0")


def test_the_same_words_in_another_transaction_are_another_message(end: FarEnd, http: httpx.Client) -> None:
    matrix.publish(http, end.account, prepared(end, http, nonce=2))
    assert matrix.find(http, end.account, prepared(end, http), SINCE) == NotThere()


def test_the_same_words_of_somebody_else_are_another_message(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    homeserver.store({"body": DRAFT.text})
    homeserver.events[0]["sender"] = f"{ME}.net"
    assert matrix.find(http, end.account, prepared(end, http), SINCE) == NotThere()


def test_the_same_words_from_before_are_another_message(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    homeserver.store({"body": DRAFT.text})
    assert matrix.find(http, end.account, prepared(end, http), SINCE + timedelta(minutes=3)) == NotThere()


def test_it_is_found_on_the_third_page(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    homeserver.page = 10
    request = prepared(end, http)
    told = matrix.publish(http, end.account, request)
    _crowd(homeserver, 25)
    assert matrix.find(http, end.account, request, SINCE) == told


def test_too_many_messages_to_read_back_are_a_doubt(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    homeserver.page = 2
    _crowd(homeserver, 20)
    assert isinstance(matrix.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def _crowd(server: Homeserver, size: int) -> None:
    for number in range(size):
        server.store({"body": f"Autre {number}"})
