"""Requests, out of the table of routes: the right names with garbage in them, and garbage with the right names."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from relay.web.api.operations import OPERATIONS
from tests.fuzz import garbage
from tests.fuzz.house import NARROW, PRINCIPALS, PROGRAM, House
from tests.fuzz.sent import FORMS, HEADERS, MORE, SAID, TYPES, VALUES, WORDS
from tests.fuzz.table import table

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "GARBAGE")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request as bytes. ``route`` is that of the table; ``is_cut``: it ends before it says that it does."""

    route: tuple[str, str]
    principal: str
    method: str
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""
    is_cut: bool = False

    @property
    def written(self) -> bytes:
        """As it stands on the line."""
        head = b"".join(b"%s: %s\r\n" % pair for pair in self.headers)
        return b"%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n%s" % (self.method.encode(), self.target, head, self.body)


def attempts(house: House, seed: int, number: int) -> Iterator[Attempt]:
    """So many, the same for the same seed; every route has its turn, in the order of chance."""
    chance = Random(f"{seed} requests")  # noqa: S311  # no secret
    turns: list[tuple[str, str, frozenset[str]]] = []
    for _ in range(number):
        turns = turns or chance.sample(table(), len(table()))
        yield _attempt(house, chance, *turns.pop())


def _attempt(house: House, chance: Random, method: str, path: str, names: frozenset[str]) -> Attempt:
    likely = (PROGRAM, PROGRAM, NARROW) if path.startswith("/api/") else ("director", "admin", "editor")
    principal = chance.choice(likely if chance.random() < 0.6 else PRINCIPALS)
    sent = method if chance.random() < 0.93 else chance.choice(METHODS)
    headers = _headers(house, chance, principal)
    kind, body = _body(chance, path, names) if sent not in {"GET", "HEAD", "TRACE"} else ("", b"")
    if kind:
        headers.append(("Content-Type", kind))
    is_cut = bool(body) and chance.random() < 0.02
    headers.append(("Content-Length", str(len(body) + (9 if is_cut else 0))))
    raw = tuple((name.encode(), _line(text)) for name, text in headers)
    return Attempt((method, path), principal, sent, _target(house, chance, path, names), raw, body, is_cut)


def _line(text: str) -> bytes:
    """Of a header: no line ends in it, for what stood after would be another header."""
    return text.encode("utf-8", "replace").replace(b"\r", b" ").replace(b"\n", b" ")


def _headers(house: House, chance: Random, principal: str) -> list[tuple[str, str]]:
    found = [("Host", "localhost")] if chance.random() < 0.98 else [("Host", garbage.text(chance)[:300])]
    found.append(("Sec-Fetch-Site", "same-origin" if chance.random() < 0.97 else chance.choice(SAID)))
    if principal in house.shown:
        found.append(house.shown[principal])
    for _ in range(chance.choice((0, 0, 1, 1, 3))):
        said = chance.choice(SAID) if chance.random() < 0.7 else garbage.text(chance)
        found.append((chance.choice(HEADERS[1:]), said))
    return found


def _value(chance: Random, name: str, share: float) -> str:
    """A good value of this name where there is any, garbage for so large a share."""
    return garbage.text(chance) if name not in VALUES or chance.random() < share else chance.choice(VALUES[name])


def _target(house: House, chance: Random, path: str, names: frozenset[str]) -> bytes:
    share = chance.choice((0.0, 0.0, 0.5))

    def filled(found: re.Match[str]) -> str:
        name = found[1].partition(":")[0]
        if name == "token" and chance.random() >= share:
            return chance.choice(house.tokens)
        word = chance.choice(WORDS[f"/{path.split('/')[1]}"]) if name == "word" and chance.random() >= share else ""
        return _quoted(chance, word or _value(chance, name, share), is_whole=found[1].endswith(":path"))

    made = re.sub(r"\{([\w:]+)\}", filled, path)
    if chance.random() < 0.4:
        made += f"?{_query(chance, names)}"
    if chance.random() < 0.03:
        made = quote_from_bytes(garbage.mutated(chance, made.encode()), safe="/?=&%")
    return (made if made.startswith("/") else f"/{made}").encode("ascii", "ignore")


def _quoted(chance: Random, text: str, *, is_whole: bool) -> str:
    if chance.random() < 0.05:
        return quote_from_bytes(garbage.raw(chance, 12) + b"\xff", safe="")
    return quote(text[:3000], safe="/" if is_whole else "")


def _query(chance: Random, names: frozenset[str]) -> str:
    if chance.random() < 0.1:
        return quote_from_bytes(garbage.raw(chance), safe="&=+%;")
    known = (*sorted(names), *MORE)
    return urlencode(
        [(_name(chance, known), "") for _ in range(3)] if chance.random() < 0.05 else _pairs(chance, known)
    )


def _pairs(chance: Random, known: tuple[str, ...]) -> list[tuple[str, str]]:
    names = [_name(chance, known) for _ in range(chance.randrange(4))]
    return [(name, _value(chance, name, 0.5)) for name in names]


def _name(chance: Random, known: tuple[str, ...]) -> str:
    return chance.choice(known) if chance.random() < 0.9 else chance.choice(garbage.NAMES)


def _body(chance: Random, path: str, names: frozenset[str]) -> tuple[str, bytes]:
    """Its type and its bytes: what the page wants in most cases, with garbage here and there."""
    lot = chance.random()
    if lot < 0.05:
        return chance.choice(TYPES), garbage.raw(chance, 3000)
    if lot < 0.1:
        return chance.choice(TYPES), _form(chance, path, names)
    if path.startswith("/api/"):
        return "application/json", _json(chance, path)
    if lot < 0.2:
        return "multipart/form-data; boundary=x", _multipart(chance, names)
    return "application/x-www-form-urlencoded", _form(chance, path, names)


def _form(chance: Random, path: str, names: frozenset[str]) -> bytes:
    share = chance.choice((0.0, 0.1, 0.1, 0.6))
    if path in FORMS and chance.random() < 0.6:
        whole = [
            (name, text if chance.random() > share else garbage.text(chance))
            for name, text in chance.choice(FORMS[path]).items()
        ]
        return urlencode(whole).encode()
    pairs = [(name, _value(chance, name, share)) for name in sorted(names) if chance.random() < 0.8]
    pairs += _pairs(chance, (*sorted(names), *MORE)) * chance.choice((0, 0, 1, 20))
    made = urlencode(pairs).encode()
    return garbage.mutated(chance, made) if chance.random() < 0.08 else made


def _multipart(chance: Random, names: frozenset[str]) -> bytes:
    """RFC 7578, with files where none are taken, ends that are missing and names that are none."""
    parts = bytearray()
    for name in sorted(names):
        kind = chance.choice(("", "", '; filename="é.png"', "; filename*=utf-9''%ff", '; name="again"'))
        parts += f'--x\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n'.encode()
        parts += _value(chance, name, 0.3).encode() + b"\r\n"
    made = bytes(parts) + b"--x--\r\n"
    return garbage.mutated(chance, made) if chance.random() < 0.4 else made


def _json(chance: Random, path: str) -> bytes:
    """What the operation takes, with values of other types, or nothing like it."""
    takes = [one.takes for one in OPERATIONS if one.takes and path.endswith(one.path)]
    names: Mapping[str, Any] = inspect.get_annotations(takes[0]) if takes else {"text": str}
    given: dict[str, object] = {name: _of_type(chance, name) for name in names if chance.random() < 0.9}
    if chance.random() < 0.1:
        given[chance.choice(garbage.NAMES)] = garbage.value(chance)
    made = json.dumps(given if chance.random() < 0.95 else garbage.value(chance), ensure_ascii=chance.random() < 0.5)
    found = made.encode("utf-8", "surrogatepass")
    return garbage.mutated(chance, found) if chance.random() < 0.1 else found


def _of_type(chance: Random, name: str) -> object:
    if chance.random() < 0.1:
        return garbage.value(chance)
    if name == "revision":
        return chance.choice((1, 1, 1, 1, 2, 0, -1, 2**63, None))
    good = {"at": ("2026-11-26T09:30:00+01:00", "2026-03-29 02:30")}
    return chance.choice(good[name]) if name in good and chance.random() < 0.5 else _value(chance, name, 0.3)
