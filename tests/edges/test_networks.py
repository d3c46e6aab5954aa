"""What every network must do, whatever it is."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, NotThere, Outcome, Refused, Retry, Sent, Unsure
from tests.edges.conftest import FarEnd
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture-numerique"
DRAFT = Draft(
    f"La « fracture numérique » s’élargit 👩‍👩‍👧 #SMCL {LINK}", "fr", LINK, "La fracture numérique", "Une étude."
)

_numbers = itertools.count()


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, keys: Keys = KEYS) -> Request:
    request = end.network.prepare(http, end.account, draft, keys)
    assert isinstance(request, Request), request
    return request


def deliver(end: FarEnd, http: httpx.Client, request: Request) -> Outcome:
    """Send it as relay must: again only when nothing was sent or its absence is proved."""
    for _ in range(9):
        outcome = end.network.publish(http, end.account, request)
        if isinstance(outcome, Unsure):
            end.wire.settle()
            finding = end.network.find(http, end.account, request, SINCE)
            if not isinstance(finding, NotThere):
                return finding if isinstance(finding, Sent) else outcome
        elif not isinstance(outcome, Retry):
            return outcome
    raise AssertionError("It is neither published nor refused.")


def test_its_settings_have_distinct_names_and_say_what_they_mean(far_end: FarEnd) -> None:
    settings = far_end.network.SETTINGS
    kinds = (settings.required, settings.optional, settings.secret, settings.optional_secret)
    named = [name for kind in kinds for name in kind]
    meanings = [meaning for kind in kinds for meaning in kind.values()]
    assert len(named) == len(set(named))
    assert all(meanings)


def test_an_account_has_settings_that_its_network_knows(far_end: FarEnd) -> None:
    known = far_end.network.SETTINGS
    assert far_end.account.options.keys() <= known.required.keys() | known.optional.keys()
    assert known.secret.keys() <= far_end.account.secrets.keys() <= known.secret.keys() | known.optional_secret.keys()


def test_it_says_how_long_a_text_may_be(far_end: FarEnd) -> None:
    assert all(most > 0 for _, most in far_end.network.limits(far_end.account).text)


def test_it_names_the_network_whose_handles_count(far_end: FarEnd) -> None:
    assert far_end.network.directory_name(far_end.account).islower()


def test_the_same_draft_and_keys_give_the_same_request(frozen_end: FarEnd, http: httpx.Client) -> None:
    assert prepared(frozen_end, http) == prepared(frozen_end, http)


def test_the_same_draft_and_keys_give_the_same_key(far_end: FarEnd, http: httpx.Client) -> None:
    assert prepared(far_end, http).key == prepared(far_end, http).key


@pytest.mark.parametrize(
    "other", [replace(KEYS, nonce=KEYS.nonce + 1), replace(KEYS, created_at=KEYS.created_at + timedelta(seconds=1))]
)
def test_other_keys_give_another_key(far_end: FarEnd, http: httpx.Client, other: Keys) -> None:
    assert prepared(far_end, http, keys=other).key != prepared(far_end, http).key


def test_a_request_is_json_without_the_secret(far_end: FarEnd, http: httpx.Client) -> None:
    body = prepared(far_end, http).body
    assert isinstance(json.loads(body), dict)
    assert not [secret for secret in far_end.account.secrets.values() if secret.value in body]


def test_preparing_shows_nothing_to_the_public(far_end: FarEnd, http: httpx.Client) -> None:
    prepared(far_end, http)
    assert far_end.published() == []


@pytest.mark.shows("post")
def test_publishing_shows_the_text_once(far_end: FarEnd, http: httpx.Client) -> None:
    outcome = far_end.network.publish(http, far_end.account, prepared(far_end, http))
    assert isinstance(outcome, Sent)
    assert far_end.published() == [DRAFT.text]


@pytest.mark.shows("repeat")
def test_publishing_twice_leaves_one_post(keyed_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(keyed_end, http)
    first = keyed_end.network.publish(http, keyed_end.account, request)
    assert deliver(keyed_end, http, request) == first
    assert keyed_end.published() == [DRAFT.text]


def test_what_was_not_published_is_not_there(readable_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(readable_end, http)
    assert readable_end.network.find(http, readable_end.account, request, SINCE) == NotThere()


def test_what_was_published_is_found_as_publishing_told_it(readable_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(readable_end, http)
    sent = readable_end.network.publish(http, readable_end.account, request)
    assert readable_end.network.find(http, readable_end.account, request, SINCE) == sent


def test_another_post_of_the_account_is_not_taken_for_it(readable_end: FarEnd, http: httpx.Client) -> None:
    other = Draft("Autre chose", "fr", "")
    deliver(readable_end, http, prepared(readable_end, http, other, replace(KEYS, nonce=7)))
    assert readable_end.network.find(http, readable_end.account, prepared(readable_end, http), SINCE) == NotThere()


@pytest.mark.shows("refusal")
def test_a_secret_that_is_no_longer_good_stops_the_account(locked_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(locked_end, http)
    assert isinstance(locked_end.network.publish(http, locked_end.locked_out(), request), AuthLost)
    assert locked_end.published() == []


def test_a_server_that_cannot_be_reached_is_tried_again(far_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(far_end, http)
    assert isinstance(far_end.network.publish(http, far_end.elsewhere(), request), Retry)


def test_a_server_that_cannot_be_reached_tells_nothing(doubtful_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(doubtful_end, http)
    assert isinstance(doubtful_end.network.find(http, doubtful_end.elsewhere(), request, SINCE), CannotTell)


def test_the_longest_text_is_taken(far_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(far_end, http, Draft("é" * _longest(far_end), "fr", LINK))
    assert isinstance(far_end.network.publish(http, far_end.account, request), Sent)


@pytest.mark.shows("length")
def test_a_text_that_is_too_long_is_refused(bounded_end: FarEnd, http: httpx.Client) -> None:
    draft = Draft("é" * (_longest(bounded_end) + 1), "fr", LINK)
    told: Request | Outcome = bounded_end.network.prepare(http, bounded_end.account, draft, KEYS)
    if isinstance(told, Request):
        told = bounded_end.network.publish(http, bounded_end.account, told)
    assert isinstance(told, Refused)
    assert bounded_end.published() == []


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_a_broken_exchange_leaves_a_doubt(doubtful_end: FarEnd, http: httpx.Client, fault: Fault) -> None:
    request = prepared(doubtful_end, http)
    doubtful_end.wire.faults.append(fault)
    assert isinstance(doubtful_end.network.publish(http, doubtful_end.account, request), Unsure)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(st.sampled_from(Fault), max_size=4))
@pytest.mark.shows("doubt")
def test_whatever_breaks_there_is_one_post(certain_end: FarEnd, http: httpx.Client, faults: list[Fault]) -> None:
    number = next(_numbers)
    draft = replace(DRAFT, text=f"Numéro {number}")
    request = prepared(certain_end, http, draft, replace(KEYS, nonce=number))
    certain_end.wire.faults[:] = faults
    assert isinstance(deliver(certain_end, http, request), Sent)
    assert certain_end.published().count(draft.text) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(st.sampled_from(Fault), max_size=4))
def test_whatever_breaks_there_is_never_more_than_one_post(
    silent_end: FarEnd, http: httpx.Client, faults: list[Fault]
) -> None:
    number = next(_numbers)
    draft = replace(DRAFT, text=f"Numéro {number}")
    request = prepared(silent_end, http, draft, replace(KEYS, nonce=number))
    silent_end.wire.faults[:] = faults
    outcome = deliver(silent_end, http, request)
    silent_end.wire.settle()
    assert isinstance(outcome, Sent | Unsure)
    assert silent_end.published().count(draft.text) <= 1


@pytest.mark.shows("doubt", lacks=True)
def test_where_only_a_person_can_tell_that_is_said(silent_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(silent_end, http)
    silent_end.network.publish(http, silent_end.account, request)
    finding = silent_end.network.find(http, silent_end.account, request, SINCE)
    assert isinstance(finding, CannotTell)
    assert "look" in finding.why


def test_a_secret_shows_in_nothing_that_is_said_of_a_failure(locked_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(locked_end, http)
    locked_end.wire.faults.append(Fault.DROP_BEFORE)
    told = [
        locked_end.network.publish(http, locked_end.account, request),
        locked_end.network.publish(http, locked_end.elsewhere(), request),
        locked_end.network.publish(http, locked_end.locked_out(), request),
        locked_end.network.find(http, locked_end.elsewhere(), request, SINCE),
    ]
    assert [part for part in _parts(locked_end) if part in repr(told)] == []


def _parts(end: FarEnd) -> list[str]:
    """The account's secret and the wrong one, and what is long in them: a part of an address may be the secret."""
    secrets = [secret.value for secret in end.account.secrets.values()]
    parts = [(secret, *urlsplit(secret).path.split("/")) for secret in (*secrets, end.wrong)]
    return [part for both in parts for part in both if len(part) >= 9]


def _longest(end: FarEnd) -> int:
    """How many "é" an account takes: two bytes, and one of everything else that is counted."""
    return min(most // (2 if unit == "bytes" else 1) for unit, most in end.network.limits(end.account).text)
