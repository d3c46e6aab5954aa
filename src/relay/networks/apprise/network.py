"""Apprise (https://appriseit.com): one message to any of the services that its addresses stand for.

It says yes or no, and a no may be a lost answer: so relay sends once, and never again by itself.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

import json
from datetime import datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent
from relay.networks.abilities import Abilities, Told
from relay.networks.apprise.service import notify, service
from relay.networks.network import Settings
from relay.networks.showing import as_data
from relay.networks.writing import tid

SETTINGS = Settings(
    secret={"url": "the Apprise address of one service, such as ntfys://news.example/topic"},
    shows=as_data,
    mentions=False,
)

LONGEST = 10_000
"""Signs, until the service has been asked for its own bound."""


def limits(account: Account) -> Limits:
    """A bound for all; what the service itself takes is known when it is asked."""
    return Limits(text=(("code points", LONGEST),))


def directory_name(account: Account) -> str:
    """Nobody is mentioned; a body stands under its name."""
    return "apprise"


def abilities(account: Account) -> Abilities:
    """What is sent is out of reach."""
    return Abilities(ask_limits=_ask_limits)


def prepare(
    http: httpx.Client,
    account: Account,
    draft: Draft,
    keys: Keys,
    picture: bytes | None = None,
    after: tuple[Sent, ...] = (),
) -> Request | Retry | Refused | AuthLost:
    """The words, and the title where they do not have it already; nothing is asked."""
    there = service(account)
    if isinstance(there, AuthLost):
        return there
    if len(draft.text) > (most := _most(there.body_maxlen)):
        return Refused(f"{there.service_name} takes {most} characters at most: shorten the text.")
    title = "" if draft.title in draft.text else draft.title
    return Request(tid.mint(keys), json.dumps({"text": draft.text, "title": title}, sort_keys=True))


def publish(http: httpx.Client, account: Account, request: Request) -> Outcome:
    """Hand it over, once."""
    there = service(account)
    if isinstance(there, AuthLost):
        return there
    words = json.loads(request.body)
    return notify(there, words["title"], words["text"]) or Sent(request.key)


def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
    """Apprise only sends."""
    return CannotTell("Apprise cannot read what it has sent: look there whether it has arrived.")


def _ask_limits(http: httpx.Client, account: Account) -> Told | CannotTell:
    """What the service's part of Apprise has as its bound; nobody is asked."""
    there = service(account)
    if isinstance(there, AuthLost):
        return CannotTell(there.why)
    return Told(Limits(text=(("code points", _most(there.body_maxlen)),)), f"{there.service_name}, by Apprise")


def _most(theirs: int) -> int:
    return min(theirs, LONGEST) if theirs > 0 else LONGEST
