"""Nostr: what a note says beside its words, threads, taking back, and what relays tell of themselves."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Sent
from relay.networks.nostr import network as nostr
from relay.networks.nostr.bech32 import AUTHOR, HINT, SPECIAL, decoded, field
from tests.edges.far_end import FarEnd
from tests.edges.test_nostr_signing import NPROFILE, NPUB, NPUB_HEX
from tests.fakes.nostr import genuine

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture-numerique"
DRAFT = Draft(f"La « fracture numérique » #SMCL #Égalité {LINK}", "fr-FR", LINK, "La fracture", "Une étude.")
PICTURE = b"not really a picture"
DIGEST = sha256(PICTURE).hexdigest()
IMAGE = Image(f"https://blog.example/pictures/{DIGEST}.jpg", "image/jpeg", 1200, 675, "Un tram\nsur un pont")


def prepared(account: Account, draft: Draft = DRAFT, picture: bytes | None = None, *after: Sent) -> Request:
    with httpx.Client(trust_env=False) as http:
        request = nostr.prepare(http, account, draft, KEYS, picture, after)
    assert isinstance(request, Request), request
    return request


def note(account: Account, draft: Draft = DRAFT, picture: bytes | None = None, *after: Sent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(prepared(account, draft, picture, *after).body)
    return found


def sent(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    outcome = nostr.publish(http, end.account, request)
    assert isinstance(outcome, Sent), outcome
    return outcome


def showing(account: Account) -> Account:
    return replace(account, options={**account.options, "attach": "picture"})


@pytest.mark.shows("tags", "language")
def test_a_note_says_what_it_is_about_in_tags(nostr_relay: FarEnd) -> None:
    made = note(nostr_relay.account)
    assert (made["kind"], made["created_at"], made["content"]) == (1, 1_795_507_200, DRAFT.text)
    assert made["tags"] == [
        ["t", "smcl"],
        ["t", "égalité"],
        ["r", LINK],
        ["L", "ISO-639-1"],
        ["l", "fr", "ISO-639-1"],
    ]
    assert genuine(made)


def test_a_warning_is_a_tag(nostr_relay: FarEnd) -> None:
    assert ["content-warning", "Violence"] in note(nostr_relay.account, replace(DRAFT, warning="Violence"))["tags"]
    assert nostr.abilities(nostr_relay.account).warns


@pytest.mark.shows("picture")
def test_a_picture_stands_by_its_address_and_is_described(nostr_relay: FarEnd) -> None:
    made = note(showing(nostr_relay.account), replace(DRAFT, image=IMAGE), PICTURE)
    assert made["content"] == f"{DRAFT.text}\n\n{IMAGE.url}"
    alt = "alt Un tram\nsur un pont"
    assert made["tags"][-1] == ["imeta", f"url {IMAGE.url}", "m image/jpeg", "dim 1200x675", alt, f"x {DIGEST}"]


def test_a_digest_is_told_only_where_the_address_is_made_of_it(nostr_relay: FarEnd) -> None:
    image = replace(IMAGE, url="https://blog.example/p.jpg", alt="")
    made = note(showing(nostr_relay.account), replace(DRAFT, image=image), PICTURE)
    assert made["tags"][-1] == ["imeta", f"url {image.url}", "m image/jpeg", "dim 1200x675"]


@pytest.mark.parametrize(("attach", "picture"), [("picture", None), ("card", PICTURE)])
def test_without_its_picture_a_note_is_its_words(nostr_relay: FarEnd, attach: str, picture: bytes | None) -> None:
    account = replace(nostr_relay.account, options={**nostr_relay.account.options, "attach": attach})
    assert note(account, replace(DRAFT, image=IMAGE), picture)["content"] == DRAFT.text


@pytest.mark.parametrize("written", [NPUB, f"@{NPUB}", f"nostr:{NPUB}", f"({NPUB}),"])
@pytest.mark.shows("mention")
def test_who_is_named_is_called(nostr_relay: FarEnd, written: str) -> None:
    made = note(nostr_relay.account, Draft(f"Avec {written} !", "", ""))
    assert made["tags"] == [["p", NPUB_HEX]]
    assert made["content"] == f"Avec {written.replace('nostr:', '').replace('@', '').replace(NPUB, f'nostr:{NPUB}')} !"


def test_a_profile_is_called_by_its_key_and_once(nostr_relay: FarEnd) -> None:
    made = note(nostr_relay.account, Draft(f"@{NPROFILE} et {NPUB}", "", ""))
    assert (made["tags"], made["content"]) == ([["p", NPUB_HEX]], f"nostr:{NPROFILE} et nostr:{NPUB}")


@pytest.mark.parametrize("text", [f"https://njump.me/{NPUB}", f"{NPUB[:-1]}q", f"x{NPUB}", "npub1qqqqqq", "@cget"])
def test_what_is_nobodys_key_stays_as_it_is(nostr_relay: FarEnd, text: str) -> None:
    made = note(nostr_relay.account, Draft(text, "", ""))
    assert (made["content"], [tag for tag in made["tags"] if tag[0] == "p"]) == (text, [])


def test_signs_that_programs_write_differently_are_left_out(nostr_relay: FarEnd, http: httpx.Client) -> None:
    request = prepared(nostr_relay.account, Draft("a\x00b\x1b\ud800\r\n\tc\x7f", "", ""))
    sent(nostr_relay, http, request)
    assert nostr_relay.published() == ["ab?\n\tc"]


def test_the_page_leads_to_the_note_where_it_is(nostr_relay: FarEnd, http: httpx.Client) -> None:
    request = prepared(nostr_relay.account)
    outcome = sent(nostr_relay, http, request)
    made, (before, _, name) = json.loads(request.body), (outcome.url or "").rpartition("/")
    data = decoded("nevent", name) or b""
    assert (outcome.id, before) == (made["id"], "https://njump.me")
    assert [field(data, kind) for kind in (SPECIAL, HINT, AUTHOR)] == [
        bytes.fromhex(made["id"]),
        nostr_relay.wire.url.encode(),
        bytes.fromhex(made["pubkey"]),
    ]


@pytest.mark.shows("thread")
def test_a_thread_names_its_first_and_its_last(nostr_relay: FarEnd) -> None:
    account, first, second, third = nostr_relay.account, Sent("a" * 64), Sent("b" * 64), Sent("c" * 64)
    author, where = note(account)["pubkey"], nostr_relay.wire.url
    root = ["e", first.id, where, "root", author]
    assert nostr.abilities(account).threads
    assert nostr.limits(account).threads
    assert note(account, DRAFT, None, first)["tags"][:2] == [root, ["p", author]]
    assert note(account, DRAFT, None, first)["created_at"] == note(account)["created_at"] + 1
    reply = ["e", third.id, where, "reply", author]
    assert note(account, DRAFT, None, first, second, third)["tags"][:3] == [root, reply, ["p", author]]
