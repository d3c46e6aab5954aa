"""What is said of a network whose address is itself a secret: everything but the secret."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar
from urllib.parse import quote, quote_plus

from relay.core.account import Account
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Unsure

COVER = "••••••••"
"""What stands in the place of a secret."""

_SHORTEST = 12
"""Characters: shorter parts of an address ("webhooks") are no secrets, and stand in ordinary words."""

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
    for own in account.secrets.values():
        for found in _wrapped(own.value):
            why = re.sub(rf"[\w+/-]*{re.escape(found)}[\w+/=-]*", COVER, why)
    return replace(told, why=why)


def is_private(url: str) -> bool:
    """Whether an address that is a secret is read by nobody on the way: TLS, or this very machine."""
    return re.match(r"https://[^/\s]|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?(?:[/?#]|$)", url) is not None


def _secrets(account: Account) -> Iterator[str]:
    for secret in account.secrets.values():
        yield from filter(None, {secret.value, *(spelt(secret.value) for spelt in _ENCODINGS)})
        _, found, rest = secret.value.partition("://")
        path = rest.partition("/")[2] if found else secret.value
        yield from (part for part in (path, *re.split(r"[/:?&=]", path)) if len(part) >= _SHORTEST)


def _wrapped(secret: str) -> Iterator[str]:
    """What stands of it in the base64 of something longer, such as ``user:password`` (RFC 7617), wherever it begins."""
    for start in range(3):
        plain = b" " * start + secret.encode()
        whole = plain[: len(plain) - len(plain) % 3]
        found = base64.b64encode(whole).decode()[4 if start else 0 :]
        if len(found) >= _SHORTEST:
            yield from {found, found.translate(_URLSAFE)}
