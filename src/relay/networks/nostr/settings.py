"""What an account of Nostr's has in the configuration, or what is wrong with it, in a sentence for whoever wrote it."""

import re
from urllib.parse import urlsplit

from relay.core.account import Account
from relay.core.outcome import AuthLost
from relay.networks.nostr.signing import secret_key
from relay.networks.wire.masking import is_private

MOST = 20
"""Relays: every post goes to each of them at once."""
_LONGEST = 200
"""Signs of an address: a note's name holds no more than 255 bytes of it (NIP-19)."""
_BETWEEN = re.compile(r"[\s,;]+")


def relays(account: Account) -> tuple[str, ...] | AuthLost:
    """The relays as HTTP addresses: a WebSocket begins as a request of HTTP (RFC 6455, 4.1)."""
    written = [one for one in _BETWEEN.split(account.options["relays"]) if one]
    found = tuple(dict.fromkeys(re.sub(r"^ws(s?)://", r"http\1://", one) for one in written))
    wrong = next((one for one in found if not _is_address(one)), None)
    if wrong is not None or not found:
        return AuthLost(f"`relays` must be addresses such as wss://relay.example, spaces between, not “{wrong or ''}”.")
    if not all(map(is_private, found)):
        return AuthLost("A relay's address must begin with wss://, unless it is this very machine's.")
    return found if len(found) <= MOST else AuthLost(f"`relays` must be {MOST} addresses at most.")


def accepted(account: Account, among: tuple[str, ...]) -> int | AuthLost:
    """How many relays must have a post before it counts as sent."""
    written = account.options.get("accepted", "1").strip()
    if re.fullmatch(r"[0-9]{1,3}", written, re.ASCII) and 1 <= int(written) <= len(among):
        return int(written)
    return AuthLost(f"`accepted` must be a number from 1 to that of the relays ({len(among)}), not “{written}”.")


def key(account: Account) -> bytes | AuthLost:
    """The secret key."""
    found = secret_key(account.secrets["key"].value)
    return found or AuthLost("The key is neither nsec1… nor 64 hexadecimal digits: copy it again.")


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        return has_host and "@" not in written and len(written) <= _LONGEST
    except ValueError:
        return False
