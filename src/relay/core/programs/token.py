"""Tokens of programs: how one looks, what it opens, and until when. Only its digest is ever stored."""

import hashlib
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from relay.core.people import Editor, Role

PREFIX = "relay_"
RANDOM = 32
"""Bytes of chance in a token."""
_TOKEN = re.compile(r"relay_([A-Za-z0-9_-]{43})([0-9a-f]{8})")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Scope(StrEnum):
    """What a token may open. None of them approves, refuses, holds or recalls anything."""

    READ = "read"
    EDIT = "edit"
    RESUBMIT = "resubmit"
    SOURCES = "sources"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Program:
    """Whoever comes with a token. ``accounts`` are those it is for, all where none is named; ``by`` made it."""

    id: int
    name: str
    scopes: frozenset[Scope]
    accounts: tuple[str, ...]
    by: str
    created_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    used_at: datetime | None = None

    @property
    def editor(self) -> Editor:
        """The program as the steps know whoever acts: ``token NAME``, with the role that never approves."""
        return Editor(f"token {self.name}", Role.TOKEN, accounts=self.accounts)

    def is_good(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.standing(now) == "good"

    def standing(self, now: datetime) -> str:
        """``good``, ``expired``, or ``ended`` by somebody."""
        if self.ended_at is not None:
            return "ended"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "good"


def minted(chance: bytes) -> str:
    """The token made of so many random bytes: a prefix that scanners for secrets find, and a check of its letters."""
    body = urlsafe_b64encode(chance).decode().rstrip("=")
    return f"{PREFIX}{body}{_check(body)}"


def is_written_right(text: str) -> bool:
    """Whether a text can be a token: one with a letter wrong is known before any row is looked at."""
    found = _TOKEN.fullmatch(text)
    return found is not None and found[2] == _check(found[1])


def digest(token: str) -> str:
    """Under which it is stored: SHA-256, for a token has too much chance in it to be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_name(text: str) -> bool:
    """Whether it can name a program, as other things are named in the configuration."""
    return _NAME.fullmatch(text) is not None


def scopes(words: Iterable[str]) -> frozenset[Scope] | str:
    """The scopes of these names, or the first name that is none of them."""
    named = [word.strip() for word in words if word.strip()]
    wrong = next((word for word in named if word not in set(Scope)), None)
    return wrong if wrong is not None else frozenset(map(Scope, named))


def _check(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
