"""Timestamp identifiers: the record keys of the AT Protocol (https://atproto.com/specs/tid)."""

from datetime import UTC, datetime, timedelta

from relay.core.crosspost import Keys

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13


def mint(keys: Keys) -> str:
    """The same keys give the same 13 characters: 53 bits of microseconds since 1970, then 10 bits of chance.

    Posts that are approved together share their moment, so the microseconds inside the millisecond are
    chance too: two of them meet once in a million instead of once in a thousand.
    """
    milliseconds = (keys.created_at - _EPOCH) // timedelta(milliseconds=1)
    microseconds = milliseconds * 1000 + (keys.nonce >> 10) % 1000
    return _base32(microseconds << 10 | keys.nonce & 0x3FF)


def _base32(number: int) -> str:
    """Sortable base 32: the digits stand in the order of ASCII."""
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
