"""Nostr on another program's relay: threads, taking back, and what it says of itself."""

from dataclasses import replace

import httpx
import pytest

from relay.core.crosspost import Draft, Request
from relay.core.outcome import Gone, NotThere, Sent
from relay.core.thread import keys_of
from relay.networks.abilities import Told
from relay.networks.nostr import network as nostr
from tests.edges.far_end import FarEnd
from tests.edges.test_nostr import DRAFT, KEYS, SINCE

pytestmark = pytest.mark.nostr


def published(end: FarEnd, http: httpx.Client, draft: Draft, *after: Sent) -> tuple[Request, Sent]:
    request = nostr.prepare(http, end.account, draft, keys_of(KEYS, len(after)), None, after)
    assert isinstance(request, Request), request
    outcome = nostr.publish(http, end.account, request)
    assert isinstance(outcome, Sent), outcome
    return request, outcome


@pytest.mark.shows("thread")
def test_every_post_of_a_thread_is_there_and_found(nostr_real: FarEnd, http: httpx.Client) -> None:
    posts: list[Sent] = []
    for number in range(3):
        request, sent = published(nostr_real, http, Draft(f"Suite {number}", "fr", ""), *posts)
        assert nostr.find(http, nostr_real.account, request, SINCE) == sent
        posts.append(sent)
    assert sorted(nostr_real.published()) == ["Suite 0", "Suite 1", "Suite 2"]


@pytest.mark.shows("delete")
def test_what_is_taken_back_is_gone_and_stays_so(nostr_real: FarEnd, http: httpx.Client) -> None:
    request, sent = published(nostr_real, http, DRAFT)
    delete = nostr.abilities(nostr_real.account).delete
    assert delete
    assert [delete(http, nostr_real.account, sent, request) for _ in range(2)] == [Gone(), Gone()]
    assert nostr.find(http, nostr_real.account, request, SINCE) == NotThere()
    assert nostr_real.published() == []


def test_it_says_how_long_a_note_may_be(nostr_real: FarEnd, nostr_relay_url: str, http: httpx.Client) -> None:
    ask = nostr.abilities(nostr_real.account).ask_limits
    assert ask
    account = nostr_real.account
    told = ask(http, replace(account, options={"relays": nostr_relay_url}))
    assert isinstance(told, Told)
    assert told.server
    assert dict(told.limits.text)["code points"] > 0
