"""Matrix: a transaction of our own, a room that everybody in it can read, and nobody called."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.matrix import network as matrix
from tests.edges.far_end import FarEnd
from tests.fakes.matrix import ROOM, Homeserver

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


def with_options(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


@pytest.mark.shows("mention", lacks=True)
def test_a_message_is_text_and_the_same_words_as_html_and_calls_nobody(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    told = matrix.publish(http, end.account, prepared(end, http))
    address = "https://blog.example/2026/fracture?a=1&amp;b=2"
    page = f'<p>R&amp;D &lt;b&gt; @room<br>\nSuite</p><p>#SMCL <a href="{address}">{address}</a></p>'
    assert homeserver.events[0]["content"] == {
        "msgtype": "m.text",
        "body": DRAFT.text,
        "format": "org.matrix.custom.html",
        "formatted_body": page,
        "m.mentions": {},
    }
    assert told == Sent("$event-0", f"https://matrix.to/#/{ROOM}/$event-0")


def test_the_same_transaction_is_the_same_message(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    request = prepared(end, http)
    first = matrix.publish(http, end.account, request)
    assert matrix.publish(http, end.account, request) == first
    assert len(homeserver.events) == 1


@pytest.mark.shows("picture")
def test_a_picture_is_the_message_and_the_text_its_caption(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    shown = with_options(end, attach="picture")
    matrix.publish(http, shown.account, prepared(shown, http, picture=b"a picture"))
    assert homeserver.media == [("image/jpeg", b"a picture")]
    content = homeserver.events[0]["content"]
    told = {key: content[key] for key in ("msgtype", "url", "filename", "body", "info")}
    assert told == {
        "msgtype": "m.image",
        "url": "mxc://example.org/1",
        "filename": "picture.jpeg",
        "body": DRAFT.text,
        "info": {"mimetype": "image/jpeg", "size": 9, "w": 1600, "h": 900},
    }


@pytest.mark.parametrize("sign", ['"', "&", "é", "\n."])
def test_the_longest_text_fits_into_an_event_whatever_it_has(end: FarEnd, http: httpx.Client, sign: str) -> None:
    text = sign * (25_000 // len(sign.encode()))
    assert isinstance(matrix.publish(http, end.account, prepared(end, http, replace(DRAFT, text=text))), Sent)
    assert end.published() == [text]


@pytest.mark.parametrize("room", [ROOM, "#actualites:example.org", f" {ROOM} "])
def test_a_room_is_named_by_identifier_or_by_address(end: FarEnd, http: httpx.Client, room: str) -> None:
    named = with_options(end, room=room)
    assert json.loads(prepared(named, http).body)["room"] == ROOM


def test_a_room_of_which_only_members_have_the_keys_gets_nothing(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    homeserver.is_encrypted = True
    told = matrix.prepare(http, end.account, DRAFT, KEYS)
    assert told == AuthLost("The room is encrypted: relay writes only into rooms that are not.")


def test_who_is_not_in_the_room_is_told_before_anything_is_sent(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver
) -> None:
    homeserver.is_member = False
    told = matrix.prepare(http, end.account, DRAFT, KEYS)
    assert isinstance(told, AuthLost)
    assert "not in room" in told.why


def test_a_room_that_is_not_known_needs_a_person(end: FarEnd, http: httpx.Client) -> None:
    told = matrix.prepare(http, with_options(end, room="#autre:example.org").account, DRAFT, KEYS)
    assert isinstance(told, AuthLost)
    assert "#autre:example.org not found" in told.why


@pytest.mark.parametrize(("header", "seconds"), [(True, 2), (False, 2)])
@pytest.mark.shows("limit")
def test_it_waits_as_long_as_the_server_says(
    end: FarEnd, http: httpx.Client, homeserver: Homeserver, header: object, seconds: int
) -> None:
    request = prepared(end, http)
    homeserver.limited_for, homeserver.tells_header = 1_500, bool(header)
    told = matrix.publish(http, end.account, request)
    assert told == Retry("127.0.0.1 answered 429: Too Many Requests", timedelta(seconds=seconds))


def test_an_error_that_is_no_word_is_a_refusal_and_no_exception(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    odd = httpx.Response(400, json={"errcode": {"a": 1}, "error": ["b"]})
    with httpx.Client(transport=httpx.MockTransport(lambda _: odd)) as other:
        assert isinstance(matrix.publish(other, end.account, request), Refused)


def test_who_was_put_out_of_the_room_needs_a_person(end: FarEnd, http: httpx.Client, homeserver: Homeserver) -> None:
    request = prepared(end, http)
    homeserver.is_member = False
    assert isinstance(matrix.publish(http, end.account, request), AuthLost)


def test_a_picture_that_is_too_large_is_refused(end: FarEnd, http: httpx.Client) -> None:
    def answer(asked: httpx.Request) -> httpx.Response:
        is_upload = asked.url.path.endswith("/upload")
        said: dict[str, Any] = {"errcode": "M_TOO_LARGE", "error": "Upload is too large"}
        return httpx.Response(413 if is_upload else 404, json=said if is_upload else {"errcode": "M_NOT_FOUND"})

    account = with_options(end, attach="picture", room=ROOM).account
    with httpx.Client(transport=httpx.MockTransport(answer)) as small:
        told = matrix.prepare(small, account, DRAFT, KEYS, b"a picture")
    assert told == Refused("127.0.0.1 answered 413: Upload is too large")


@pytest.mark.parametrize(("server", "token"), [("http://matrix.example", "x"), ("", "a b"), ("", "a\n")])
def test_what_an_account_lacks_is_said_and_nothing_is_asked(
    end: FarEnd, http: httpx.Client, server: str, token: str
) -> None:
    options = {**end.account.options, "server": server or end.account.options["server"]}
    account = replace(end.account, options=options, secrets={"token": Secret(token)})
    assert isinstance(matrix.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert end.wire.calls == []
