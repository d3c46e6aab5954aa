"""One request to a hub: what is asked for, what counts as a yes, and where it goes when the hub has moved."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.pushing.subscription import Declined, Reply, State, Subscription, Taken, Unanswered
from relay.intake.finding.tree import tree_of
from relay.intake.websub import ask, in_page, is_signed
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import reading_client
from tests.core.things import NOW
from tests.fakes import wire
from tests.fakes.hub import Hub, hub_listening, signature

TOPIC, CALLBACK = "https://agence.exemple/rss?a=1&b=é", "https://relay.exemple/websub/token"
SUBSCRIPTION = Subscription("token", "cget", "", TOPIC, "the secret", State.ASKED, NOW)
BODY = "<feed>é</feed>".encode()


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with reading_client(Guard(("127.0.0.1",)), None, deadline=2.0) as client:
        yield client


def said(http: httpx.Client, hub: Hub, path: str = "/hub", mode: str = "subscribe") -> Reply:
    return ask(http, mode, replace(SUBSCRIPTION, hub=hub.url + path), CALLBACK)


def test_a_subscription_is_asked_for_in_a_form_with_a_secret_and_14_days(http: httpx.Client) -> None:
    with hub_listening() as hub:
        reply = said(http, hub)

    assert reply == Taken()
    assert hub.calls[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert hub.asked == [
        {
            "hub.mode": "subscribe",
            "hub.topic": TOPIC,
            "hub.callback": CALLBACK,
            "hub.secret": "the secret",
            "hub.lease_seconds": "1209600",
        }
    ]


def test_leave_is_taken_without_the_secret(http: httpx.Client) -> None:
    with hub_listening() as hub:
        said(http, hub, mode="unsubscribe")

    assert hub.asked == [{"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK}]


@pytest.mark.parametrize(("number", "status"), [(203, 307), (204, 308)], ids=["203 temporarily", "204 for good"])
def test_203_204_a_hub_that_has_moved_gets_the_same_request(http: httpx.Client, number: int, status: int) -> None:
    with hub_listening(old=wire.Reply(status, b"", {"location": "/new"})) as hub:
        reply = said(http, hub, "/old")

    assert reply == Taken()
    assert [call.path for call in hub.calls] == ["/old", "/new"]
    assert hub.asked[0] == hub.asked[1]


def test_a_hub_that_moves_for_ever_is_given_up(http: httpx.Client) -> None:
    hops = {f"h{n}": wire.Reply(307, b"", {"location": f"/h{n + 1}"}) for n in range(9)}
    with hub_listening(**hops) as hub:
        reply = said(http, hub, "/h0")

    assert isinstance(reply, Unanswered)
    assert len(hub.calls) == 6


@pytest.mark.parametrize("status", [202, 204])
def test_a_hub_that_takes_it_has_taken_it(http: httpx.Client, status: int) -> None:
    with hub_listening(hub=wire.Reply(status, b"")) as hub:
        assert said(http, hub) == Taken()


@pytest.mark.parametrize("status", [200, 301, 302, 303, 400, 403, 404, 410, 501])
def test_any_other_answer_is_a_no_with_its_reason(http: httpx.Client, status: int) -> None:
    plain = {"content-type": "text/plain; charset=utf-8", "location": "/elsewhere"}
    with hub_listening(hub=wire.Reply(status, b"Not your\nfeed.\x07\n", plain)) as hub:
        reply = said(http, hub)

    assert len(hub.calls) == 1
    assert reply == Declined(f"127.0.0.1 answered {status}, which is no yes to a subscription: Not your feed.")


@pytest.mark.parametrize("status", [400, 503])
@pytest.mark.parametrize(
    "words",
    [
        "Bad hub.secret=the secret",
        "Bad hub.callback=https://relay.exemple/websub/token",
        "the secret",
        f"{'x' * 195}the secret",
        f"{'x' * 197}token",
        "the\n\tsecret",
    ],
)
def test_words_of_a_hub_that_give_away_the_secret_or_the_callback_are_not_shown(
    http: httpx.Client, status: int, words: str
) -> None:
    with hub_listening(hub=wire.Reply(status, words.encode(), {"content-type": "text/plain"})) as hub:
        reply = said(http, hub)

    assert isinstance(reply, Declined | Unanswered)
    assert reply.why in {
        "127.0.0.1 answered 400, which is no yes to a subscription.",
        "127.0.0.1 answered 503.",
    }


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_hub_in_trouble_has_not_said_no(http: httpx.Client, status: int) -> None:
    with hub_listening(hub=wire.Reply(status, b"<h1>Sorry</h1>", {"content-type": "text/html"})) as hub:
        assert said(http, hub) == Unanswered(f"127.0.0.1 answered {status}.")


def test_a_hub_that_is_not_there_has_not_said_no(http: httpx.Client) -> None:
    nowhere = replace(SUBSCRIPTION, hub=wire.closed_port())
    assert ask(http, "subscribe", nowhere, CALLBACK) == Unanswered("127.0.0.1 refuses connections.")


def test_a_hub_inside_our_own_network_is_not_asked() -> None:
    with hub_listening() as hub, reading_client(Guard(), None) as guarded:
        reply = said(guarded, hub)

    assert isinstance(reply, Declined)
    assert "not public" in reply.why
    assert hub.calls == []


def test_101_a_hub_is_found_in_the_head_of_a_page() -> None:
    tree = tree_of(
        '<html><head><link rel="stylesheet" href="/a.css"><link rel="hub" href="/hub">'
        '<link rel="Self alternate" href="https://a.exemple/news"><link rel="hub" href="https://b.exemple/"></head>'
        '<body><link rel="hub" href="https://evil.exemple/"><a rel="self" href="/x">x</a></body></html>'
    )
    assert tree is not None
    assert in_page(tree, "https://a.exemple/") == (
        ("https://a.exemple/hub", "https://b.exemple/"),
        "https://a.exemple/news",
    )


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_300_a_push_that_is_signed_is_believed(method: str) -> None:
    assert is_signed("the secret", BODY, signature("the secret", BODY, method))


@pytest.mark.parametrize("method", ["md5", "sha224", "sha3_256", "SHA256", "blake2b", ""])
def test_301_a_signature_by_another_method_is_none(method: str) -> None:
    digest = signature("the secret", BODY).partition("=")[2]
    assert not is_signed("the secret", BODY, f"{method}={digest}")
    assert method in {"", "SHA256"} or not is_signed("the secret", BODY, signature("the secret", BODY, method))


@pytest.mark.parametrize("found", [None, "", "sha256", "sha256=", "=", "sha256=é", "sha256=\udcff"])
def test_302_a_push_without_a_signature_is_not_believed(found: str | None) -> None:
    assert not is_signed("the secret", BODY, found)


def test_301_another_secret_or_another_body_has_another_signature() -> None:
    assert not is_signed("the secret", BODY, signature("a secret", BODY))
    assert not is_signed("the secret", BODY + b" ", signature("the secret", BODY))


@given(st.integers(min_value=0, max_value=70), st.characters(), st.booleans())
def test_301_no_mutation_of_a_signature_is_believed(place: int, sign: str, inserted: bool) -> None:  # noqa: FBT001
    good = signature("the secret", BODY)
    mutated = good[:place] + sign + good[place + (not inserted) :]
    assert is_signed("the secret", BODY, mutated) is (mutated == good)
