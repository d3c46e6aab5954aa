"""Nostr: taking back, what relays tell of themselves, and settings that cannot be."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, CannotTell, Gone, NotThere, Refused, Sent
from relay.networks.abilities import Told
from relay.networks.nostr import network as nostr
from tests.edges.far_end import FarEnd
from tests.edges.test_nostr import DRAFT, KEYS, SINCE, note, prepared, sent, showing
from tests.fakes.nostr import KEY, NostrRelay


@pytest.mark.shows("delete")
def test_what_is_taken_back_is_gone_and_a_repeat_asks_the_same(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client
) -> None:
    delete = nostr.abilities(nostr_relay.account).delete
    assert delete
    request = prepared(nostr_relay.account)
    posted = sent(nostr_relay, http, request)
    told = [delete(http, nostr_relay.account, posted, request) for _ in range(2)]
    assert (told, nostr_relay.published()) == ([Gone(), Gone()], [])
    wishes = [said[1] for said in nostr_server.asked if said[0] == "EVENT" and said[1]["kind"] == 5]
    assert wishes[0] == wishes[1]
    assert wishes[0]["tags"] == [["e", posted.id], ["k", "1"]]
    assert nostr.find(http, nostr_relay.account, request, SINCE) == NotThere()


@pytest.mark.parametrize("says", ["blocked: not here", "auth-required: who are you?"])
def test_a_relay_that_never_had_it_need_not_be_willing_to_delete(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client, says: str
) -> None:
    request, delete = prepared(nostr_relay.account), nostr.abilities(nostr_relay.account).delete
    assert delete
    nostr_server.says = says
    assert delete(http, nostr_relay.account, Sent(json.loads(request.body)["id"]), request) == Gone()


def test_a_relay_that_keeps_it_is_said(nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client) -> None:
    request, delete = prepared(nostr_relay.account), nostr.abilities(nostr_relay.account).delete
    assert delete
    posted = sent(nostr_relay, http, request)
    nostr_server.says = "blocked: we delete nothing"
    told = delete(http, nostr_relay.account, posted, request)
    assert told == Refused(f"{nostr_relay.wire.url} answered: blocked: we delete nothing")


def test_a_relay_that_does_not_let_it_be_taken_back_is_no_reason_to_hold_the_account(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client
) -> None:
    request, delete = prepared(nostr_relay.account), nostr.abilities(nostr_relay.account).delete
    assert delete
    posted = sent(nostr_relay, http, request)
    nostr_server.says = "auth-required: only for members"
    assert isinstance(delete(http, nostr_relay.account, posted, request), Refused)


def test_an_old_note_can_be_taken_back_where_only_new_events_are_taken(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client
) -> None:
    """A note is signed as of its approval; a wish that it be deleted, as of now where its relay says that it is old."""
    old = replace(KEYS, created_at=KEYS.created_at - timedelta(days=3650))
    delete = nostr.abilities(nostr_relay.account).delete
    assert delete
    request = nostr.prepare(http, nostr_relay.account, DRAFT, old)
    assert isinstance(request, Request)
    posted = sent(nostr_relay, http, request)
    nostr_server.oldest = int(old.created_at.timestamp()) + 3600
    assert [delete(http, nostr_relay.account, posted, request) for _ in range(2)] == [Gone(), Gone()]
    assert nostr_relay.published() == []


def test_another_key_neither_posts_nor_deletes_what_this_one_signed(nostr_relay: FarEnd, http: httpx.Client) -> None:
    request = prepared(nostr_relay.account)
    posted = sent(nostr_relay, http, request)
    other = replace(nostr_relay.account, secrets={"key": Secret("6f" * 32)})
    delete = nostr.abilities(other).delete
    assert delete
    assert isinstance(nostr.publish(http, other, request), Refused)
    assert isinstance(delete(http, other, posted, request), Refused)
    assert nostr_relay.published() == [DRAFT.text]


@pytest.mark.parametrize(
    ("document", "limitation", "units"),
    [
        ({}, {"max_content_length": 500}, (("code points", 500),)),
        ({}, {"max_message_length": 65_535}, (("code points", 8_196), ("bytes", 62_535))),
        ({}, {"max_content_length": "many", "max_message_length": True}, (("code points", 8_196),)),
        ({"limitation": None}, {}, (("code points", 8_196),)),
    ],
)
def test_a_relay_says_how_long_a_note_may_be(
    nostr_relay: FarEnd,
    nostr_server: NostrRelay,
    http: httpx.Client,
    document: dict[str, Any],
    limitation: dict[str, Any],
    units: object,
) -> None:
    nostr_server.document, nostr_server.limitation = document, limitation
    ask = nostr.abilities(nostr_relay.account).ask_limits
    assert ask
    told = ask(http, nostr_relay.account)
    assert isinstance(told, Told)
    assert (told.limits.text, told.limits.threads, told.server) == (units, True, "fake 1.2")


def test_room_is_kept_for_a_pictures_address(nostr_relay: FarEnd) -> None:
    assert nostr.limits(showing(nostr_relay.account)).text == (("code points", 7_896),)


def test_a_relay_that_says_nothing_of_itself_tells_no_limits(nostr_relay: FarEnd, http: httpx.Client) -> None:
    ask = nostr.abilities(nostr_relay.account).ask_limits
    assert ask
    assert isinstance(ask(http, nostr_relay.elsewhere()), CannotTell)


@pytest.mark.parametrize(
    ("options", "key", "word"),
    [
        ({"relays": ""}, KEY, "`relays` must be addresses"),
        ({"relays": "relay.example"}, KEY, "not “relay.example”"),
        ({"relays": "wss://u:p@relay.example"}, KEY, "`relays` must be addresses"),
        ({"relays": "wss://relay.example:port"}, KEY, "`relays` must be addresses"),
        ({"relays": f"wss://relay.example/{'x' * 200}"}, KEY, "`relays` must be addresses"),
        ({"relays": "wss://relay.example, ws://other.example"}, KEY, "must begin with wss://"),
        ({"relays": " ".join(f"wss://r{number}.example" for number in range(21))}, KEY, "20 addresses at most"),
        ({"accepted": "2"}, KEY, "`accepted` must be a number from 1 to that of the relays (1), not “2”."),
        ({"accepted": "all"}, KEY, "not “all”"),
        ({}, "nsec1nothing", "neither nsec1… nor 64 hexadecimal digits"),
    ],
)
def test_what_is_wrong_with_the_settings_is_said(
    nostr_relay: FarEnd, http: httpx.Client, options: dict[str, str], key: str, word: str
) -> None:
    fine = nostr_relay.account
    wrong = replace(fine, options={**fine.options, **options}, secrets={"key": Secret(key)})
    request = prepared(fine)
    delete = nostr.abilities(wrong).delete
    assert delete
    told = [
        nostr.prepare(http, wrong, DRAFT, KEYS),
        nostr.publish(http, wrong, request),
        delete(http, wrong, Sent("a" * 64), request),
    ]
    assert [type(one) for one in told] == [AuthLost] * 3
    assert all(word in repr(one) for one in told)


def test_relays_are_taken_as_people_write_them() -> None:
    written = "wss://a.example/, https://b.example\n wss://a.example/;wss://c.example/nostr"
    account = Account("nostr", "nostr", {"relays": written, "accepted": "3"}, {"key": Secret(KEY)})
    assert note(account)["kind"] == 1
