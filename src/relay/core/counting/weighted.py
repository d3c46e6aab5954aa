"""X's count (twitter-text 3): by weight, every address as 23, every emoji as 2.

Most of what French has weighs 1; the ellipsis, the euro sign, bullets, arrows and the narrow no-break space weigh 2.
"""

import unicodedata

import regex

from relay.core.counting.addresses import addresses
from relay.core.counting.emoji import emoji

_ADDRESS = 23
_LIGHT = regex.compile(r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_NEVER = frozenset("\ufffe\ufeff\uffff")


def weighted(text: str) -> int:
    """What X counts of ``text``, whose most is 280."""
    text = unicodedata.normalize("NFC", text)
    total = place = 0
    for found in addresses(text):
        total += _weight(text[place : found.start]) + _ADDRESS
        place = found.end
    return total + _weight(text[place:])


def is_sendable(text: str) -> bool:
    """Whether X takes its characters: no mark of another byte order, nothing that is no character."""
    return not _NEVER.intersection(text)


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    plain, pictures = emoji().subn("", text)
    return 2 * pictures + 2 * len(plain) - len(_LIGHT.findall(plain))
