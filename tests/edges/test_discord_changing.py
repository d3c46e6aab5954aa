"""Discord: a message becomes what the corrected post is, with its card, its picture and nobody called."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Allowance, AuthLost, Gone, Refused, Retry, Sent
from relay.networks.discord import network as discord
from relay.networks.discord.changing import delete, edit
from relay.networks.wire.changed import NO_MORE, NOT_OURS
from tests.edges.far_end import FarEnd
from tests.fakes.discord import HOOK, Discord
from tests.fakes.wire import Call

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"La *fracture* #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
CORRECTED = replace(DRAFT, text=f"La *couture* #SMCL\n{LINK}")
SWOLLEN = replace(DRAFT, text="*" * 1900)
PICTURE, OTHER = b"\xff\xd8\xff\xe0 a picture", b"\xff\xd8\xff\xe0 another"


@pytest.fixture
def end(discord_hook: FarEnd) -> FarEnd:
    return discord_hook


@pytest.fixture
def picturing(end: FarEnd) -> FarEnd:
    return having(end, attach="picture", username="La veille")


def having(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options=options))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = PICTURE) -> Request:
    request = discord.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = discord.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def asked(end: FarEnd, method: str) -> list[Call]:
    return [call for call in end.wire.calls if call.method == method]


def test_an_edited_message_still_calls_nobody(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == sent
    [message] = discord_server.messages
    assert (message.text, message.calls_nobody, message.has_card) == (CORRECTED.text, True, True)


@pytest.mark.parametrize(("first", "then"), [(DRAFT, SWOLLEN), (SWOLLEN, DRAFT)])
def test_a_text_may_move_into_an_embed_and_out_of_it(
    end: FarEnd, http: httpx.Client, discord_server: Discord, first: Draft, then: Draft
) -> None:
    before = prepared(end, http, first)
    edit(http, end.account, published(end, http, before), before, prepared(end, http, then))
    [message] = discord_server.messages
    assert message.text == then.text
    assert bool(message.content) is not bool(message.embeds)


def test_a_picture_stays_and_is_not_sent_again(picturing: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    edit(http, picturing.account, sent, before, prepared(picturing, http, CORRECTED))
    [message] = discord_server.messages
    assert (message.file, message.alt, message.has_card) == (PICTURE, "Une place", False)
    assert (message.text, message.username) == (CORRECTED.text, "La veille")
    assert PICTURE not in asked(picturing, "PATCH")[0].body


@pytest.mark.parametrize(
    ("draft", "picture", "shown"),
    [
        (CORRECTED, OTHER, (OTHER, "Une place")),
        (replace(CORRECTED, image=replace(IMAGE, alt="Un marché")), PICTURE, (PICTURE, "Un marché")),
        (replace(CORRECTED, image=None), None, (b"", "")),
    ],
)
def test_a_picture_or_its_description_that_changed_takes_the_place_of_the_first(
    picturing: FarEnd,
    http: httpx.Client,
    discord_server: Discord,
    draft: Draft,
    picture: bytes | None,
    shown: tuple[bytes, str],
) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    edit(http, picturing.account, sent, before, prepared(picturing, http, draft, picture))
    [message] = discord_server.messages
    assert (message.file, message.alt) == shown
    assert message.has_card is (picture is None)


def test_a_message_in_a_thread_is_changed_in_that_thread(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    inside = having(end, thread="1100000000000000042")
    before = prepared(inside, http)
    sent = published(inside, http, before)
    assert edit(http, inside.account, sent, before, prepared(inside, http, CORRECTED)) == sent
    assert [message.text for message in discord_server.messages] == [CORRECTED.text]
    assert delete(http, inside.account, sent, before) == Gone()
    assert discord_server.messages == []


def test_a_message_is_changed_in_its_thread_whatever_the_account_says_now(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    inside = having(end, thread="1100000000000000042")
    before = prepared(inside, http)
    sent = published(inside, http, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == sent
    assert delete(http, having(end, thread="7").account, sent, before) == Gone()
    assert discord_server.messages == []


def test_what_another_webhook_posted_is_not_taken_for_gone(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    discord_server.is_another = True
    older = replace(before, body=before.body.replace(HOOK.split("/")[3], "42"))
    assert edit(http, end.account, sent, older, prepared(end, http, CORRECTED)) == NOT_OURS
    assert delete(http, end.account, sent, older) == NOT_OURS


def test_a_message_that_is_not_there_is_no_reason_to_give_the_webhook_up(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == NO_MORE
    assert delete(http, end.account, sent, before) == Gone()


def test_a_webhook_that_is_gone_stops_the_account(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    discord_server.is_gone = True
    assert isinstance(edit(http, end.account, sent, before, before), AuthLost)
    assert isinstance(delete(http, end.account, sent, before), AuthLost)


def test_a_text_that_is_too_long_is_refused_with_the_field(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    told = edit(http, end.account, sent, before, prepared(end, http, replace(DRAFT, text="é" * 2001)))
    assert isinstance(told, Refused)
    assert "content: Must be 2000 or fewer in length." in told.why


def test_it_waits_as_long_as_discord_says(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    discord_server.limited_for = 2.5
    for told in (edit(http, end.account, sent, before, before), delete(http, end.account, sent, before)):
        assert isinstance(told, Retry)
        assert told.wait.total_seconds() == 3


def test_what_is_left_of_the_bucket_is_told(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    """Discord gives the moment of the reset in seconds with a fraction."""
    discord_server.left = "0"
    sent = published(end, http, prepared(end, http))
    assert sent.allowance == Allowance(0, datetime.fromtimestamp(1795507202, UTC))
