"""What a server says of itself: which dialect of Mastodon's API it speaks, and how long its texts may be."""

import re
from dataclasses import dataclass
from typing import Any

import httpx

from relay.core.account import Account, Limits, Unit
from relay.core.outcome import CannotTell
from relay.networks.abilities import Told
from relay.networks.mastodon.api import call, status_of
from relay.networks.wire.answers import content, of_publishing, unread
from relay.networks.wire.masking import masked

LENGTH, LINK_COST = 500, 23
"""What Mastodon takes unless its people changed it, and what it counts for any link."""
LONGEST_ALT = 1_500
"""Characters of alternative text that every version of Mastodon takes (10,000 since 4.6, which says so)."""
SURE_ALT = 1_000
"""Characters that every dialect takes: Pixelfed's own limit, which it does not tell."""

_NAMED = re.compile(r"(?:compatible;|really)\s+([\w.-]+?)[ /]v?(\d[\w.+-]*)")
"""Others put the Mastodon they resemble first: "2.7.2 (compatible; Pleroma 2.9.0)", "4.0.0 (not true; really …)"."""
_SLASHED = re.compile(r"([a-z]+)/(\d[\w.+-]*)", re.IGNORECASE)
_GOTOSOCIAL = re.compile(r"gotosocial", re.IGNORECASE)
_GIT = re.compile(r"(\d[\w.]*)[+ ]git-")
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class _Count:
    """How a server counts a text; ``links`` says whether any link counts the same."""

    unit: Unit
    links: bool = False
    mentions: bool = False
    warning: bool = True


_COUNTS = {
    "mastodon": _Count("graphemes", links=True, mentions=True),
    "pleroma": _Count("graphemes"),
    "akkoma": _Count("graphemes"),
    "gotosocial": _Count("code points"),
    "pixelfed": _Count("code points", warning=False),
    "friendica": _Count("code points", warning=False),
}
_STRICTEST = _Count("code points")
"""For a server that nobody here knows: nothing counts for less than it is. GoToSocial tells a cost of links, too,
and counts them in full all the same."""


def usual(count: _Count = _COUNTS["mastodon"], length: int = LENGTH, link_cost: int = LINK_COST) -> Limits:
    """A server's limits by how it counts; without a word from it, those of Mastodon."""
    return Limits(
        text=((count.unit, length),),
        link_cost=link_cost if count.links else None,
        local_mentions=count.mentions,
        threads=True,
        counts_warning=count.warning,
    )


def ask_limits(http: httpx.Client, account: Account) -> Told | CannotTell:
    """How long a text may be on the account's own server, and what runs there ("GoToSocial 0.20.2")."""
    told = described(http, account)
    if isinstance(told, CannotTell):
        return masked(told, account)
    name, version = software(told)
    statuses = _under(told, "configuration", "statuses")
    length = _number(statuses.get("max_characters")) or _number(told.get("max_toot_chars")) or LENGTH
    link_cost = _number(statuses.get("characters_reserved_per_url")) or LINK_COST
    return Told(usual(_COUNTS.get(name.lower(), _STRICTEST), length, link_cost), f"{name} {version}".strip())


def longest_alt(http: httpx.Client, account: Account) -> int:
    """Characters of alternative text that the account's server takes; it is asked, and believed if it tells."""
    told = described(http, account)
    if isinstance(told, CannotTell):
        return SURE_ALT
    media = _under(told, "configuration", "media_attachments")
    asked = _number(media.get("description_limit")) or _number(told.get("description_limit"))
    return asked or (LONGEST_ALT if software(told)[0] == "Mastodon" else SURE_ALT)


def described(http: httpx.Client, account: Account) -> dict[str, Any] | CannotTell:
    """What the server says under ``/api/v2/instance``, or where it has no such thing, under the path before it."""
    answer = call(http, account, "GET", "v2/instance")
    if status_of(answer) is not None and not isinstance(content(answer), dict):
        answer = call(http, account, "GET", "v1/instance")
    match content(answer):
        case {"version": str()} as told:
            return dict(told)
        case None:
            return unread(of_publishing(answer))
        case _:
            return CannotTell("The server's answer is not one of Mastodon's.")


def software(told: dict[str, Any]) -> tuple[str, str]:
    """Its name and version. GoToSocial gives only its own version, and in newer ones where its source is."""
    version = told["version"][:200]
    if named := _NAMED.search(version) or _SLASHED.match(version):
        return named[1].capitalize() if named[1].islower() and named[1] != "snac" else named[1], named[2]
    if git := _GIT.match(version):
        return "GoToSocial", git[1]
    is_gotosocial = _GOTOSOCIAL.search(str(told.get("source_url", ""))) is not None
    return "GoToSocial" if is_gotosocial else "Mastodon", version


def _under(told: dict[str, Any], *names: str) -> dict[str, Any]:
    found: Any = told
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _number(told: object) -> int | None:
    match told:
        case bool():
            return None
        case int() if told > 0:
            return min(told, _MOST)
        case _:
            return None
