"""``[hashtags]``: which hashtags posts get beside those of their source, and how many."""

from collections.abc import Collection, Iterator
from typing import get_args

import regex

from relay.config.table import Fault, Table
from relay.config.values import choice, hashtag, text
from relay.core.subject.hashtags import Origin, Tagging, plain

_KEYS = ("from", "max", "max_on", "never", "words")
_ORIGINS: tuple[Origin, ...] = get_args(Origin)
_FIRST = Tagging()
_MOST = 30
_LONGEST = 64
"""What Bluesky marks; a longer one would be a hashtag on some networks only."""


def tagging(table: Table, networks: Collection[str]) -> Tagging:
    """The whole section; every key may be absent."""
    table.only(*_KEYS)
    origins: tuple[Origin, ...] = table.many("from", choice(*_ORIGINS), tuple(_FIRST.origins))
    limits = table.table("max_on")
    limits.only(*networks)
    found = ((network, limits.whole(network, None, 0, _MOST)) for network in networks)
    return Tagging(
        words=tuple(_words(table.table("words"))),
        origins=frozenset(origins),
        never=table.many("never", text),
        max=table.whole("max", _FIRST.max, 0, _MOST),
        max_on={network: most for network, most in found if most is not None},
    )


def _words(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each phrase with its hashtags; two phrases that are found in the same places are one too many."""
    taken: dict[str, str] = {}
    for phrase in table.values:
        form = plain(phrase)
        if not regex.search(r"\p{L}", form):
            table.report((phrase,), Fault("R101", {"value": phrase}), at_key=True)
        elif form in taken:
            table.report((phrase,), Fault("R102", {"value": phrase, "other": taken[form]}), at_key=True)
        else:
            taken[form] = phrase
            yield phrase, table.some(phrase, _tag)


def _tag(value: str) -> str | Fault:
    found = hashtag(value)
    if isinstance(found, Fault):
        return found
    if not regex.search(r"\p{L}", value):
        return Fault("R100", {"value": value})
    return found if len(value) <= _LONGEST else Fault("R103", {"value": value})
