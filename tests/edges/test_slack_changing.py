"""Slack: a bot changes what it posted, and answers it; a webhook can do neither."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Gone, NotThere, Refused, Retry, Sent
from relay.networks.slack import network as slack
from relay.networks.slack.changing import delete, edit
from relay.networks.wire.changed import NAMELESS, NO_MORE
from tests.edges.far_end import FarEnd
from tests.fakes.slack import CHANNEL, Slack

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"La fracture R&D\n{LINK}", "fr", LINK, image=IMAGE)
CORRECTED = replace(DRAFT, text=f"La couture <!channel>\n{LINK}")
NEXT = Draft("Suite", "fr", "")


@pytest.fixture
def end(slack_bot: FarEnd) -> FarEnd:
    return slack_bot


def having(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(
    end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, nonce: int = 1, after: tuple[Sent, ...] = ()
) -> Request:
    request = slack.prepare(http, end.account, draft, replace(KEYS, nonce=nonce), None, after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = slack.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def test_an_edited_message_calls_nobody_and_keeps_its_key(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == sent
    [message] = slack_server.messages
    assert message["text"].startswith("La couture &lt;!channel&gt;")
    assert (message["mrkdwn"], message["link_names"], message["parse"]) == (False, False, "none")
    assert slack.find(http, end.account, before, SINCE) == sent


def test_a_picture_that_is_taken_off_does_not_stay(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    """Slack keeps the attachments that an update does not name."""
    picturing = having(end, attach="picture")
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    assert slack_server.messages[0]["attachments"]
    edit(http, picturing.account, sent, before, prepared(picturing, http, replace(CORRECTED, image=None)))
    assert slack_server.messages[0]["attachments"] == []


def test_a_message_is_changed_where_it_stands_whatever_the_account_says_now(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    moved = having(end, channel="C0ELSEWHERE")
    assert edit(http, moved.account, sent, before, prepared(moved, http, CORRECTED)) == sent
    assert delete(http, moved.account, sent, before) == Gone()


def test_a_message_is_looked_for_where_it_was_sent_whatever_the_account_says_now(
    end: FarEnd, http: httpx.Client
) -> None:
    """Elsewhere it is not, and would be sent again to where it is."""
    request = prepared(end, http)
    sent = published(end, http, request)
    assert slack.find(http, having(end, channel="C0ELSEWHERE").account, request, SINCE) == sent


@pytest.mark.parametrize("word", ["edit_window_closed", "cant_update_message"])
def test_what_the_workspace_forbids_is_told_in_slack_s_word(
    end: FarEnd, http: httpx.Client, slack_server: Slack, word: str
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    slack_server.closed = word
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == Refused(f"Slack answered: {word}")
    assert end.published() == [DRAFT.text]


def test_a_deletion_that_is_forbidden_is_told(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    slack_server.closed = "cant_delete_message"
    assert delete(http, end.account, sent, before) == Refused("Slack answered: cant_delete_message")


def test_what_is_not_there_is_no_reason_to_hold_the_account(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    assert edit(http, end.account, sent, before, before) == NO_MORE


def test_it_waits_as_long_as_slack_says(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    slack_server.limited_for = 30
    wait = Retry("Slack answered: ratelimited", timedelta(seconds=30))
    assert edit(http, end.account, sent, before, before) == wait
    assert delete(http, end.account, sent, before) == wait


def test_what_a_webhook_posted_cannot_be_changed_by_a_bot_that_came_later(
    slack_hook: FarEnd, end: FarEnd, http: httpx.Client
) -> None:
    """A webhook tells no name."""
    request = slack.prepare(http, slack_hook.account, DRAFT, KEYS)
    assert isinstance(request, Request)
    sent = slack.publish(http, slack_hook.account, request)
    assert isinstance(sent, Sent)
    assert edit(http, end.account, sent, request, prepared(end, http, CORRECTED)) == NAMELESS
    assert delete(http, end.account, sent, request) == NAMELESS


def test_only_a_bot_can_do_more_than_post(slack_hook: FarEnd, end: FarEnd) -> None:
    hooked, bot = slack.abilities(slack_hook.account), slack.abilities(end.account)
    assert (hooked.edit, hooked.delete, hooked.threads) == (None, None, False)
    assert (bot.edit, bot.delete, bot.threads) == (edit, delete, True)


def test_every_post_of_a_thread_answers_the_first(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    first = published(end, http, prepared(end, http))
    second = published(end, http, prepared(end, http, NEXT, 2, (first,)))
    published(end, http, prepared(end, http, replace(NEXT, text="Fin"), 3, (first, second)))
    assert [message.get("thread_ts") for message in slack_server.messages] == [None, first.id, first.id]


def test_the_page_of_an_answer_opens_its_thread(end: FarEnd, http: httpx.Client) -> None:
    first = published(end, http, prepared(end, http))
    second = published(end, http, prepared(end, http, NEXT, 2, (first,)))
    page = f"https://veille.slack.com/archives/{CHANNEL}/p1795507200001000?thread_ts={first.id}&cid={CHANNEL}"
    assert second.url == page


@pytest.mark.parametrize("keeps_metadata", [True, False])
def test_an_answer_is_looked_for_in_its_thread(
    end: FarEnd, http: httpx.Client, slack_server: Slack, *, keeps_metadata: bool
) -> None:
    """The channel's own list does not have it."""
    first = published(end, http, prepared(end, http))
    request = prepared(end, http, NEXT, 2, (first,))
    assert slack.find(http, end.account, request, SINCE) == NotThere()
    second = published(end, http, request)
    slack_server.keeps_metadata = keeps_metadata
    assert slack.find(http, end.account, request, SINCE) == second
    assert slack.find(http, end.account, prepared(end, http, NEXT, 3), SINCE) == NotThere()


def test_a_bot_that_may_not_read_cannot_tell(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http, NEXT, 2, (published(end, http, prepared(end, http)),))
    assert isinstance(slack.find(http, end.locked_out(), request, SINCE), CannotTell)
    assert isinstance(edit(http, end.locked_out(), Sent("1.0"), request, request), AuthLost)
