"""Bluesky, on its real server: a record under a key of our own is there once, however often it is sent."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Retry, Sent, Unsure
from relay.networks.bluesky import atproto
from relay.networks.bluesky import network as bluesky
from tests.edges.conftest import FarEnd
from tests.fakes.pds import Member, Pds
from tests.fakes.wire import Reply, Wire, listening

pytestmark = pytest.mark.pds

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/été"
DRAFT = Draft(f"« Égalité » 👩‍👩‍👧 #SMCL {LINK}", "fr", LINK, "Égalité", "Une étude.")


@pytest.fixture
def member(pds: Pds) -> Member:
    return pds.join()


@pytest.fixture
def end(bluesky_pds: FarEnd) -> FarEnd:
    return bluesky_pds


def prepared(end: FarEnd, http: httpx.Client, text: str = DRAFT.text) -> Request:
    request = bluesky.prepare(http, end.account, replace(DRAFT, text=text), KEYS)
    assert isinstance(request, Request), request
    return request


def record(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.body)["record"]
    return found


def calls(end: FarEnd, name: str) -> int:
    return sum(name in call.path for call in end.wire.calls)


def test_the_public_reads_the_record_as_it_was_frozen(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    sent = bluesky.publish(http, end.account, request)
    assert isinstance(sent, Sent)
    repo, collection, key = sent.id.removeprefix("at://").split("/")
    where = {"repo": repo, "collection": collection, "rkey": key}
    assert pds.call("GET", "com.atproto.repo.getRecord", params=where)["value"] == record(request)
    assert sent.url == f"https://bsky.app/profile/{end.account.options['handle']}/post/{request.key}"


@pytest.mark.shows("language", "card")
def test_a_record_has_language_moment_and_card(end: FarEnd, http: httpx.Client) -> None:
    written = record(prepared(end, http))
    card = {"uri": "https://blog.example/2026/%C3%A9t%C3%A9", "title": "Égalité", "description": "Une étude."}
    assert written["langs"] == ["fr"]
    assert written["createdAt"] == "2026-11-24T08:00:00.123Z"
    assert written["embed"] == {"$type": "app.bsky.embed.external", "external": card}


@pytest.mark.shows("tags")
def test_the_facets_mark_tag_and_link_by_their_bytes(end: FarEnd, http: httpx.Client) -> None:
    raw = DRAFT.text.encode()
    indexes = [facet["index"] for facet in record(prepared(end, http))["facets"]]
    assert [raw[index["byteStart"] : index["byteEnd"]].decode() for index in indexes] == ["#SMCL", LINK]


@pytest.mark.shows("mention")
def test_a_known_handle_is_mentioned_and_an_unknown_one_stays_plain(
    end: FarEnd, http: httpx.Client, member: Member
) -> None:
    written = record(prepared(end, http, f"@{member.handle} @personne.test @CGET_gouv"))
    assert [facet["features"] for facet in written["facets"]] == [
        [{"$type": "app.bsky.richtext.facet#mention", "did": member.did}]
    ]


def test_eight_at_once_are_all_sent_and_leave_one_record(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(lambda _: bluesky.publish(http, end.account, request), range(8)))
    assert [type(outcome) for outcome in outcomes] == [Sent]
    assert end.published() == [DRAFT.text]


def test_another_text_under_the_same_key_is_never_overwritten(end: FarEnd, http: httpx.Client) -> None:
    bluesky.publish(http, end.account, prepared(end, http))
    other = prepared(end, http, "Autre chose")
    assert isinstance(bluesky.publish(http, end.account, other), Unsure)
    assert isinstance(bluesky.find(http, end.account, other, SINCE), CannotTell)
    assert end.published() == [DRAFT.text]


def test_posts_share_a_session(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    bluesky.publish(http, end.account, request)
    bluesky.publish(http, end.account, request)
    assert calls(end, "createSession") == 1


def test_eight_posts_at_once_sign_in_once(end: FarEnd, http: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: prepared(end, http), range(8)))
    assert calls(end, "createSession") == 1


def test_another_client_has_a_session_of_its_own(end: FarEnd, http: httpx.Client) -> None:
    prepared(end, http)
    with httpx.Client(trust_env=False) as other:
        prepared(end, other)
    assert calls(end, "createSession") == 2


@pytest.mark.shows("token")
def test_a_session_that_has_run_out_is_opened_anew(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    _spoil(http, pds.expired(request_repo(request)))
    assert isinstance(bluesky.publish(http, end.account, request), Sent)
    assert calls(end, "createSession") == 2


def test_a_token_that_never_works_stops_the_account(pds: Pds, end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    expired = pds.expired(request_repo(request))
    session = Reply(200, json.dumps({"did": "did:plc:x", "accessJwt": expired}).encode())
    with listening(Wire(lambda call: session if "createSession" in call.path else pds.answer(call), "-")) as wire:
        account = replace(end.account, options={**end.account.options, "service": wire.url})
        assert isinstance(bluesky.publish(http, account, request), AuthLost)


def test_a_wrong_password_stops_the_account(end: FarEnd, http: httpx.Client) -> None:
    outcome = bluesky.prepare(http, end.locked_out(), DRAFT, KEYS)
    assert outcome == AuthLost("127.0.0.1 answered 401: Invalid identifier or password")


@pytest.mark.shows("limit")
def test_it_waits_as_long_as_the_server_asks(end: FarEnd, http: httpx.Client) -> None:
    wrong = [replace(end.account, secrets={"password": Secret(f"wrong {number}")}) for number in range(30)]
    with ThreadPoolExecutor(10) as pool:
        outcomes = set(pool.map(lambda account: bluesky.prepare(http, account, DRAFT, KEYS), wrong))
    too_often = bluesky.prepare(http, end.account, DRAFT, KEYS)
    assert {type(outcome) for outcome in outcomes} == {AuthLost}
    assert isinstance(too_often, Retry)
    assert timedelta(minutes=3) < too_often.wait <= timedelta(minutes=5)


def request_repo(request: Request) -> str:
    repo: str = json.loads(request.body)["repo"]
    return repo


def _spoil(http: httpx.Client, token: str) -> None:
    """The session that this client keeps, as it is after two hours."""
    [seat] = atproto._seats[http].values()
    assert seat.session
    seat.session = replace(seat.session, token=token)
