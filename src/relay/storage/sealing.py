"""Secrets at rest: sealed under a key that is not in the database (AES-256-GCM, NIST SP 800-38D).

The account's id and the key's id are sealed in as associated data: a row moved to another account does not open.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SHORTEST = 32
"""Characters of a key: what ``openssl rand -base64 32`` writes has 44."""
_NONCE = 12
"""Bytes, from the system's own chance: there are far fewer than 2³² seals to a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """``id`` names it and says nothing of it; ``seal``, ``mark`` and ``sign`` are of 32 bytes, each for one use."""

    id: str
    seal: bytes = field(repr=False)
    mark: bytes = field(repr=False)
    sign: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The first key seals; all of them open. There is at least one."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The one that seals."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What stands in a row."""

    key_id: str
    bytes_: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unopened:
    """It cannot be opened; ``why`` in a sentence that says what to do."""

    why: str


def new_key() -> str:
    """A key as it is written: 32 bytes of chance, in base64."""
    return base64.b64encode(os.urandom(32)).decode()


def keyring(text: str) -> Keyring | Unopened:
    """The keys in a text, one a line or a word: the first seals, the others only open."""
    words = text.split()
    if not words:
        return Unopened("The key for the accounts' secrets is not there: see `key` in [service], and `relay check`.")
    if min(map(len, words)) < SHORTEST:
        return Unopened(
            f"The key for the accounts' secrets has fewer than {SHORTEST} characters: make one by "
            "`openssl rand -base64 32`."
        )
    return Keyring(tuple(map(_key, words)))


def seal(ring: Keyring, account: str, plain: bytes) -> Sealed:
    """Sealed for this account under the current key."""
    key, nonce = ring.current, os.urandom(_NONCE)
    return Sealed(key.id, nonce + _cipher(key).encrypt(nonce, plain, _bound(account, key.id)))


def unseal(ring: Keyring, account: str, sealed: Sealed) -> bytes | Unopened:
    """What was sealed for this account."""
    key = next((key for key in ring.keys if key.id == sealed.key_id), None)
    if key is None:
        return Unopened(
            f"Its secrets are sealed under the key {sealed.key_id}, which is not there: bring that key back, or "
            f"connect it anew by `relay account connect {account}`."
        )
    nonce, rest = sealed.bytes_[:_NONCE], sealed.bytes_[_NONCE:]
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # as below

    try:
        return _cipher(key).decrypt(nonce, rest, _bound(account, key.id))
    except (InvalidTag, ValueError):
        return Unopened(f"Its sealed secrets are damaged: connect it anew by `relay account connect {account}`.")


def mark(ring: Keyring, plain: bytes) -> str:
    """At most 64 characters by which the same bytes are known again; whoever has it learns nothing of them."""
    return _mark(ring.current, plain)


def is_other(ring: Keyring, marked: str, plain: bytes) -> bool:
    """Whether these are certainly other bytes than those that were ``marked``: under a key that is gone, none are."""
    key = next((key for key in ring.keys if marked.startswith(f"{key.id}:")), None)
    return key is not None and not hmac.compare_digest(_mark(key, plain), marked)


def sign(ring: Keyring, plain: bytes) -> tuple[str, str]:
    """The name of the current key, and the signature under it (HMAC-SHA256, RFC 2104) in hexadecimal."""
    return ring.current.id, _signature(ring.current, plain)


def is_signed(ring: Keyring, key_id: str, plain: bytes, signature: str) -> bool:
    """Whether one of the keys that there are has signed it."""
    key = next((key for key in ring.keys if key.id == key_id), None)
    return key is not None and hmac.compare_digest(_signature(key, plain).encode(), signature.encode(errors="replace"))


def _signature(key: Key, plain: bytes) -> str:
    return hmac.digest(key.sign, plain, "sha256").hex()


def _mark(key: Key, plain: bytes) -> str:
    return f"{key.id}:{hmac.digest(key.mark, plain, 'sha256').hex()[:40]}"


def _cipher(key: Key) -> "AESGCM":
    """Loaded where there are secrets: 7 MB."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM(key.seal)


def _bound(account: str, key_id: str) -> bytes:
    """No account's id has a NUL in it."""
    return f"relay grant\0{account}\0{key_id}".encode()


def _key(word: str) -> Key:
    """A key for each use, none of which tells another (BLAKE2b personalised, RFC 7693 §2.5 by hashlib)."""
    seal, mark, sign = (_drawn(word, use) for use in (b"relay seal", b"relay mark", b"relay sign"))
    return Key(_drawn(word, b"relay id").hex()[:16], seal, mark, sign)


def _drawn(word: str, use: bytes) -> bytes:
    return hashlib.blake2b(word.encode(), digest_size=32, person=use).digest()
