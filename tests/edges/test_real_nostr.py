"""The real Nostr relay of the tests: it is there, and says what it is (NIP-11)."""

import httpx
import pytest

pytestmark = pytest.mark.nostr


def test_the_relay_says_what_it_is(nostr_relay_url: str) -> None:
    where = nostr_relay_url.replace("ws://", "http://")
    answer = httpx.get(where, headers={"Accept": "application/nostr+json"}, trust_env=False)
    assert answer.json()["software"]
    assert {1, 9, 11} <= set(answer.json()["supported_nips"])
