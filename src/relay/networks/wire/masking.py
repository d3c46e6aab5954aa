"""What is said of a network whose address is itself a secret: everything but the secret."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from relay.core.account import Account
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Unsure

COVER = "••••••••"
"""What stands in the place of a secret."""

_SHORTEST = 12
"""Characters: shorter parts of an address ("webhooks") are no secrets, and stand in ordinary words."""

T = TypeVar("T")


def masked(told: T, account: Account) -> T:
    """An outcome or finding without the account's secrets, nor any part of one that is an address."""
    if not isinstance(told, Retry | Refused | AuthLost | Unsure | CannotTell):
        return told
    why = told.why
    for secret in sorted(_secrets(account), key=len, reverse=True):
        why = why.replace(secret, COVER)
    return replace(told, why=why)


def is_private(url: str) -> bool:
    """Whether an address that is a secret is read by nobody on the way: TLS, or this very machine."""
    return re.match(r"https://[^/\s]|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?(?:[/?#]|$)", url) is not None


def _secrets(account: Account) -> Iterator[str]:
    for secret in account.secrets.values():
        yield from filter(None, [secret.value])
        _, found, rest = secret.value.partition("://")
        path = rest.partition("/")[2] if found else secret.value
        yield from (part for part in (path, *re.split(r"[/:?&=]", path)) if len(part) >= _SHORTEST)
