"""Mastodon: its keys last an hour, and some versions answer 500 to a repeat; only reading back is certain."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import Allowance, AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.mastodon import finding, sending
from relay.networks.mastodon import network as mastodon
from tests.edges.conftest import FarEnd
from tests.fakes.mastodon import Mastodon
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture"
DRAFT = Draft(f"La fracture numérique @cget@social.example #SMCL\n{LINK}", "fr", LINK)


@pytest.fixture
def end(mastodon_45: FarEnd) -> FarEnd:
    return mastodon_45


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, nonce: int = 1) -> Request:
    request = mastodon.prepare(http, end.account, draft, replace(KEYS, nonce=nonce))
    assert isinstance(request, Request)
    return request


def test_it_posts_text_language_and_visibility_under_the_key(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    mastodon.publish(http, end.account, request)
    [call] = [call for call in end.wire.calls if call.method == "POST"]
    assert json.loads(call.body) == {"status": DRAFT.text, "language": "fr", "visibility": "public"}
    assert call.headers["idempotency-key"] == request.key == "20261124T080000-0000000000000001"


def test_the_account_may_be_quieter(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    account = replace(end.account, options={**end.account.options, "visibility": "unlisted"})
    request = mastodon.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    mastodon.publish(http, account, request)
    assert [status.visibility for status in mastodon_server.statuses] == ["unlisted"]


def test_a_visibility_that_does_not_exist_is_refused(end: FarEnd, http: httpx.Client) -> None:
    account = replace(end.account, options={**end.account.options, "visibility": "secret"})
    assert isinstance(mastodon.prepare(http, account, DRAFT, KEYS), Refused)


def test_a_post_is_told_with_its_page(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    outcome = mastodon.publish(http, end.account, prepared(end, http))
    [status] = mastodon_server.statuses
    assert outcome == Sent(status.id, f"https://social.example/@blog/{status.id}")


def test_a_post_is_told_with_what_the_account_may_still_post(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    outcome = mastodon.publish(http, end.account, prepared(end, http))
    assert isinstance(outcome, Sent)
    assert outcome.allowance == Allowance(299, mastodon_server.now + timedelta(hours=3))


def test_a_post_that_the_server_takes_for_spam_is_a_doubt(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.drops = True
    request = prepared(end, http)
    outcome = mastodon.publish(http, end.account, request)
    assert outcome == Unsure("The server took the post and does not show it: it may take it for spam.")
    assert mastodon.find(http, end.account, request, SINCE) == NotThere()


def test_a_silenced_account_s_post_is_sent_all_the_same(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.silenced = True
    request = prepared(end, http)
    sent = mastodon.publish(http, end.account, request)
    assert isinstance(sent, Sent)
    assert mastodon.find(http, end.account, request, SINCE) == sent


@pytest.mark.parametrize("quotes", ["public", "followers", "nobody"])
def test_who_may_quote_is_the_account_s_choice(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, quotes: str
) -> None:
    account = replace(end.account, options={**end.account.options, "quotes": quotes})
    request = mastodon.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    mastodon.publish(http, account, request)
    assert mastodon_server.statuses[0].quotes == quotes


def test_a_quoter_that_does_not_exist_is_refused(end: FarEnd, http: httpx.Client) -> None:
    account = replace(end.account, options={**end.account.options, "quotes": "friends"})
    assert mastodon.prepare(http, account, DRAFT, KEYS) == Refused(
        "On Mastodon “quotes” is public, followers or nobody, and not “friends”."
    )


def test_a_repeated_key_gives_the_first_post(mastodon_45: FarEnd, http: httpx.Client) -> None:
    request = prepared(mastodon_45, http)
    first = mastodon.publish(http, mastodon_45.account, request)
    assert mastodon.publish(http, mastodon_45.account, request) == first


def test_a_500_to_a_repeated_key_is_a_doubt_that_reading_back_ends(mastodon_460: FarEnd, http: httpx.Client) -> None:
    request = prepared(mastodon_460, http)
    first = mastodon.publish(http, mastodon_460.account, request)
    assert isinstance(mastodon.publish(http, mastodon_460.account, request), Unsure)
    assert mastodon.find(http, mastodon_460.account, request, SINCE) == first


def test_eight_at_once_leave_one_post(mastodon_460: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    mastodon_server.slowness = 0.2
    request = prepared(mastodon_460, http)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: mastodon.publish(http, mastodon_460.account, request), range(8)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Sent"] + ["Unsure"] * 7
    assert mastodon_460.published() == [DRAFT.text]


def test_when_the_key_has_run_out_the_post_is_still_found(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(end, http)
    end.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(mastodon.publish(http, end.account, request), Unsure)
    mastodon_server.now += timedelta(hours=2)
    assert isinstance(mastodon.find(http, end.account, request, SINCE), Sent)


def test_it_waits_until_the_limit_is_reset(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    mastodon_server.limited_for = timedelta(minutes=7)
    outcome = mastodon.publish(http, end.account, prepared(end, http))
    assert isinstance(outcome, Retry)
    assert outcome.wait == timedelta(minutes=7)


@pytest.mark.parametrize("status", [403, 422])
@pytest.mark.shows("refusal")
def test_a_refusal_has_the_server_s_words(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, status: int
) -> None:
    mastodon_server.refuses = (status, "This action is not allowed")
    outcome = mastodon.publish(http, end.account, prepared(end, http))
    assert outcome == Refused(f"127.0.0.1 answered {status}: This action is not allowed")


def test_a_token_that_was_withdrawn_stops_the_account(end: FarEnd, http: httpx.Client) -> None:
    outcome = mastodon.publish(http, end.locked_out(), prepared(end, http))
    assert outcome == AuthLost("127.0.0.1 answered 401: The access token is invalid")


def test_a_slow_server_leaves_a_doubt(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SENDING", httpx.Timeout(10, read=0.4))
    mastodon_server.slowness = 0.8
    request = prepared(end, http)
    assert isinstance(mastodon.publish(http, end.account, request), Unsure)
    end.wire.settle()
    assert isinstance(mastodon.find(http, end.account, request, SINCE), Sent)


def test_a_link_counts_23_and_a_mention_without_its_server(end: FarEnd, http: httpx.Client) -> None:
    long_link = "https://blog.example/" + "a" * 400
    text = f"{long_link} @cget@social.example " + "é" * (500 - 23 - len(" @cget "))
    assert isinstance(mastodon.publish(http, end.account, prepared(end, http, replace(DRAFT, text=text))), Sent)


def test_white_space_that_the_server_drops_does_not_hide_a_post(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http, replace(DRAFT, text=f"  {DRAFT.text}\n"))
    sent = mastodon.publish(http, end.account, request)
    assert mastodon.find(http, end.account, request, SINCE) == sent


def test_the_same_link_in_other_words_is_a_doubt(end: FarEnd, http: httpx.Client) -> None:
    mastodon.publish(http, end.account, prepared(end, http, replace(DRAFT, text=f"Autrement dit {LINK}"), nonce=2))
    assert isinstance(mastodon.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def test_a_post_from_before_is_not_taken_for_it(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    mastodon.publish(http, end.account, request)
    later = KEYS.created_at + timedelta(minutes=1)
    assert mastodon.find(http, end.account, request, later) == NotThere()


def test_it_is_found_on_the_third_page(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    request = prepared(end, http)
    sent = mastodon.publish(http, end.account, request)
    _crowd(mastodon_server, 90)
    assert mastodon.find(http, end.account, request, SINCE) == sent


def test_too_many_posts_to_read_back_are_a_doubt(end: FarEnd, http: httpx.Client, mastodon_server: Mastodon) -> None:
    _crowd(mastodon_server, finding.PAGE * finding.PAGES)
    assert isinstance(mastodon.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def test_a_server_that_does_not_list_posts_tells_nothing(
    end: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.lists = False
    assert isinstance(mastodon.find(http, end.account, prepared(end, http), SINCE), CannotTell)


def _crowd(server: Mastodon, size: int) -> None:
    for number in range(size):
        server.store({"status": f"Autre {number}", "language": "fr", "visibility": "public"})
