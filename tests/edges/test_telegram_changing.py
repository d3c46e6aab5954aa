"""Telegram: a text stays a text and a photo a photo, and what is said twice is said once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Refused, Retry, Sent
from relay.networks.telegram import network as telegram
from relay.networks.telegram.changing import delete, edit
from relay.networks.wire.changed import NO_MORE
from tests.edges.far_end import FarEnd
from tests.fakes.telegram import NUMBER, Telegram

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"La fracture #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
CORRECTED = replace(DRAFT, text=f"👩‍👩‍👧 La couture #SMCL\n{LINK}")
PICTURE, OTHER = b"\xff\xd8\xff\xe0 a picture", b"\xff\xd8\xff\xe0 another"
LONG = replace(CORRECTED, text="é" * 1025)


@pytest.fixture
def end(telegram_bot: FarEnd) -> FarEnd:
    return telegram_bot


@pytest.fixture
def picturing(end: FarEnd) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, "attach": "picture"}))


def prepared(
    end: FarEnd,
    http: httpx.Client,
    draft: Draft = DRAFT,
    picture: bytes | None = PICTURE,
    after: tuple[Sent, ...] = (),
) -> Request:
    request = telegram.prepare(http, end.account, draft, KEYS, picture, after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = telegram.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def test_an_edited_text_has_its_links_and_the_preview_of_the_post(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == sent
    [message] = telegram_server.messages
    assert (message.text, message.links, message.preview) == (CORRECTED.text, ((LINK, LINK),), LINK)


def test_the_text_beneath_a_picture_is_edited_and_the_picture_is_not_sent_again(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    assert edit(http, picturing.account, sent, before, prepared(picturing, http, CORRECTED)) == sent
    [message] = telegram_server.messages
    assert (message.text, message.links, message.photo) == (CORRECTED.text, ((LINK, LINK),), PICTURE)
    assert "editMessageCaption" in picturing.wire.calls[-1].path


def test_another_picture_takes_the_place_of_the_first_with_its_text(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    after = prepared(picturing, http, CORRECTED, OTHER)
    assert [edit(http, picturing.account, sent, before, after) for _ in range(2)] == [sent, sent]
    [message] = telegram_server.messages
    assert (message.text, message.links, message.photo) == (CORRECTED.text, ((LINK, LINK),), OTHER)


def test_a_picture_that_is_not_to_be_had_now_stays_where_it_is(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    assert edit(http, picturing.account, sent, before, prepared(picturing, http, CORRECTED, None)) == sent
    assert (telegram_server.messages[0].text, telegram_server.messages[0].photo) == (CORRECTED.text, PICTURE)


def test_a_text_that_would_not_fit_beneath_its_picture_is_refused_before_anything_is_asked(
    picturing: FarEnd, http: httpx.Client
) -> None:
    before = prepared(picturing, http)
    sent = published(picturing, http, before)
    told = edit(http, picturing.account, sent, before, prepared(picturing, http, LONG))
    assert told == Refused("Beneath its picture Telegram takes 1024 characters: shorten the text.")
    assert len(picturing.wire.calls) == 1


def test_a_long_text_that_has_become_short_stays_a_text_with_its_preview(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(picturing, http, LONG)
    sent = published(picturing, http, before)
    assert edit(http, picturing.account, sent, before, prepared(picturing, http, CORRECTED)) == sent
    [message] = telegram_server.messages
    assert (message.text, message.photo, message.preview) == (CORRECTED.text, b"", LINK)


def test_a_message_is_edited_where_it_stands_whatever_the_account_says_now(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    moved = replace(end, account=replace(end.account, options={**end.account.options, "chat": "@ailleurs"}))
    assert edit(http, moved.account, sent, before, prepared(moved, http, CORRECTED)) == sent
    assert delete(http, moved.account, sent, before) == Gone()
    assert telegram_server.messages == []


def test_that_nothing_changes_is_a_success(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    assert edit(http, end.account, sent, before, before) == sent


def test_a_deleted_message_is_told_as_one_that_is_not_there(end: FarEnd, http: httpx.Client) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    delete(http, end.account, sent, before)
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == NO_MORE


def test_what_a_chat_keeps_is_told_in_telegram_s_words(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    telegram_server.keeps = True
    told = delete(http, end.account, sent, before)
    assert told == Refused("Telegram answered 400: Bad Request: message can't be deleted")
    assert end.published() == [DRAFT.text]


def test_it_waits_as_long_as_telegram_says(end: FarEnd, http: httpx.Client, telegram_server: Telegram) -> None:
    before = prepared(end, http)
    sent = published(end, http, before)
    telegram_server.limited_for = 35
    wait = Retry("Telegram answered 429: Too Many Requests: retry after 35", timedelta(seconds=35))
    assert edit(http, end.account, sent, before, prepared(end, http, CORRECTED)) == wait
    assert delete(http, end.account, sent, before) == wait


def test_a_bot_that_was_shut_out_is_told_so_and_not_held_for_an_old_message(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    """The account may write elsewhere by now; where it does not, its next post is told the same."""
    before = prepared(end, http)
    sent = published(end, http, before)
    telegram_server.refuses = (403, "Forbidden: bot was kicked from the channel chat")
    told = Refused("Telegram answered 403: Forbidden: bot was kicked from the channel chat")
    assert edit(http, end.account, sent, before, before) == told
    assert delete(http, end.account, sent, before) == told
    assert isinstance(telegram.publish(http, end.account, before), AuthLost)


def test_each_post_of_a_thread_answers_the_one_before_it(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    first = published(end, http, prepared(end, http))
    second = published(end, http, prepared(end, http, Draft("Suite", "fr", ""), None, (first,)))
    published(end, http, prepared(end, http, Draft("Fin", "fr", ""), None, (first, second)))
    assert [message.answers for message in telegram_server.messages] == [None, 1, 2]


def test_a_picture_may_answer_too(picturing: FarEnd, http: httpx.Client, telegram_server: Telegram) -> None:
    first = published(picturing, http, prepared(picturing, http))
    published(picturing, http, prepared(picturing, http, CORRECTED, PICTURE, (first,)))
    assert (telegram_server.messages[1].answers, telegram_server.messages[1].photo) == (1, PICTURE)


def test_an_answer_to_what_is_not_there_any_more_is_refused(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http)
    first = published(end, http, request)
    answer = prepared(end, http, Draft("Suite", "fr", ""), None, (first,))
    delete(http, end.account, first, request)
    told = telegram.publish(http, end.account, answer)
    assert told == Refused("Telegram answered 400: Bad Request: message to be replied not found")


def test_a_private_channel_is_no_different(end: FarEnd, http: httpx.Client, telegram_server: Telegram) -> None:
    telegram_server.is_private = True
    private = replace(end, account=replace(end.account, options={**end.account.options, "chat": str(NUMBER)}))
    before = prepared(private, http)
    sent = published(private, http, before)
    assert edit(http, private.account, sent, before, prepared(private, http, CORRECTED)) == sent
    assert delete(http, private.account, sent, before) == Gone()
