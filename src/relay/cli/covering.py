"""The second line of defence of a log: what looks like a credential, or is one of this service's, is covered.

The first is that nobody logs them. Covered is the whole text of a record, with the traceback that it ends in.
"""

import logging
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from urllib.parse import quote, quote_plus

from relay.cli.logging_json import Json
from relay.core.account import Secret

COVER = "••••••••"
SHORTEST = 6
"""Characters of a secret that is looked for: a shorter one is part of ordinary words."""

_HEADERS = "authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|x-auth-token"
_WORDS = (
    "access_token|refresh_token|id_token|client_secret|code_verifier|oauth_token|oauth_verifier|token|password|passwd|"
    "app_password|secret|api_key|apikey|assertion"
)
_AFTER_A_MARK = f"{_WORDS}|code|state|key|sig|signature|session|hub\\.secret"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"""(?i)\b((?:{_HEADERS})\b["']?\s*[:=,]\s*b?["']?)[^"'\r\n]+""",
        r"""\b((?:[Bb]earer|Basic|DPoP) +)[\w.~+/=-]{6,}""",
        rf"""(?i)([?&](?:{_AFTER_A_MARK})=)[^\s&"'#<>]+""",
        rf"""(?i)\b((?:{_WORDS})=)[^\s&"'#<>,;)}}•]+""",
        rf"""(?i)(["'](?:{_WORDS})["']\s*:\s*["'])[^"']+""",
        r"""(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@"'<>]+(?=@)""",
        r"""(/(?:c|websub)/)[\w-]{16,}""",
        r"""(/bot)\d+:[\w-]+""",
    )
)


class Covering(logging.Formatter):
    """Writes a record as ``inner`` does, and covers what it should not show."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.inner = inner
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The text of one record."""
        return covered(self.inner.format(record), self._secrets)


def cover(configuration: object = None) -> None:
    """From now on what goes to our own handlers is covered, and each secret of ``configuration`` with it."""
    known = spellings(secret.value for secret in secrets_of(configuration))
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            handler.setFormatter(_covering(handler.formatter or logging.Formatter(), known))


def _covering(now: logging.Formatter, secrets: tuple[str, ...]) -> logging.Formatter:
    if isinstance(now, Json):
        return Json(lambda text: covered(text, secrets))
    return Covering(now.inner if isinstance(now, Covering) else now, secrets)


def covered(text: str, secrets: Iterable[str] = ()) -> str:
    """``text`` without the ``secrets``, headers and parameters that give access, and passwords in addresses."""
    for secret in secrets:
        text = text.replace(secret, COVER)
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\g<1>{COVER}", text)
    return text


def spellings(values: Iterable[str]) -> tuple[str, ...]:
    """Each as it is, percent-encoded, in hexadecimal and in base64; the longest first."""
    found = {spelt for value in values if len(value) >= SHORTEST for spelt in _spelt(value)}
    return tuple(sorted(found, key=len, reverse=True))


def secrets_of(thing: object) -> Iterator[Secret]:
    """Every secret in a value made of dataclasses, tuples and mappings."""
    if isinstance(thing, Secret):
        yield thing
    elif isinstance(thing, Mapping):
        yield from (found for one in thing.values() for found in secrets_of(one))
    elif isinstance(thing, tuple | list | frozenset):
        yield from (found for one in thing for found in secrets_of(one))
    elif is_dataclass(thing):
        yield from (found for one in fields(thing) for found in secrets_of(getattr(thing, one.name)))


def _spelt(value: str) -> Iterator[str]:
    plain = value.encode()
    yield from (value, quote(value, safe=""), quote(value), quote_plus(value), plain.hex(), plain.hex().upper())
    yield from (kind(plain).decode().rstrip("=") for kind in (b64encode, urlsafe_b64encode))
