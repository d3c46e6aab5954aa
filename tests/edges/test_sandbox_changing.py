"""Corrections, deletions and threads on the sandbox, and what its timeline shows of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Page, expect

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import Gone, Refused, Sent
from relay.core.thread import keys_of
from relay.demo import timelines
from relay.demo.board import SandboxAccount
from relay.demo.serving import Running
from relay.networks.sandbox import network as sandbox
from relay.networks.sandbox.changing import delete, edit
from relay.networks.wire.changed import NO_MORE
from tests.edges import test_timelines

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
DRAFT = Draft("Les halles rouvrent", "fr", "")
CORRECTED = replace(DRAFT, text="Les halles ferment")
MASTODON = SandboxAccount("masto", "Le blog", "blog@social.example", "mastodon")
ACCOUNTS = (MASTODON, SandboxAccount("sky", "Le blog", "blog.example", "bluesky"))

page = test_timelines.page


@pytest.fixture
def server() -> Iterator[Running]:
    running = timelines.serve(ACCOUNTS)
    yield running
    running.stop()


@pytest.fixture
def account(server: Running) -> Account:
    return Account("masto", "sandbox", {"server": server.url, "imitates": "mastodon"})


def prepared(
    http: httpx.Client, account: Account, draft: Draft = DRAFT, number: int = 0, after: tuple[Sent, ...] = ()
) -> Request:
    request = sandbox.prepare(http, account, draft, keys_of(KEYS, number), None, after)
    assert isinstance(request, Request), request
    return request


def published(http: httpx.Client, account: Account, request: Request) -> Sent:
    sent = sandbox.publish(http, account, request)
    assert isinstance(sent, Sent), sent
    return sent


def shown(server: Running, language: str = "fr") -> str:
    return httpx.get(f"{server.url}/masto", headers={"Accept-Language": language}, trust_env=False).text


def in_order(timeline: str, *texts: str) -> bool:
    places = [timeline.index(text) for text in texts]
    return places == sorted(places)


@pytest.mark.parametrize(("language", "mark"), [("fr", "modifié"), ("en", "edited")])
def test_the_timeline_marks_what_was_edited(
    http: httpx.Client, account: Account, server: Running, language: str, mark: str
) -> None:
    before = prepared(http, account)
    sent = published(http, account, before)
    assert mark not in shown(server, language)
    assert edit(http, account, sent, before, prepared(http, account, CORRECTED)) == sent
    timeline = shown(server, language)
    assert (CORRECTED.text in timeline, DRAFT.text in timeline, mark in timeline) == (True, False, True)


def test_a_repeat_of_the_first_request_is_refused_once_it_was_edited(http: httpx.Client, account: Account) -> None:
    """A worker that comes late must not take the correction back."""
    before = prepared(http, account)
    edit(http, account, published(http, account, before), before, prepared(http, account, CORRECTED))
    assert isinstance(sandbox.publish(http, account, before), Refused)


def test_only_what_is_named_is_put_over(http: httpx.Client, account: Account, server: Running) -> None:
    before, after = prepared(http, account), prepared(http, account, CORRECTED)
    published(http, account, before)
    place = f"{server.url}/accounts/masto/posts/{before.key}"
    etag = http.get(place).headers["etag"]
    asked = [('"another"', 412), (etag, 200), (etag, 200)]
    for wanted, status in asked:
        assert http.put(place, content=after.body, headers={"If-Match": wanted}).status_code == status
    assert http.put(place, content=before.body, headers={"If-Match": etag}).status_code == 412


def test_an_edit_of_what_was_never_there_makes_no_post(http: httpx.Client, account: Account) -> None:
    before, after = prepared(http, account), prepared(http, account, CORRECTED)
    assert edit(http, account, Sent(before.key), before, after) == NO_MORE
    assert delete(http, account, Sent(before.key), before) == Gone()


def test_a_correction_that_is_too_long_is_refused_and_the_post_stays(
    http: httpx.Client, account: Account, server: Running
) -> None:
    before = prepared(http, account)
    sent = published(http, account, before)
    told = edit(http, account, sent, before, prepared(http, account, replace(DRAFT, text="é" * 501)))
    assert isinstance(told, Refused)
    assert "501 graphemes are more than 500." in told.why
    assert DRAFT.text in shown(server)


def test_a_thread_stands_below_its_first_post_in_its_order(
    http: httpx.Client, account: Account, server: Running
) -> None:
    first = published(http, account, prepared(http, account))
    second = published(http, account, prepared(http, account, replace(DRAFT, text="La suite"), 1, (first,)))
    published(http, account, prepared(http, account, replace(DRAFT, text="La fin"), 2, (first, second)))
    published(http, account, prepared(http, account, replace(DRAFT, text="Une autre nouvelle"), 9_000))
    timeline = shown(server)
    assert in_order(timeline, "Une autre nouvelle", DRAFT.text, "La suite", "La fin")
    assert timeline.count('class="post answer"') == 2


def test_what_answers_a_post_that_is_gone_stands_for_itself(
    http: httpx.Client, account: Account, server: Running
) -> None:
    request = prepared(http, account)
    first = published(http, account, request)
    published(http, account, prepared(http, account, replace(DRAFT, text="La suite"), 1, (first,)))
    delete(http, account, first, request)
    assert ("La suite" in shown(server), "answer" in shown(server)) == (True, False)


def test_posts_that_answer_each_other_in_a_ring_are_drawn(
    http: httpx.Client, account: Account, server: Running
) -> None:
    one, other = prepared(http, account), prepared(http, account, CORRECTED, 1)
    published(http, account, one)
    published(http, account, prepared(http, account, CORRECTED, 1, (Sent(one.key),)))
    ring = prepared(http, account, DRAFT, 0, (Sent(other.key),))
    assert isinstance(edit(http, account, Sent(one.key), one, ring), Sent)
    assert CORRECTED.text in shown(server)


def test_an_answer_to_what_is_not_there_is_refused(http: httpx.Client, account: Account) -> None:
    told = sandbox.publish(http, account, prepared(http, account, DRAFT, 1, (Sent("nothing"),)))
    assert told == Refused("127.0.0.1 answered 422: The post that it answers is not there.")


def test_a_warning_stands_before_the_text_and_counts_with_it(
    http: httpx.Client, account: Account, server: Running
) -> None:
    warned = replace(DRAFT, warning="Violence <b>")
    published(http, account, prepared(http, account, warned))
    assert "<summary>Violence &lt;b&gt;</summary>" in shown(server)
    long = replace(DRAFT, text="é" * 495, warning="Guerre")
    assert isinstance(sandbox.publish(http, account, prepared(http, account, long, 1)), Refused)


def test_only_where_a_warning_is_shown_is_it_sent(http: httpx.Client, server: Running) -> None:
    sky = Account("sky", "sandbox", {"server": server.url, "imitates": "bluesky"})
    assert "Violence" not in prepared(http, sky, replace(DRAFT, warning="Violence")).body
    assert not sandbox.abilities(sky).warns


class TestInABrowser:
    """What only a browser can tell."""

    pytestmark = test_timelines.browser

    def test_a_correction_appears_in_its_place_and_a_deletion_takes_it_off(
        self, server: Running, http: httpx.Client, account: Account, page: Page
    ) -> None:
        before, after = prepared(http, account), prepared(http, account, CORRECTED)
        sent = published(http, account, before)
        page.goto(f"{server.url}/masto")
        expect(page.locator(".post .text")).to_have_text([DRAFT.text])
        edit(http, account, sent, before, after)
        expect(page.locator(".post .text")).to_have_text([CORRECTED.text])
        expect(page.locator(".post .edited")).to_have_text(["modifié"])
        delete(http, account, sent, after)
        expect(page.locator(".post")).to_have_count(0)

    def test_an_answer_appears_below_the_first_post(
        self, server: Running, http: httpx.Client, account: Account, page: Page
    ) -> None:
        first = published(http, account, prepared(http, account))
        published(http, account, prepared(http, account, replace(DRAFT, text="Plus récent"), 9_000))
        page.goto(f"{server.url}/masto")
        published(http, account, prepared(http, account, replace(DRAFT, text="La suite"), 1, (first,)))
        expect(page.locator(".post .text")).to_have_text(["Plus récent", DRAFT.text, "La suite"])
        expect(page.locator(".post.answer .text")).to_have_text(["La suite"])
