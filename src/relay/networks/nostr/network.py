"""Nostr (https://github.com/nostr-protocol/nips): a signed note, handed to every relay of the account.

The note's name is the digest of all that it says, so that it is the same note wherever and however often it is
handed over: a repeat never does harm. There is no editing; deleting is a request that relays should follow (NIP-09).
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from dataclasses import asdict
from datetime import datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Removal, Retry, Sent
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from relay.networks.nostr.bech32 import AUTHOR, HINT, SPECIAL, encoded, fields
from relay.networks.nostr.event import Event, event
from relay.networks.nostr.judging import each, of_handing, of_looking, of_taking_back
from relay.networks.nostr.limits import ask_limits, usual
from relay.networks.nostr.settings import accepted, key, relays
from relay.networks.nostr.signing import public_key
from relay.networks.nostr.talking import hand_over, look, take_back
from relay.networks.nostr.websocket import hint
from relay.networks.nostr.writing import note, thread
from relay.networks.writing import tid

SETTINGS = Settings(
    required={"relays": "where it is posted: wss:// addresses, with spaces between them"},
    optional={
        "accepted": "how many relays must have a post before it counts as sent (1)",
        "attach": "card (the default): the text alone; picture: the post's own, by its address",
    },
    secret={"key": "the account's secret key: nsec1…, or its 64 hexadecimal digits"},
)

_NOTE, _DELETION = 1, 5
_ANOTHER = "The account's key is another one than when this was approved: approve it again."


def limits(account: Account) -> Limits:
    """What holds where no relay says anything of itself."""
    return usual(account)


def directory_name(account: Account) -> str:
    """Handles are public keys ("npub1…"), which all relays know alike."""
    return "nostr"


def abilities(account: Account) -> Abilities:
    """Everything but editing: a note that says something else is another note."""
    return Abilities(delete=_delete, threads=True, warns=True, ask_limits=ask_limits)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The signed note; nothing is asked."""
    secret, known = key(account), _known(account)
    if isinstance(secret, AuthLost):
        return secret
    if isinstance(known, AuthLost):
        return known
    author = (public_key(secret) or b"").hex()
    content, tags = note(account, draft, picture)
    tags = [*thread(after, author, hint(known[0][0])), *tags]
    chance = keys.nonce.to_bytes(8, "big")
    moment = int(keys.created_at.timestamp()) + len(after)  # programs sort by it, and know no fractions of a second
    signed = event(secret, moment, _NOTE, tags, content, chance)
    return Request(tid.mint(keys), json.dumps(asdict(signed), ensure_ascii=False, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Hand it to all relays at once."""
    secret, known = key(account), _known(account)
    if isinstance(secret, AuthLost):
        return secret
    if isinstance(known, AuthLost):
        return known
    signed, (addresses, wanted) = Event(**json.loads(request.body)), known
    if signed.pubkey != (public_key(secret) or b"").hex():
        return Refused(_ANOTHER)
    handed = each(addresses, lambda address: hand_over(http, address, signed))
    return of_handing(handed, _sent(signed, addresses), wanted)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Ask each relay for it by its name, whatever its date."""
    known = _known(account)
    if isinstance(known, AuthLost):
        return CannotTell(known.why)
    signed, (addresses, wanted) = Event(**json.loads(request.body)), known
    found = each(addresses, lambda address: look(http, address, signed))
    return of_looking(found, _sent(signed, addresses), wanted)


def _delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """A request to delete, made of the note alone where its relay takes that: a repeat is the same request."""
    secret, known = key(account), _known(account)
    if isinstance(secret, AuthLost):
        return secret
    if isinstance(known, AuthLost):
        return known
    signed = Event(**json.loads(request.body))
    if signed.pubkey != (public_key(secret) or b"").hex():
        return Refused("The account's key is another one than that which signed this: only that one can delete it.")
    tags = [["e", signed.id], ["k", str(_NOTE)]]

    def wish(moment: int) -> Event:
        return event(secret, moment, _DELETION, tags, "")

    return of_taking_back(each(known[0], lambda address: take_back(http, address, signed, wish)))


def _known(account: Account) -> tuple[tuple[str, ...], int] | AuthLost:
    """The relays, and how many of them are enough."""
    addresses = relays(account)
    if isinstance(addresses, AuthLost):
        return addresses
    wanted = accepted(account, addresses)
    return wanted if isinstance(wanted, AuthLost) else (addresses, wanted)


def _sent(signed: Event, addresses: tuple[str, ...]) -> Sent:
    """Under its name; the page is one of many on the web that show any note, given where to look for it (NIP-19)."""
    parts = (
        (SPECIAL, bytes.fromhex(signed.id)),
        (HINT, hint(addresses[0]).encode()),
        (AUTHOR, bytes.fromhex(signed.pubkey)),
    )
    return Sent(signed.id, f"https://njump.me/{encoded('nevent', fields(*parts))}")
