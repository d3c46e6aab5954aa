"""E-mail: one post is one mail, or several are one digest, to one address: a mailing list, a newsroom, a reader.

A server has no key that would make a repeat harmless, and cannot be asked what became of a mail. So what breaks
behind the last dot stays a doubt until an editor has looked.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.core.slot import slot
from relay.networks.abilities import Abilities, Digest, Gathered
from relay.networks.email.digest import digest, shown
from relay.networks.email.letter import ascii_address, is_way_out, letter, name_of
from relay.networks.email.settings import server_of
from relay.networks.email.smtp import Letter, hand_over
from relay.networks.network import Settings
from relay.networks.wire.masking import masked

SETTINGS = Settings(
    required={
        "server": "where mail is handed in: smtp.example.org, or smtp.example.org:2525",
        "from": "the address that it is sent from",
        "to": "the one address that it goes to, such as a mailing list's",
    },
    optional={
        "name": "the name of the sender",
        "security": "starttls (the default, port 587), tls (port 465) or none (port 25)",
        "user": "who signs in, where the server wants that",
        "digest": "when its posts leave together, as one mail: 17:00, mon 08:00; without it each is a mail of its own",
        "subject": "what digests are called, {n} being the number of posts; without it, how many they are and whose",
        "unsubscribe": "the https address where a reader's program can leave the list by one click (RFC 8058)",
        "attach": "card (the default): title and lead of the link below the text; picture: the post's own, in the mail",
    },
    optional_secret={"password": "the password of `user`"},
    shows=shown,
    mentions=False,
)

LONGEST = 10_000
"""Bytes: the text goes twice, as text and as HTML, and lists take 40 kB unless told otherwise (Mailman's default)."""


def limits(account: Account) -> Limits:
    """What a mailing list takes as it comes out of the box."""
    return Limits(text=(("bytes", LONGEST),))


def directory_name(account: Account) -> str:
    """A mail mentions nobody; a body stands under its name."""
    return "email"


def abilities(account: Account) -> Abilities:
    """A mail that has left cannot be taken back, nor changed where it has arrived; several can leave as one."""
    moment = slot(account.options.get("digest", ""))
    return Abilities(digest=Digest(moment, gather) if moment else None)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The mail, byte for byte, and its envelope; nothing is asked."""
    envelope = _envelope(account)
    if isinstance(envelope, AuthLost):
        return envelope
    seen = picture if account.options.get("attach") == "picture" else None
    return _request(envelope, letter(account, draft, keys, seen), keys)


def gather(account: Account, drafts: tuple[Draft, ...], keys: Keys) -> Gathered | AuthLost:
    """The same for as many posts as one mail has room for."""
    envelope = _envelope(account)
    if isinstance(envelope, AuthLost):
        return envelope
    mime, count = digest(account, drafts, keys)
    return Gathered(_request(envelope, mime, keys), count)


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Hand it over, once."""
    server = server_of(account)
    if isinstance(server, AuthLost):
        return server
    mail = json.loads(request.body)
    return masked(hand_over(server, Letter(request.key, mail["from"], mail["to"], mail["mime"])), account)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """What a server has taken it sends on, and tells nobody."""
    told = f"A mail cannot be looked up: look among what “{account.options['to']}” has received."
    return CannotTell(told if request.body else f"{told} What you say of it holds for every post of this digest.")


def _envelope(account: Account) -> tuple[str, str] | AuthLost:
    """From whom and to whom, or what is wrong with the settings."""
    server = server_of(account)
    if isinstance(server, AuthLost):
        return server
    sender, recipient = ascii_address(account.options["from"]), ascii_address(account.options["to"])
    if sender is None or recipient is None:
        return AuthLost("`from` and `to` must each be one plain address, such as newsroom@example.org.")
    if not is_way_out(account.options.get("unsubscribe", "https://-")):
        return AuthLost("`unsubscribe` must be an https:// address, of plain letters and signs.")
    return sender, recipient


def _request(envelope: tuple[str, str], mime: str, keys: Keys) -> Request:
    sender, recipient = envelope
    mail = {"from": sender, "to": recipient, "mime": mime}
    return Request(name_of(keys, sender), json.dumps(mail, sort_keys=True))
