"""Telegram: links by their places in UTF-16, a picture with its text beneath, and a token in every address."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Refused, Retry, Sent, Unsure
from relay.networks.telegram import network as telegram
from relay.networks.wire.masking import COVER
from tests.edges.conftest import FarEnd
from tests.fakes.telegram import NUMBER, TOKEN, Telegram
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture"
OTHER = "https://www.cget.gouv.fr/étude"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"👩‍👩‍👧 La fracture : {OTHER}, #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture\r\n--\x00"


@pytest.fixture
def end(telegram_bot: FarEnd) -> FarEnd:
    return telegram_bot


@pytest.fixture
def picturing(end: FarEnd) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, "attach": "picture"}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = PICTURE) -> Request:
    request = telegram.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def test_links_are_named_by_their_places_in_utf_16(end: FarEnd, http: httpx.Client, telegram_server: Telegram) -> None:
    telegram.publish(http, end.account, prepared(end, http))
    assert telegram_server.messages[0].links == ((OTHER, OTHER), (LINK, LINK))


@pytest.mark.shows("card")
def test_the_preview_is_that_of_the_post_whatever_link_stands_first(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    telegram.publish(http, end.account, prepared(end, http))
    assert telegram_server.messages[0].preview == LINK


def test_signs_of_markup_are_read_as_they_are(end: FarEnd, http: httpx.Client) -> None:
    text = "<b>1 & 2</b> *gras* _souligné_ `code` [lien](https://blog.example/)"
    telegram.publish(http, end.account, prepared(end, http, replace(DRAFT, text=text)))
    assert end.published() == [text]


def test_4096_emoji_are_no_longer_than_4096_letters(end: FarEnd, http: httpx.Client) -> None:
    request = prepared(end, http, replace(DRAFT, text="😀" * 4096))
    assert isinstance(telegram.publish(http, end.account, request), Sent)


@pytest.mark.shows("picture")
def test_a_picture_leaves_with_its_text_beneath(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    outcome = telegram.publish(http, picturing.account, prepared(picturing, http))
    [posted] = telegram_server.messages
    assert isinstance(outcome, Sent)
    assert (posted.photo, posted.text) == (PICTURE, DRAFT.text)
    assert posted.links == ((OTHER, OTHER), (LINK, LINK))


@pytest.mark.parametrize("text", ["é" * 1025, "😀" * 513])
def test_a_text_too_long_for_a_picture_leaves_with_the_preview(
    picturing: FarEnd, http: httpx.Client, telegram_server: Telegram, text: str
) -> None:
    telegram.publish(http, picturing.account, prepared(picturing, http, replace(DRAFT, text=text)))
    [posted] = telegram_server.messages
    assert (posted.text, posted.photo, posted.preview) == (text, b"", LINK)


@pytest.mark.parametrize(
    "draft",
    [replace(DRAFT, image=replace(IMAGE, width=2100, height=100)), replace(DRAFT, image=replace(IMAGE, height=9000))],
)
def test_a_picture_that_is_no_photo_for_telegram_gives_way_to_the_preview(
    picturing: FarEnd, http: httpx.Client, draft: Draft, telegram_server: Telegram
) -> None:
    telegram.publish(http, picturing.account, prepared(picturing, http, draft))
    assert telegram_server.messages[0].preview == LINK


def test_a_picture_that_is_not_to_be_had_holds_up_no_post(picturing: FarEnd, http: httpx.Client) -> None:
    request = prepared(picturing, http, picture=None)
    assert isinstance(telegram.publish(http, picturing.account, request), Sent)


def test_an_account_that_wants_a_card_uploads_nothing(end: FarEnd, http: httpx.Client) -> None:
    assert json.loads(prepared(end, http).body)["method"] == "sendMessage"


def test_a_message_is_told_with_its_public_page(end: FarEnd, http: httpx.Client) -> None:
    assert telegram.publish(http, end.account, prepared(end, http)) == Sent("1", "https://t.me/veille_ville/1")


def test_a_message_in_a_private_channel_has_a_page_for_its_members(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    telegram_server.is_private = True
    account = replace(end.account, options={**end.account.options, "chat": str(NUMBER)})
    private = replace(end, account=account)
    assert telegram.publish(http, account, prepared(private, http)) == Sent("1", "https://t.me/c/1234567890/1")


@pytest.mark.shows("limit")
def test_it_waits_as_long_as_telegram_says(end: FarEnd, http: httpx.Client, telegram_server: Telegram) -> None:
    telegram_server.limited_for = 35
    assert telegram.publish(http, end.account, prepared(end, http)) == Retry(
        "Telegram answered 429: Too Many Requests: retry after 35", timedelta(seconds=35)
    )


@pytest.mark.parametrize(
    ("code", "words", "outcome"),
    [
        (403, "Forbidden: bot was kicked from the channel chat", AuthLost),
        (400, "Bad Request: chat not found", AuthLost),
        (400, "Bad Request: need administrator rights in the channel chat", AuthLost),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", AuthLost),
        (400, "Bad Request: message text is empty", Refused),
        (500, "Internal Server Error: restart", Unsure),
    ],
)
@pytest.mark.shows("refusal")
def test_what_telegram_says_is_told_in_its_words(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram, code: int, words: str, outcome: type
) -> None:
    telegram_server.refuses = (code, words)
    told = telegram.publish(http, end.account, prepared(end, http))
    assert told == outcome(f"Telegram answered {code}: {words}")


def test_a_group_that_moved_is_told_with_its_new_number(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    telegram_server.moved_to = -1009876543210
    told = telegram.publish(http, end.account, prepared(end, http))
    assert isinstance(told, AuthLost)
    assert told.why.endswith("(its number is -1009876543210 now: set `chat`)")


def test_a_token_that_was_revoked_stops_the_account(end: FarEnd, http: httpx.Client) -> None:
    told = telegram.publish(http, end.locked_out(), prepared(end, http))
    assert told == AuthLost("Telegram answered 401: Unauthorized")


@pytest.mark.parametrize("token", ["", "abc", f"{TOKEN}\n", f" {TOKEN}", f"{TOKEN}/../x", f"{TOKEN}é"])
def test_a_token_that_cannot_be_one_is_asked_nowhere(end: FarEnd, http: httpx.Client, token: str) -> None:
    account = replace(end.account, secrets={"token": Secret(token)})
    prepared_now = telegram.prepare(http, account, DRAFT, KEYS)
    published = telegram.publish(http, account, prepared(end, http))
    assert (type(prepared_now), type(published), end.wire.calls) == (AuthLost, AuthLost, [])


def test_the_token_is_covered_where_the_network_says_it(
    end: FarEnd, http: httpx.Client, telegram_server: Telegram
) -> None:
    telegram_server.refuses = (400, f"Bad Request: /bot{TOKEN}/sendMessage")
    told = telegram.publish(http, end.account, prepared(end, http))
    assert told == Refused(f"Telegram answered 400: Bad Request: /bot{COVER}/sendMessage")


def test_a_lost_answer_names_no_address(end: FarEnd, http: httpx.Client) -> None:
    end.wire.faults.append(Fault.DROP_AFTER)
    told = telegram.publish(http, end.account, prepared(end, http))
    assert isinstance(told, Unsure)
    assert told.why.startswith(f"{end.wire.url}: the answer was lost")
