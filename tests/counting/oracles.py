"""What others count: twitter-text-parser for X, grapheme for grapheme clusters, and plain definitions for the rest."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import regex

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it reads its list of emoji by pkg_resources, which says that it is old
    import grapheme
    import twitter_text
    from grapheme.grapheme_property_group import get_group
    from twitter_text.regexp.emoji import emoji_dict
    from twitter_text.regexp.valid_ascii_domain import valid_ascii_domain
    from twitter_text.regexp.valid_cctld import valid_cctld
    from twitter_text.regexp.valid_gtld import valid_gtld

_PARTS = "🏻🏼🏽🏾🏿🇦🇧🇨🇩🇪🇫🇬🇭🇮🇯🇰🇱🇲🇳🇴🇵🇶🇷🇸🇹🇺🇻🇼🇽🇾🇿"
EMOJI: frozenset[str] = frozenset(emoji_dict) | frozenset(_PARTS)
"""Every emoji of Unicode's own list, emoji-test.txt, in version 12.0, and the two kinds of parts that are emoji alone."""
DOMAINS: frozenset[str] = frozenset(regex.findall(r"[\w-]+", f"{valid_gtld.pattern}|{valid_cctld.pattern}"))
_LONGEST = max(map(len, EMOJI))
_HALF = regex.compile(r"\p{Cs}")


def x(text: str) -> int:
    """X's weight by twitter-text-parser; half a surrogate pair, which it cannot encode, is given as U+FFFD."""
    return int(twitter_text.parse_tweet(_HALF.sub("\ufffd", text)).weightedLength)


def graphemes(text: str) -> int:
    """Extended grapheme clusters by the library ``grapheme``."""
    return int(grapheme.length(text))


def cluster_class(sign: str) -> str:
    """The class in which the oracle has a sign, as Unicode's GraphemeBreakProperty.txt names it."""
    return str(get_group(sign).value)


def code_points(text: str) -> int:
    """One for every code point."""
    return sum(1 for _ in text)


def utf8(text: str) -> int:
    """1 byte up to U+007F, 2 up to U+07FF, 3 up to U+FFFF, else 4 (RFC 3629 §3)."""
    return sum(1 + (ord(sign) > 0x7F) + (ord(sign) > 0x7FF) + (ord(sign) > 0xFFFF) for sign in text)


def utf16(text: str) -> int:
    """1 unit up to U+FFFF, else 2 (RFC 2781 §2.1)."""
    return sum(1 + (ord(sign) > 0xFFFF) for sign in text)


def threads(text: str) -> int:
    """An emoji of Unicode's list as its bytes, the longest that begins at a place; anything else as 1."""
    total = place = 0
    while place < len(text):
        ends = range(min(place + _LONGEST, len(text)), place, -1)
        end = next((end for end in ends if text[place:end] in EMOJI), None)
        total += utf8(text[place:end]) if end else 1
        place = end or place + 1
    return total


@contextmanager
def names_as_x() -> Iterator[None]:
    """twitter-text-parser asks IDNA 2003 of Python about a domain; here it asks what X's own code asks (idna.js)."""
    with patch.object(sys.modules["twitter_text.extract_urls"], "idna_to_ascii", _is_name):
        yield


def _is_name(domain: str) -> str | None:
    if domain.startswith("xn--") and not valid_ascii_domain.search(domain):
        return None
    labels = (label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in domain.split("."))
    return domain if all(1 <= len(label) <= 63 for label in labels) else None
