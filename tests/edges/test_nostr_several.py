"""Several relays: a post is sent when enough of them have it, and gone when it is so everywhere."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from relay.core.account import Account
from relay.core.outcome import AuthLost, CannotTell, Gone, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.abilities import Told
from relay.networks.nostr import network as nostr
from tests.edges.test_nostr_troubles import DRAFT, account, found, prepared, published
from tests.fakes.nostr import NostrRelay, relaying
from tests.fakes.wire import Fault, Wire, closed_port

Several = list[tuple[NostrRelay, Wire]]


@pytest.fixture
def several() -> Iterator[Several]:
    with ExitStack() as stack:
        relays = [NostrRelay() for _ in range(3)]
        yield [(relay, stack.enter_context(relaying(relay))) for relay in relays]


def of(several: Several, accepted: int) -> Account:
    return account(*(wire.url for _, wire in several), accepted=accepted)


def test_a_post_goes_to_every_relay_at_once_and_once(several: Several, http: httpx.Client) -> None:
    to = of(several, accepted=3)
    assert published(http, to) == published(http, to) == found(http, to)
    assert [relay.texts() for relay, _ in several] == [[DRAFT.text]] * 3


def test_one_relay_that_is_down_holds_nothing_up(several: Several, http: httpx.Client) -> None:
    to = account(closed_port(), *(wire.url for _, wire in several))
    assert isinstance(published(http, to), Sent)
    assert isinstance(found(http, to), Sent)
    assert [relay.texts() for relay, _ in several] == [[DRAFT.text]] * 3


def test_where_too_few_have_it_it_is_sent_again_until_enough_have(several: Several, http: httpx.Client) -> None:
    to = of(several, accepted=3)
    several[1][0].says = "error: shutting down"
    told = published(http, to)
    assert told == Unsure(f"2 of 3 relays have it: {several[1][1].url} answered: error: shutting down")
    assert found(http, to) == NotThere()
    several[1][0].says = ""
    assert isinstance(published(http, to), Sent)
    assert [relay.texts() for relay, _ in several] == [[DRAFT.text]] * 3


def test_where_all_others_refuse_it_those_that_have_it_are_enough(several: Several, http: httpx.Client) -> None:
    several[0][0].says, several[2][0].says = "blocked: not you", "auth-required: who?"
    assert isinstance(published(http, of(several, accepted=3)), Sent)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        (("blocked: no", "auth-required: who?", "blocked: no"), Refused),
        (("blocked: no", "rate-limited: later", "auth-required: who?"), Retry),
        (("auth-required: who?",) * 3, AuthLost),
    ],
)
def test_where_nobody_has_it_what_is_most_open_counts(
    several: Several, http: httpx.Client, says: tuple[str, ...], outcome: type
) -> None:
    for (relay, _), words in zip(several, says, strict=True):
        relay.says = words
    assert isinstance(published(http, of(several, accepted=1)), outcome)


def test_a_doubt_at_one_relay_is_one_until_it_has_been_asked(several: Several, http: httpx.Client) -> None:
    to = of(several, accepted=1)
    several[0][0].says = several[2][0].says = "blocked: no"
    several[1][1].faults.append(Fault.DROP_AFTER)
    assert isinstance(published(http, to), Unsure)
    assert isinstance(found(http, to), Sent)


def test_where_one_cannot_be_asked_nobody_can_tell_that_it_is_nowhere(several: Several, http: httpx.Client) -> None:
    to = account(several[0][1].url, closed_port())
    assert isinstance(found(http, to), CannotTell)


def test_it_is_gone_when_every_relay_says_so(several: Several, http: httpx.Client) -> None:
    to = of(several, accepted=3)
    delete, sent = nostr.abilities(to).delete, published(http, to)
    assert delete
    assert isinstance(sent, Sent)
    several[1][0].says = "rate-limited: later"
    assert isinstance(delete(http, to, sent, prepared(http, to)), Retry)
    several[1][0].says = ""
    assert delete(http, to, sent, prepared(http, to)) == Gone()
    assert [relay.texts() for relay, _ in several] == [[]] * 3


def test_the_narrowest_relay_says_how_long_a_note_may_be(several: Several, http: httpx.Client) -> None:
    to = account(closed_port(), *(wire.url for _, wire in several))
    for (relay, _), most in zip(several, (3_000, 2_000, 9_000), strict=True):
        relay.limitation = {"max_content_length": most}
    ask = nostr.abilities(to).ask_limits
    assert ask
    told = ask(http, to)
    assert isinstance(told, Told)
    assert told.limits.text == (("code points", 2_000),)
