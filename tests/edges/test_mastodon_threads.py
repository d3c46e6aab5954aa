"""Threads and content warnings on Mastodon and the servers that speak its API."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import CannotTell, NotThere, Refused, Sent
from relay.networks.mastodon import network as mastodon
from tests.edges.conftest import FarEnd
from tests.fakes.mastodon import Mastodon

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture"
DRAFT = Draft(f"La fracture numérique\n{LINK}", "fr", LINK)
WARNED = replace(DRAFT, warning="Images difficiles")


def sent(
    end: FarEnd, http: httpx.Client, draft: Draft, number: int = 1, after: tuple[Sent, ...] = ()
) -> tuple[Request, Sent]:
    request = mastodon.prepare(http, end.account, draft, replace(KEYS, nonce=number), None, after)
    assert isinstance(request, Request), request
    outcome = mastodon.publish(http, end.account, request)
    assert isinstance(outcome, Sent), outcome
    return request, outcome


@pytest.fixture(params=["mastodon_45", "gotosocial", "pleroma", "friendica", "bare_api"])
def end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


@pytest.mark.shows("thread")
def test_each_post_of_a_thread_answers_the_one_before(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    _, first = sent(end, http, DRAFT)
    _, second = sent(end, http, replace(DRAFT, text="Deuxième"), 2, (first,))
    sent(end, http, replace(DRAFT, text="Troisième"), 3, (first, second))
    assert [status.answers for status in mastodon_server.statuses] == [None, first.id, second.id]


def test_the_post_that_it_answers_is_not_taken_for_it(end: FarEnd, http: httpx.Client) -> None:
    """Both have the same link."""
    _, first = sent(end, http, DRAFT)
    second = mastodon.prepare(http, end.account, replace(DRAFT, text=f"Suite\n{LINK}"), KEYS, None, (first,))
    assert isinstance(second, Request)
    assert mastodon.find(http, end.account, second, SINCE) == NotThere()


def test_a_thread_keeps_the_account_s_visibility(
    mastodon_45: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    quiet = replace(mastodon_45.account, options={**mastodon_45.account.options, "visibility": "private"})
    quiet_end = replace(mastodon_45, account=quiet)
    _, first = sent(quiet_end, http, DRAFT)
    sent(quiet_end, http, replace(DRAFT, text="Deuxième"), 2, (first,))
    assert [status.visibility for status in mastodon_server.statuses] == ["private", "private"]


def test_an_answer_to_a_post_that_was_deleted_is_refused(mastodon_45: FarEnd, http: httpx.Client) -> None:
    request = mastodon.prepare(http, mastodon_45.account, DRAFT, KEYS, None, (Sent("1"),))
    assert isinstance(request, Request)
    assert mastodon.publish(http, mastodon_45.account, request) == Refused(
        "The post that this one answers is not on the server any more."
    )
    assert mastodon_45.published() == []


def test_a_warning_stands_before_the_text(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    sent(end, http, WARNED)
    [status] = mastodon_server.statuses
    assert (status.warning, status.title, status.text) == ("Images difficiles", "", DRAFT.text)


def test_pixelfed_shows_the_warning_too(pixelfed: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    request = pixelfed.network.prepare(http, pixelfed.account, WARNED, KEYS)
    assert isinstance(request, Request)
    outcome = pixelfed.network.publish(http, pixelfed.account, request)
    assert mastodon_server.statuses[0].warning == "Images difficiles"
    assert pixelfed.network.find(http, pixelfed.account, request, SINCE) == outcome


def test_what_stands_behind_a_warning_is_found(end: FarEnd, http: httpx.Client) -> None:
    request, outcome = sent(end, http, WARNED)
    assert mastodon.find(http, end.account, request, SINCE) == outcome


@pytest.mark.parametrize(("there", "wanted"), [(DRAFT, WARNED), (WARNED, DRAFT)])
def test_the_same_words_behind_another_warning_are_a_doubt(
    end: FarEnd, http: httpx.Client, there: Draft, wanted: Draft
) -> None:
    _, outcome = sent(end, http, there)
    request = mastodon.prepare(http, end.account, wanted, replace(KEYS, nonce=2))
    assert isinstance(request, Request)
    assert mastodon.find(http, end.account, request, SINCE) == CannotTell(
        f"{outcome.url} has the same words behind another warning."
    )


def test_a_warning_counts_with_its_text(mastodon_45: FarEnd, http: httpx.Client) -> None:
    assert mastodon.limits(mastodon_45.account).counts_warning
    full = replace(DRAFT, text="é" * 490, warning="é" * 11)
    request = mastodon.prepare(http, mastodon_45.account, full, KEYS)
    assert isinstance(request, Request)
    assert isinstance(mastodon.publish(http, mastodon_45.account, request), Refused)
    sent(mastodon_45, http, replace(full, warning="é" * 10), 2)
