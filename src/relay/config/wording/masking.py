"""Which stretches of the file are secret. When in doubt, they are."""

import re
from collections.abc import Iterator, Mapping

from relay.config.toml.positions import KeyPath, Span, Spots

COVER = "•" * 14
"""What stands for a secret, however long it is."""

_STEMS = "token|passw|secret|credential|api_?key|private|mot_?de_?passe"
_SECRETIVE = re.compile(rf"{_STEMS}|(?:^|_)key$", re.IGNORECASE)
_NAMED_TABLES = frozenset(
    {"sources", "feeds", "handles", "accounts", "schedules", "approvals", "notify", "templates", "hooks", "sign_in"}
)
_ENV_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_COMMENT = re.compile(r"[ \t]*#([^\n]*)")
_USERINFO = re.compile(
    r"(?<=postgresql://)[^\s\"']+(?=@)|(?<=://)[^/\s\"']+(?=@)|(?<=password=)[^&\s\"']+", re.IGNORECASE
)
"""Up to the last "@", for a password may have one; in the address of a database it may have a slash too."""
_WHOLE_USERINFO = re.compile(r"(?<=postgresql://).+(?=@)|(?<=://)[^/]+(?=@)", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(r"(?<=[?&])([\w.-]+)=([^&#]+)")
_SIGNED = re.compile(r"auth|code|session|sig|signature", re.IGNORECASE)
"""Parameters of an address by which it opens what it leads to, beside those that have a secretive name."""
_KEY_LINE = re.compile(r"""^[ \t]*[\w."'-]+[ \t]*=""", re.MULTILINE)
_SECRET_IN_LINE = re.compile(
    rf"""(?:^|[{{,.])[ \t]*["']?\w*(?:{_STEMS}|_key)\w*["']?[ \t]*[=:]?[ \t]*(?P<rest>.+)""",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCE = re.compile(
    r"""\{[ \t]*(?:env[ \t]*=[ \t]*["'][A-Z_][A-Z0-9_]*|file[ \t]*=[ \t]*["'][^"'\s]*/[^"'\s]*)["'][ \t]*\}?"""
)


def is_secretive(key: str) -> bool:
    """Whether a key of this name holds a secret, whatever the network."""
    return _SECRETIVE.search(key) is not None


def is_reference(form: str, value: object) -> bool:
    """Whether ``{ env = value }`` or ``{ file = value }`` can only be a name: capitals, or a path with a slash.

    A token pasted there by mistake is neither, so it is never shown.
    """
    if not isinstance(value, str):
        return False
    return "/" in value if form == "file" else form == "env" and _ENV_NAME.fullmatch(value) is not None


def secrets_of(document: Mapping[str, object], text: str, spots: Spots, plain: frozenset[str]) -> tuple[Span, ...]:
    """The secret stretches of a document. ``plain`` are the keys of accounts that hold none."""
    spans: list[Span] = []
    for path, value in _leaves(document, ()):
        if path in spots and is_confidential(path, value, plain):
            spans += _inner(text, spots[path].value)
    return tuple(spans)


def secrets_near(text: str, focus: int) -> tuple[Span, ...]:
    """The secret stretches of the line at ``focus``, in a document that cannot be parsed.

    The line belongs to the last ``key =`` before it: a secret may have been written over several lines.
    """
    start = text.rfind("\n", 0, focus) + 1
    end = (text + "\n").index("\n", start)
    found = _SECRET_IN_LINE.search(text, start, end)
    if found:
        reference = _REFERENCE.match(text, found.start("rest"), end)
        return (Span(reference.end() if reference else found.start("rest"), end),)
    if _KEY_LINE.match(text, start):
        return ()
    opening = max((match.end() for match in _KEY_LINE.finditer(text, 0, start)), default=0)
    opened = text[text.rfind("\n", 0, opening) + 1 : opening]
    return (Span(start, end),) if is_secretive(opened) else ()


def address_secrets(text: str, line: Span) -> Iterator[Span]:
    """The ``user:password`` of the addresses on a line (RFC 3986 §3.2.1)."""
    return (Span(*match.span()) for match in _USERINFO.finditer(text, line.start, line.end))


def masked_addresses(text: str) -> str:
    """``text`` without the ``user:password`` of its addresses."""
    return _USERINFO.sub(COVER, text)


def masked_value(text: str) -> str:
    """A whole value, whatever signs are in it, without ``user:password`` and what opens an address: ``?token=…``."""
    return _PARAMETER.sub(_without_secret, masked_addresses(_WHOLE_USERINFO.sub(COVER, text)))


def _without_secret(parameter: re.Match[str]) -> str:
    name = parameter[1]
    return f"{name}={COVER}" if is_secretive(name) or _SIGNED.fullmatch(name) else parameter[0]


def _leaves(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    match value:
        case dict():
            for key, item in value.items():
                yield from _leaves(item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from _leaves(item, (*path, index))
        case _:
            yield path, value


def is_confidential(path: KeyPath, value: object, plain: frozenset[str]) -> bool:
    """Whether a value may be a secret, by its place; ``plain`` are the keys of accounts that hold none."""
    above = 2 if path[0] in _NAMED_TABLES else 1 if path[0] in {"service", "mail"} else 0
    keys = [part for part in path[above:] if isinstance(part, str)]
    if not keys:
        return False
    if len(keys) == 2 and is_reference(keys[1], value):
        return False
    in_account = path[0] == "accounts" and keys[0] not in plain
    return in_account or any(map(is_secretive, keys))


def _inner(text: str, value: Span) -> Iterator[Span]:
    """A value without its quotes, and the comment behind it, where an old secret may linger."""
    quotes = 3 if text.startswith(('"""', "'''"), value.start) else 1 if text[value.start] in "\"'" else 0
    yield Span(value.start + quotes, value.end - quotes)
    if comment := _COMMENT.match(text, value.end):
        yield Span(*comment.span(1))
