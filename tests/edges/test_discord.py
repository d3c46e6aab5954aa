"""Discord: what is read is what was approved, nobody is called, and the address is the secret."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.discord import network as discord
from relay.networks.discord.markdown import escaped
from tests.edges.conftest import FarEnd
from tests.fakes.discord import CHANNEL, HOOK, SERVER, Discord, Posted

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/fracture_numerique_*"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place, le jour du marché")
DRAFT = Draft(f"La fracture #SMCL\n{LINK}", "fr", LINK, image=IMAGE)
PICTURE = b"\xff\xd8\xff\xe0 a picture\r\n--\x00"


@pytest.fixture
def end(discord_hook: FarEnd) -> FarEnd:
    return discord_hook


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = discord.prepare(http, end.account, draft, KEYS, PICTURE)
    assert isinstance(request, Request), request
    return request


def having(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options=options))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**gras** et _souligné_", r"\*\*gras\*\* et \_souligné\_"),
        ("`code` ~~barré~~ ||caché||", r"\`code\` \~\~barré\~\~ \|\|caché\|\|"),
        (
            "# Titre\n-# petit\n> cité\n- un\n+ deux\n1. trois",
            "\\# Titre\n\\-# petit\n\\> cité\n\\- un\n\\+ deux\n1\\. trois",
        ),
        ("#SMCL et 3 > 2 - 1", "#SMCL et 3 > 2 - 1"),
        ("[lien](ailleurs)", r"\[lien](ailleurs)"),
        ("<@123456> <#1> <t:0>", r"\<@123456> \<#1> \<t:0>"),
        (r"C:\temp", r"C:\\temp"),
        (":smile: à 12:30", r"\:smile: à 12:30"),
        (f"{LINK} et *", rf"{LINK} et \*"),
        ("(voir https://blog.example/a).", "(voir https://blog.example/a)."),
        ("https://blog.example/a…", "<https://blog.example/a>…"),
        ("https://blog.example/a»*b*", r"<https://blog.example/a>»\*b\*"),
    ],
)
def test_markdown_is_escaped_and_links_are_not(text: str, written: str) -> None:
    assert escaped(text) == written


@given(st.text(st.sampled_from("ab1 \n\\*_~`|<>[]()#-+.:@é…'’") | st.characters(codec="utf-8"), max_size=60))
def test_what_is_read_is_what_was_approved(text: str) -> None:
    assert Posted(escaped(text)).text == text


@pytest.mark.shows("mention", lacks=True)
def test_nobody_is_called(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    discord.publish(http, end.account, prepared(end, http, replace(DRAFT, text="@everyone @here <@&1>")))
    [posted] = discord_server.messages
    assert (posted.calls_nobody, posted.text) == (True, "@everyone @here <@&1>")


def test_a_text_that_escaping_makes_too_long_stands_in_an_embed(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    text = "*" * 2000
    assert isinstance(discord.publish(http, end.account, prepared(end, http, replace(DRAFT, text=text))), Sent)
    [posted] = discord_server.messages
    assert (posted.content, posted.text) == ("", text)


def test_a_post_is_told_with_its_page(end: FarEnd, http: httpx.Client) -> None:
    told = discord.publish(http, end.account, prepared(end, http))
    number = "1100000000000000001"
    assert told == Sent(number, f"https://discord.com/channels/{SERVER}/{CHANNEL}/{number}")


@pytest.mark.shows("picture")
def test_a_picture_leaves_in_the_same_call_with_its_words_and_no_card(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    picturing = having(end, attach="picture")
    discord.publish(http, picturing.account, prepared(picturing, http))
    [posted] = discord_server.messages
    assert (posted.file, posted.alt, posted.has_card, posted.text) == (PICTURE, IMAGE.alt, False, DRAFT.text)


@pytest.mark.shows("card")
def test_an_account_that_wants_a_card_uploads_nothing(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    discord.publish(http, end.account, prepared(end, http))
    [posted] = discord_server.messages
    assert (posted.file, posted.has_card) == (b"", True)


def test_alternative_text_is_no_longer_than_discord_takes(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    picturing = having(end, attach="picture")
    draft = replace(DRAFT, image=replace(IMAGE, alt="é" * 2000))
    discord.publish(http, picturing.account, prepared(picturing, http, draft))
    assert discord_server.messages[0].alt == "é" * 1024


def test_posts_have_the_name_and_the_thread_of_the_account(
    end: FarEnd, http: httpx.Client, discord_server: Discord
) -> None:
    named = having(end, username="Veille", thread="42")
    discord.publish(http, named.account, prepared(named, http))
    [posted] = discord_server.messages
    assert (posted.username, posted.thread) == ("Veille", "42")


def test_it_says_who_asks_as_discord_wants_it(end: FarEnd, http: httpx.Client) -> None:
    http.headers["user-agent"] = "relay/0.1 (+https://blog.example/contact)"
    discord.publish(http, end.account, prepared(end, http))
    said = {call.headers["user-agent"].rpartition(",")[0] for call in end.wire.calls}
    assert said == {"DiscordBot (https://blog.example/contact"}


@pytest.mark.shows("limit")
def test_it_waits_as_long_as_the_answer_itself_says(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    discord_server.limited_for = 64.57
    told = discord.publish(http, end.account, prepared(end, http))
    assert told == Retry("127.0.0.1 answered 429: You are being rate limited.", timedelta(seconds=65))


@pytest.mark.shows("refusal")
def test_a_webhook_that_is_gone_is_never_asked_again(end: FarEnd, http: httpx.Client, discord_server: Discord) -> None:
    request = prepared(end, http)
    discord_server.is_gone = True
    gone = AuthLost("127.0.0.1 answered 404: Unknown Webhook")
    assert discord.publish(http, end.account, request) == gone
    assert discord.prepare(http, end.account, DRAFT, KEYS) == gone


def test_a_wrong_token_stops_the_account_before_anything_is_posted(end: FarEnd, http: httpx.Client) -> None:
    told = discord.prepare(http, end.locked_out(), DRAFT, KEYS)
    assert told == AuthLost("127.0.0.1 answered 401: Invalid Webhook Token")


def test_a_refusal_says_what_is_wrong_in_which_field(end: FarEnd, http: httpx.Client) -> None:
    told = discord.publish(http, end.account, prepared(end, http, replace(DRAFT, text="é" * 2001)))
    assert told == Refused("127.0.0.1 answered 400: Invalid Form Body content: Must be 2000 or fewer in length.")


@pytest.mark.parametrize(
    "address", ["", "not an address", "https://discord.com/channels/1/2", f"http://discord.com{HOOK}", "https://[/x"]
)
def test_what_is_no_address_of_a_webhook_is_asked_nowhere(end: FarEnd, http: httpx.Client, address: str) -> None:
    account = replace(end.account, secrets={"webhook": Secret(address)})
    told = discord.prepare(http, account, DRAFT, KEYS)
    assert isinstance(told, AuthLost)
    assert end.wire.calls == []


def test_line_ends_and_queries_that_were_copied_with_the_address_do_no_harm(end: FarEnd, http: httpx.Client) -> None:
    copied = Secret(f" {end.wire.url}{HOOK}?wait=false\n")
    account = replace(end.account, secrets={"webhook": copied})
    request = discord.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    assert isinstance(discord.publish(http, account, request), Sent)


def test_the_frozen_request_knows_its_server_and_not_its_secret(end: FarEnd, http: httpx.Client) -> None:
    body = prepared(end, http).body
    assert json.loads(body)["server"] == SERVER
    assert HOOK.rpartition("/")[2] not in body
