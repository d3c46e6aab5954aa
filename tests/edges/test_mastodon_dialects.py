"""Servers that speak Mastodon's API in their own way: keys that are not Mastodon's, and posts without a source."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.mastodon import network as mastodon
from relay.networks.mastodon.finding import FULL
from tests.edges.conftest import FarEnd
from tests.edges.fediverse import PHOTO, PICTURE
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_dialects import BARE

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/la-fracture-numerique?a=1&b=2#suite"
DRAFT = Draft(f"« Fracture » : R&D, l’été @cget@social.example #SMCL\n\n{LINK}", "fr", LINK, image=PHOTO)


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, nonce: int = 1) -> Request:
    request = mastodon.prepare(http, end.account, draft, replace(KEYS, nonce=nonce), PICTURE)
    assert isinstance(request, Request), request
    return request


def test_a_fixed_mastodon_tells_the_first_post_and_lets_one_through(
    mastodon_fixed: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.slowness = 0.2
    request = prepared(mastodon_fixed, http)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: mastodon.publish(http, mastodon_fixed.account, request), range(8)))
    [first] = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    assert [type(outcome) for outcome in outcomes if outcome != first] == [Unsure] * 7
    assert mastodon.publish(http, mastodon_fixed.account, request) == first


def test_an_error_that_pleroma_keeps_holds_up_no_repeat(
    pleroma: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(pleroma, http)
    mastodon_server.limited_for = timedelta(minutes=7)
    assert mastodon.publish(http, pleroma.account, request) == Retry(
        "127.0.0.1 answered 429: Too many requests", timedelta(minutes=7)
    )
    assert isinstance(mastodon.publish(http, pleroma.account, request), Retry)
    mastodon_server.limited_for = None

    sent = mastodon.publish(http, pleroma.account, request)

    assert isinstance(sent, Sent)
    assert mastodon.publish(http, pleroma.account, request) == sent
    assert pleroma.published() == [DRAFT.text]


def test_pixelfed_s_duplicate_key_is_read_back_at_once(pixelfed: FarEnd, http: httpx.Client) -> None:
    request = prepared(pixelfed, http)
    sent = mastodon.publish(http, pixelfed.account, request)
    assert isinstance(sent, Sent)
    assert mastodon.publish(http, pixelfed.account, request) == sent


def test_a_key_that_pixelfed_kept_without_a_post_is_a_doubt_until_it_runs_out(
    pixelfed: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    request = prepared(pixelfed, http)
    mastodon_server.refuses = (500, "An error occured.")
    assert isinstance(mastodon.publish(http, pixelfed.account, request), Unsure)
    mastodon_server.refuses = None

    outcome = mastodon.publish(http, pixelfed.account, request)
    assert outcome == Unsure("127.0.0.1 answered 400: Duplicate idempotency key.")
    assert mastodon.find(http, pixelfed.account, request, SINCE) == NotThere()

    mastodon_server.now += timedelta(hours=1)
    assert isinstance(mastodon.publish(http, pixelfed.account, request), Sent)


def test_pixelfed_takes_no_post_without_a_picture(pixelfed: FarEnd, http: httpx.Client) -> None:
    request = prepared(pixelfed, http, replace(DRAFT, image=None))
    assert mastodon.publish(http, pixelfed.account, request) == Refused(
        "127.0.0.1 answered 403: Empty statuses are not allowed"
    )


@pytest.mark.shows("refusal")
def test_pixelfed_s_own_limits_are_refusals_in_its_words(pixelfed: FarEnd, http: httpx.Client) -> None:
    wordy = prepared(pixelfed, http, replace(DRAFT, warning="é" * 141))
    direct = replace(pixelfed.account, options={**pixelfed.account.options, "visibility": "direct"})
    private = mastodon.prepare(http, direct, DRAFT, KEYS, PICTURE)
    assert isinstance(private, Request)
    told = [mastodon.publish(http, pixelfed.account, wordy), mastodon.publish(http, direct, private)]
    assert [type(outcome) for outcome in told] == [Refused, Refused]
    assert "140 characters" in str(told[0])
    assert "Direct visibility" in str(told[1])


def test_an_overloaded_gotosocial_has_done_nothing(
    gotosocial: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.overloaded = True
    request = prepared(gotosocial, http)
    outcome = mastodon.publish(http, gotosocial.account, request)
    assert isinstance(outcome, Retry)
    assert outcome.wait == timedelta(seconds=30)
    assert isinstance(mastodon.find(http, gotosocial.account, request, SINCE), CannotTell)


@pytest.mark.parametrize("shortens", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        DRAFT.text,
        f"Une ligne\nune autre\n\nun alinéa <b> & « c’est » tout : {LINK}.",
        f"{LINK} @cget@social.example, (#SMCL) https://court.example/",
        "Sans lien : 3 < 4 & 5 > 2",
        "Que des 👩‍👩‍👧 et des 🎉",
    ],
)
def test_without_a_source_a_post_is_known_by_its_page(
    bare_api: FarEnd, http: httpx.Client, mastodon_server: Mastodon, text: str, *, shortens: bool
) -> None:
    mastodon_server.dialect = replace(BARE, shortens=shortens)
    request = prepared(bare_api, http, replace(DRAFT, text=text))
    sent = mastodon.publish(http, bare_api.account, request)
    assert isinstance(sent, Sent)
    assert mastodon.find(http, bare_api.account, request, SINCE) == sent


@pytest.mark.parametrize("shortens", [False, True])
@pytest.mark.parametrize("text", [f"Autrement dit : {LINK}", DRAFT.text.replace(LINK, "https://blog.example/autre")])
def test_without_a_source_a_post_that_is_nearly_it_is_a_doubt(
    bare_api: FarEnd, http: httpx.Client, mastodon_server: Mastodon, text: str, *, shortens: bool
) -> None:
    mastodon_server.dialect = replace(BARE, shortens=shortens)
    mastodon.publish(http, bare_api.account, prepared(bare_api, http, replace(DRAFT, text=text), nonce=2))
    assert isinstance(mastodon.find(http, bare_api.account, prepared(bare_api, http), SINCE), CannotTell)


def test_without_a_source_and_without_a_page_nothing_can_be_told(
    bare_api: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.store({"status": "", "language": "fr", "visibility": "public"})
    mastodon_server.blank = True
    assert isinstance(mastodon.find(http, bare_api.account, prepared(bare_api, http), SINCE), CannotTell)


def test_a_source_in_other_markup_is_no_other_post(
    friendica: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    """Friendica keeps a text as BBCode and tells it as Markdown."""
    request = prepared(friendica, http)
    sent = mastodon.publish(http, friendica.account, request)
    mastodon_server.marks_up = True
    assert mastodon.find(http, friendica.account, request, SINCE) == sent


@pytest.mark.parametrize(("others", "finding"), [(FULL - 1, NotThere), (FULL, CannotTell)])
def test_a_list_of_one_page_is_believed_while_it_is_short(
    bare_api: FarEnd, http: httpx.Client, mastodon_server: Mastodon, others: int, finding: type
) -> None:
    for number in range(others):
        mastodon_server.store({"status": f"Numéro {number}"})
    assert isinstance(mastodon.find(http, bare_api.account, prepared(bare_api, http), SINCE), finding)
