"""Slack: a bot finds its post by the key that it carries; a webhook says nothing but "ok"."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.slack import network as slack
from tests.edges.conftest import FarEnd
from tests.fakes.slack import CHANNEL, HOOK, Slack
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La fracture <!channel> R&D #SMCL\n{LINK}", "fr", LINK, "La fracture", image=IMAGE)


@pytest.fixture(params=["slack_hook", "slack_bot"])
def end(request: pytest.FixtureRequest) -> FarEnd:
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, nonce: int = 1) -> Request:
    request = slack.prepare(http, end.account, draft, replace(KEYS, nonce=nonce))
    assert isinstance(request, Request), request
    return request


@pytest.mark.shows("mention", lacks=True)
def test_the_three_signs_of_slack_are_written_so_that_nobody_is_called(
    end: FarEnd, http: httpx.Client, slack_server: Slack
) -> None:
    slack.publish(http, end.account, prepared(end, http))
    [message] = slack_server.messages
    assert message["text"].startswith("La fracture &lt;!channel&gt; R&amp;D #SMCL")
    assert (message["mrkdwn"], message["link_names"], end.published()) == (False, False, [DRAFT.text])


@pytest.mark.shows("card")
def test_slack_draws_its_card_of_the_link(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    slack.publish(http, end.account, prepared(end, http))
    [message] = slack_server.messages
    assert message["unfurl_links"]
    assert "attachments" not in message


@pytest.mark.parametrize(("alt", "told"), [(IMAGE.alt, IMAGE.alt), ("", "La fracture"), ("é" * 3000, "é" * 2000)])
@pytest.mark.shows("picture")
def test_a_picture_is_shown_from_its_address_with_words_and_without_a_card(
    end: FarEnd, http: httpx.Client, slack_server: Slack, alt: str, told: str
) -> None:
    picturing = replace(end, account=replace(end.account, options={**end.account.options, "attach": "picture"}))
    draft = replace(DRAFT, image=replace(IMAGE, alt=alt))
    slack.publish(http, picturing.account, prepared(picturing, http, draft))
    [message] = slack_server.messages
    block = {"type": "image", "image_url": IMAGE.url, "alt_text": told}
    assert (message["attachments"], message["unfurl_links"]) == ([{"blocks": [block]}], False)


def test_a_bot_tells_a_post_with_its_page(slack_bot: FarEnd, http: httpx.Client) -> None:
    told = slack.publish(http, slack_bot.account, prepared(slack_bot, http))
    page = "https://veille.slack.com/archives/C024BE91L/p1795507200000000"
    assert told == Sent("1795507200.000000", page)


def test_a_webhook_tells_a_post_without_a_page(slack_hook: FarEnd, http: httpx.Client) -> None:
    request = prepared(slack_hook, http)
    assert slack.publish(http, slack_hook.account, request) == Sent(request.key, None)


@pytest.mark.shows("limit")
def test_it_waits_as_long_as_slack_says(end: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    request = prepared(end, http)
    slack_server.limited_for = 42
    told = slack.publish(http, end.account, request)
    assert isinstance(told, Retry)
    assert told.wait == timedelta(seconds=42)


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("token_revoked", AuthLost),
        ("is_archived", AuthLost),
        ("not_in_channel", AuthLost),
        ("msg_too_long", Refused),
        ("invalid_blocks", Refused),
        ("fatal_error", Unsure),
        ("internal_error", Unsure),
        ("ratelimited", Retry),
    ],
)
@pytest.mark.shows("refusal")
def test_a_no_of_the_api_comes_with_200(
    slack_bot: FarEnd, http: httpx.Client, slack_server: Slack, word: str, outcome: type
) -> None:
    slack_server.refuses = (200, word)
    told = slack.publish(http, slack_bot.account, prepared(slack_bot, http))
    assert (type(told), getattr(told, "why", "")) == (outcome, f"Slack answered: {word}")


@pytest.mark.parametrize(
    ("status", "word", "outcome"),
    [
        (400, "invalid_payload", Refused),
        (403, "action_prohibited", AuthLost),
        (404, "channel_not_found", AuthLost),
        (410, "channel_is_archived", AuthLost),
        (500, "rollup_error", Unsure),
        (200, "no", Unsure),
    ],
)
@pytest.mark.shows("refusal")
def test_a_no_of_a_webhook_is_a_status_and_a_word(
    slack_hook: FarEnd, http: httpx.Client, slack_server: Slack, status: int, word: str, outcome: type
) -> None:
    slack_server.refuses = (status, word)
    told = slack.publish(http, slack_hook.account, prepared(slack_hook, http))
    assert told == outcome(f"Slack answered {status}: {word}")


def test_a_bot_that_lost_its_token_stops_before_anything_is_posted(slack_bot: FarEnd, http: httpx.Client) -> None:
    told = slack.prepare(http, slack_bot.locked_out(), DRAFT, KEYS)
    assert told == AuthLost("Slack answered: invalid_auth")


def test_a_post_is_found_by_its_key_when_its_answer_was_lost(slack_bot: FarEnd, http: httpx.Client) -> None:
    request = prepared(slack_bot, http)
    slack_bot.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(slack.publish(http, slack_bot.account, request), Unsure)
    assert isinstance(slack.find(http, slack_bot.account, request, SINCE), Sent)


def test_the_same_words_under_another_key_are_another_post(slack_bot: FarEnd, http: httpx.Client) -> None:
    slack.publish(http, slack_bot.account, prepared(slack_bot, http, nonce=2))
    assert slack.find(http, slack_bot.account, prepared(slack_bot, http), SINCE) == NotThere()


def test_where_slack_keeps_no_key_the_words_tell(slack_bot: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    slack_server.keeps_metadata = False
    request = prepared(slack_bot, http)
    told = slack.publish(http, slack_bot.account, request)
    assert slack.find(http, slack_bot.account, request, SINCE) == told


def test_a_post_from_before_is_not_taken_for_it(slack_bot: FarEnd, http: httpx.Client) -> None:
    request = prepared(slack_bot, http)
    slack.publish(http, slack_bot.account, request)
    assert slack.find(http, slack_bot.account, request, SINCE + timedelta(minutes=3)) == NotThere()


def test_it_is_found_on_the_third_page(slack_bot: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    slack_server.page = 10
    request = prepared(slack_bot, http)
    told = slack.publish(http, slack_bot.account, request)
    _crowd(slack_server, 25)
    assert slack.find(http, slack_bot.account, request, SINCE) == told


def test_too_many_messages_to_read_back_are_a_doubt(slack_bot: FarEnd, http: httpx.Client, slack_server: Slack) -> None:
    slack_server.page = 2
    _crowd(slack_server, 20)
    assert isinstance(slack.find(http, slack_bot.account, prepared(slack_bot, http), SINCE), CannotTell)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"ok": true}', b'{"ok": true, "messages": [1, {"ts": 2}, {}]}'])
def test_what_is_no_list_of_messages_is_never_a_post(slack_bot: FarEnd, http: httpx.Client, body: bytes) -> None:
    request = prepared(slack_bot, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))) as odd:
        assert not isinstance(slack.find(odd, slack_bot.account, request, SINCE), Sent)


@pytest.mark.parametrize(
    ("options", "secrets"),
    [
        ({}, {}),
        ({}, {"token": "xoxb-1"}),
        ({"channel": CHANNEL}, {"token": "xoxb-1\n"}),
        ({}, {"webhook": f"http://hooks.slack.com{HOOK}"}),
        ({}, {"webhook": "x"}),
    ],
)
def test_what_an_account_lacks_is_said_and_nothing_is_asked(
    slack_hook: FarEnd, http: httpx.Client, options: dict[str, str], secrets: dict[str, str]
) -> None:
    hidden = {name: Secret(value) for name, value in secrets.items()}
    account = replace(slack_hook.account, options=options, secrets=hidden)
    assert isinstance(slack.prepare(http, account, DRAFT, KEYS), AuthLost)
    assert isinstance(slack.publish(http, account, prepared(slack_hook, http)), AuthLost)
    assert slack_hook.wire.calls == []


def test_the_message_carries_its_key_where_no_reader_sees_it(
    slack_bot: FarEnd, http: httpx.Client, slack_server: Slack
) -> None:
    request = prepared(slack_bot, http)
    slack.publish(http, slack_bot.account, request)
    [message] = slack_server.messages
    assert message["metadata"] == {"event_type": "relay_post", "event_payload": {"key": request.key}}
    assert request.key not in message["text"]
    assert json.loads(request.body)["message"]["channel"] == CHANNEL


def _crowd(server: Slack, size: int) -> None:
    for number in range(size):
        server.store({"text": f"Autre {number}"})
