"""How long a note may be: what relays say of themselves (NIP-11), and what holds where they say nothing."""

from typing import Any

import httpx

from relay.core.account import Account, Limits, Unit
from relay.core.outcome import AuthLost, CannotTell
from relay.networks.abilities import Told
from relay.networks.nostr.judging import each
from relay.networks.nostr.settings import relays
from relay.networks.showing import wants_picture
from relay.networks.wire.answers import Answer, ask, content, why

LONGEST = 8_196
"""Signs: the example of NIP-11, and more than most write."""
_ADDRESS = 300
"""Signs kept free for a picture's address, which stands in the text."""
_AROUND = 3_000
"""Bytes of a message that are not its content: keys, signature, tags."""
_LEAST = 140
"""A relay that takes less takes no notes, or does not mean it."""


def usual(account: Account) -> Limits:
    """Where no relay has said anything."""
    return _limits(account, (("code points", LONGEST),))


def ask_limits(http: httpx.Client, account: Account) -> Told | CannotTell:
    """The narrowest bounds of all relays of the account that say any; ``server`` is the first one's program."""
    addresses = relays(account)
    if isinstance(addresses, AuthLost):
        return CannotTell(addresses.why)
    answers = each(addresses, lambda address: _document(http, address))
    known = [found for found in map(content, answers) if isinstance(found, dict)]
    if not known:
        return CannotTell(why(answers[0]))
    signs, size = _least(known, "max_content_length"), _least(known, "max_message_length")
    units: tuple[tuple[Unit, int], ...] = (("code points", signs or LONGEST),)
    units += (("bytes", max(size - _AROUND, _LEAST)),) if size else ()
    return Told(_limits(account, units), _program(known[0]))


def _document(http: httpx.Client, address: str) -> Answer:
    return ask(http, "GET", address, headers={"Accept": "application/nostr+json"})


def _limits(account: Account, units: tuple[tuple[Unit, int], ...]) -> Limits:
    kept = _ADDRESS if wants_picture(account) else 0
    return Limits(text=tuple((unit, max(most - kept, _LEAST)) for unit, most in units), threads=True)


def _least(documents: list[dict[str, Any]], name: str) -> int | None:
    found = [said.get(name) for said in (one.get("limitation") for one in documents) if isinstance(said, dict)]
    return min((one for one in found if type(one) is int and one >= _LEAST), default=None)


def _program(document: dict[str, Any]) -> str:
    """The program by its short name ("strfry 1.0.4"): ``software`` is the address of its source."""
    name, version = (str(document.get(key) or "") for key in ("software", "version"))
    short = name.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return " ".join(f"{short} {version}".split())[:100]
