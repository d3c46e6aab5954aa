"""What is said of a network whose address is itself a secret: everything but the secret."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import TypeVar
from urllib.parse import quote, quote_plus

from relay.core.account import Account
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Unsure

COVER = "••••••••"
"""What stands in the place of a secret."""

_SHORTEST = 12
"""Characters: shorter parts of an address ("webhooks") are no secrets, and stand in ordinary words."""
_LEAST = 8
"""Characters of a secret's beginning that are as much as the secret: a network's words are cut, maybe within one."""

_ENCODINGS: tuple[Callable[[str], str], ...] = (quote, quote_plus, partial(quote, safe=""))
"""Of an address and of a form."""
_URLSAFE = str.maketrans("+/", "-_")

T = TypeVar("T")


def masked(told: T, account: Account) -> T:
    """An outcome or finding without the account's secrets, nor any part of one that is an address."""
    if not isinstance(told, Retry | Refused | AuthLost | Unsure | CannotTell):
        return told
    why = told.why
    for secret in sorted(_secrets(account), key=len, reverse=True):
        why = why.replace(secret, COVER)
    why = _whole(why, list(_begun(account)))
    for own in account.secrets.values():
        for found in _wrapped(own.value):
            why = re.sub(rf"[\w+/-]*{re.escape(found[:_SHORTEST])}[\w+/=-]*", COVER, why)
    return replace(told, why=why)


def is_private(url: str) -> bool:
    """Whether an address that is a secret is read by nobody on the way: TLS, or this very machine."""
    return re.match(r"https://[^/\s]|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?(?:[/?#]|$)", url) is not None


def _secrets(account: Account) -> Iterator[str]:
    for secret in account.secrets.values():
        yield from filter(None, _spellings(secret.value))
        yield from (part for part in (_path(secret.value), *_parts(secret.value)) if len(part) >= _SHORTEST)


def _begun(account: Account) -> Iterator[str]:
    """What is known by its beginning. An address begins as many do, and its parts do not."""
    for secret in account.secrets.values():
        if "://" not in secret.value:
            yield from (spelt for spelt in _spellings(secret.value) if len(spelt) >= _LEAST)
        yield from (part for part in _parts(secret.value) if len(part) >= _SHORTEST)


def _whole(why: str, secrets: Sequence[str]) -> str:
    """Without what is left of a secret in which words were cut off."""
    for secret in secrets:
        at = 0
        while (start := why.find(secret[:_LEAST], at)) >= 0:
            end = start + max(_alike(why[start:], one) for one in secrets)
            why, at = f"{why[:start]}{COVER}{why[end:]}", start + len(COVER)
    return why


def _alike(one: str, other: str) -> int:
    """How many characters they begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _spellings(secret: str) -> set[str]:
    return {secret, *(spelt(secret) for spelt in _ENCODINGS)}


def _path(secret: str) -> str:
    """What is not for everybody of one that is an address; all of any other."""
    _, found, rest = secret.partition("://")
    return rest.partition("/")[2] if found else secret


def _parts(secret: str) -> list[str]:
    return re.split(r"[/:?&=]", _path(secret))


def _wrapped(secret: str) -> Iterator[str]:
    """What stands of it in the base64 of something longer, such as ``user:password`` (RFC 7617), wherever it begins."""
    for start in range(3):
        plain = b" " * start + secret.encode()
        whole = plain[: len(plain) - len(plain) % 3]
        found = base64.b64encode(whole).decode()[4 if start else 0 :]
        if len(found) >= _SHORTEST:
            yield from {found, found.translate(_URLSAFE)}
