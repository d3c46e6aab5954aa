"""Passwords as they are kept: Argon2id (RFC 9106), at the library's costs; two at a time, for each takes 64 MB."""

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_AT_ONCE = BoundedSemaphore(2)
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$cmVsYXktbm9ib2R5LTAwMQ$aQ0vXJ3pV0Jd3g0m8bYg1mJ1gU4xw0eJp9r1s2t3u4U"
"""What an unknown member's password is compared with, so that it takes as long; no text is known to match it."""


def kept(password: str) -> str:
    """What is stored of a password, with its salt and costs (PHC string)."""
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether it is the one; empty ``stored``, for nobody's, takes as long and never is."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  # as below

    with _AT_ONCE:
        try:
            _hasher().verify(stored or _NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(stored)


def is_outdated(stored: str) -> bool:
    """Whether it was made with lesser costs than today's."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> "PasswordHasher":
    """Loaded by the first who signs in by a password."""
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher()
