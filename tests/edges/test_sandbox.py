"""The sandbox network, against the very server whose timelines the demo shows."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.language.length import fits
from relay.core.outcome import CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.demo import timelines
from relay.demo.board import SandboxAccount
from relay.demo.serving import Running
from relay.networks.sandbox import network as sandbox
from tests.fakes.wire import closed_port

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/halles"
DRAFT = Draft(f"Les halles « rouvrent » 🧺 @cget@social.example #SMCL\n{LINK}", "fr", LINK, "Les halles", "Un bilan.")
ACCOUNTS = (
    SandboxAccount("masto", "Le blog", "blog@social.example", "mastodon"),
    SandboxAccount("sky", "Le blog", "blog.example", "bluesky"),
)


class LosesAnswers(httpx.BaseTransport):
    """The way to the network, and not the way back."""

    def __init__(self) -> None:
        self._way = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._way.handle_request(request).read()
        raise httpx.ReadError("connection reset by peer", request=request)

    def close(self) -> None:
        self._way.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = timelines.serve(ACCOUNTS)
    yield running
    running.stop()


@pytest.fixture
def account(server: Running, request: pytest.FixtureRequest) -> Account:
    """One of its own for each test: accounts appear when first written to."""
    return Account(request.node.name, "sandbox", {"server": server.url, "imitates": "mastodon"})


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a server that takes one request and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = Thread(target=_hang_up, args=(listening,))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def _hang_up(listening: socket.socket) -> None:
    caller, _ = listening.accept()
    with caller:
        caller.recv(65_536)


def prepared(http: httpx.Client, account: Account, draft: Draft = DRAFT, keys: Keys = KEYS) -> Request:
    request = sandbox.prepare(http, account, draft, keys)
    assert isinstance(request, Request)
    return request


def test_the_same_draft_and_keys_give_the_same_request(http: httpx.Client, account: Account) -> None:
    assert prepared(http, account) == prepared(http, account)


@pytest.mark.parametrize("other", [replace(KEYS, nonce=7), replace(KEYS, created_at=SINCE)])
def test_other_keys_give_another_key(http: httpx.Client, account: Account, other: Keys) -> None:
    assert prepared(http, account, keys=other).key != prepared(http, account).key


def test_a_key_is_thirteen_characters_that_an_address_can_hold(http: httpx.Client, account: Account) -> None:
    key = prepared(http, account).key
    assert (len(key), key.isalnum(), key.islower()) == (13, True, True)


@pytest.mark.parametrize(("imitates", "most"), [("mastodon", 500), ("bluesky", 300)])
def test_it_counts_as_the_network_that_it_imitates(account: Account, imitates: str, most: int) -> None:
    limits = sandbox.limits(replace(account, options={**account.options, "imitates": imitates}))
    assert (fits("é" * most, limits), fits("é" * (most + 1), limits)) == (True, False)


def test_handles_are_those_of_the_network_that_it_imitates(account: Account) -> None:
    assert sandbox.directory_name(account) == "mastodon"


def test_it_imitates_no_network_that_it_does_not_know(http: httpx.Client, account: Account) -> None:
    other = replace(account, options={**account.options, "imitates": "minitel"})
    assert isinstance(sandbox.prepare(http, other, DRAFT, KEYS), Refused)


def test_publishing_gives_the_post_s_place_on_the_timeline(
    http: httpx.Client, account: Account, server: Running
) -> None:
    request = prepared(http, account)
    outcome = sandbox.publish(http, account, request)
    assert outcome == Sent(request.key, f"{server.url}/{account.id}#{request.key}")


def test_publishing_twice_leaves_one_post(http: httpx.Client, account: Account, server: Running) -> None:
    request = prepared(http, account)
    first = sandbox.publish(http, account, request)
    assert sandbox.publish(http, account, request) == first
    assert http.get(f"{server.url}/{account.id}").text.count('<article class="post"') == 1


def test_the_server_says_whether_a_post_is_new(http: httpx.Client, account: Account, server: Running) -> None:
    place, body = f"{server.url}/accounts/{account.id}/posts/k", prepared(http, account).body
    assert [http.put(place, content=body).status_code, http.put(place, content=body).status_code] == [201, 200]


def test_what_was_published_is_found_as_publishing_told_it(http: httpx.Client, account: Account) -> None:
    request = prepared(http, account)
    sent = sandbox.publish(http, account, request)
    assert sandbox.find(http, account, request, SINCE) == sent


def test_what_was_not_published_is_not_there(http: httpx.Client, account: Account) -> None:
    assert sandbox.find(http, account, prepared(http, account), SINCE) == NotThere()


def test_another_post_under_the_same_key_is_refused_and_the_first_one_stays(
    http: httpx.Client, account: Account
) -> None:
    request = prepared(http, account)
    other = replace(prepared(http, account, replace(DRAFT, text="Autre chose")), key=request.key)
    sent = sandbox.publish(http, account, request)
    assert sandbox.publish(http, account, other) == Refused(
        "127.0.0.1 answered 409: Another post stands under this key."
    )
    assert sandbox.find(http, account, request, SINCE) == sent


def test_another_text_under_the_key_is_a_doubt(http: httpx.Client, account: Account) -> None:
    request = prepared(http, account)
    other = replace(prepared(http, account, replace(DRAFT, text="Autre chose")), key=request.key)
    sandbox.publish(http, account, request)
    assert isinstance(sandbox.find(http, account, other, SINCE), CannotTell)


@pytest.mark.parametrize(
    ("account_id", "imitates", "text"), [("masto", "mastodon", "é" * 501), ("sky", "bluesky", "é" * 301)]
)
def test_a_text_that_is_too_long_is_refused(
    http: httpx.Client, server: Running, account_id: str, imitates: str, text: str
) -> None:
    account = Account(account_id, "sandbox", {"server": server.url, "imitates": imitates})
    outcome = sandbox.publish(http, account, prepared(http, account, replace(DRAFT, text=text)))
    assert isinstance(outcome, Refused)
    assert f"{len(text)} graphemes are more than" in outcome.why


@pytest.mark.parametrize("body", ["", "[]", '{"text": 1}', '{"text": "a", "created_at": "2026-11-24T08:00:00"}'])
@pytest.mark.shows("refusal", at="sandbox_mastodon")
def test_what_is_no_post_is_refused_in_words(http: httpx.Client, account: Account, body: str) -> None:
    outcome = sandbox.publish(http, account, Request("k", body))
    assert isinstance(outcome, Refused)
    assert "This is not a post" in outcome.why


def test_a_server_that_cannot_be_reached_is_tried_again(http: httpx.Client, account: Account) -> None:
    elsewhere = replace(account, options={**account.options, "server": closed_port()})
    assert isinstance(sandbox.publish(http, elsewhere, prepared(http, account)), Retry)


def test_a_server_that_cannot_be_reached_tells_nothing(http: httpx.Client, account: Account) -> None:
    elsewhere = replace(account, options={**account.options, "server": closed_port()})
    assert isinstance(sandbox.find(http, elsewhere, prepared(http, account), SINCE), CannotTell)


def test_a_server_that_hangs_up_leaves_a_doubt(http: httpx.Client, account: Account, deaf: str) -> None:
    there = replace(account, options={**account.options, "server": deaf})
    assert isinstance(sandbox.publish(http, there, prepared(http, account)), Unsure)


def test_a_lost_answer_is_a_doubt_that_looking_ends(http: httpx.Client, account: Account) -> None:
    request = prepared(http, account)
    with httpx.Client(transport=LosesAnswers()) as lossy:
        assert isinstance(sandbox.publish(lossy, account, request), Unsure)
    assert isinstance(sandbox.find(http, account, request, SINCE), Sent)
