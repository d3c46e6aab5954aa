"""Texts and bytes that programs have been broken by, and changes to good ones."""

from collections.abc import Callable, Sequence
from random import Random

NASTY = (
    *("", " ", "\0", "a\0b", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff", "\u202etxt.exe"),
    *("0", "-1", "+1", "1e9", "٣", "²", "0x10", "1_000", "9" * 17, "9" * 18, "9" * 19, "9" * 400, "1.5", "NaN", "inf"),
    *("true", "null", "None", "undefined", "[]", "{}", "[[" * 600, '{"a":' * 600, '"', "'", "\\", "`", "--", "%", "%s"),
    *("{0}", "{title.__class__}", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "<!--", "]]>", "&#x0;", "&amp;"),
    *("' OR 1=1 --", "1; DROP TABLE users", "../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\r\nX: 1"),
    *(
        "http://[",
        "http://a:b:c/",
        "http://127.0.0.1:9/",
        "//exemple.fr",
        "javascript:alert(1)",
        "data:,x",
        "http://é.é",
    ),
    *("é" * 300, "e\u0301" * 300, "👩‍👩‍👧‍👦" * 60, "x" * 5000, "\n" * 3000, "אבג", "ﷺ" * 40, "Z̸͔̓" * 50, "ß", "İ", "ﬁ"),
    *(
        "0000-00-00",
        "2026-02-30",
        "2026-11-24T25:61",
        "9999-12-31T23:59:59Z",
        "0001-01-01",
        "2026-03-29 02:30",
        "24:00",
    ),
    *("2026-W60", "12026-11-24", "99:99", "+99:99", "2026-11", "2026-13", "0000-01", "9999-12", "-001-01"),
)
"""Each has broken some program."""
NAMES = ("__proto__", "constructor", "__class__", "id", "role", "approvals", "revision", "name", "é", "a[]", "a.b", "")


def text(chance: Random) -> str:
    """A nasty text, two of them, or letters of anywhere."""
    match chance.randrange(6):
        case 0:
            return chance.choice(NASTY) + chance.choice(NASTY)
        case 1:
            return "".join(map(chr, (_letter(chance) for _ in range(chance.randrange(40)))))
        case _:
            return chance.choice(NASTY)


def _letter(chance: Random) -> int:
    """Any but half of a pair, which no bytes can be made of."""
    found = chance.choice((chance.randrange(0x80), chance.randrange(0x3000), chance.randrange(0x110000)))
    return found if not 0xD800 <= found < 0xE000 else 0xFFFD


def raw(chance: Random, most: int = 200) -> bytes:
    """Bytes that are nothing."""
    return chance.randbytes(chance.randrange(most))


def value(chance: Random, depth: int = 0) -> object:
    """Of JSON: of any type, nested a little."""
    made: tuple[Callable[[], object], ...] = (
        lambda: text(chance),
        lambda: "\ud800",
        lambda: chance.choice((0, -1, 1, 2**31, 2**63, 2**64, 10**30, 1.5, -0.0, 1e308)),
        lambda: chance.choice((True, False, None)),
        lambda: [value(chance, depth + 1) for _ in range(chance.randrange(3))],
        lambda: {chance.choice(NAMES): value(chance, depth + 1) for _ in range(chance.randrange(3))},
    )
    return chance.choice(made[:4] if depth > 2 else made)()


def mutated(chance: Random, good: bytes, stock: Sequence[bytes] = ()) -> bytes:
    """``good`` with some changes: bits turned over, stretches lost, doubled or moved, bytes of ``stock`` put in."""
    made = bytearray(good)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 12))):
        _change(chance, made, stock)
    return bytes(made)


def _change(chance: Random, made: bytearray, stock: Sequence[bytes]) -> None:
    start = chance.randrange(len(made) + 1)
    end = min(len(made), start + chance.choice((1, 1, 2, 4, 16, 64, 512)))
    match chance.randrange(7):
        case 0 if start < len(made):
            made[start] ^= 1 << chance.randrange(8)
        case 1:
            del made[start:end]
        case 2:
            made[start:start] = made[start:end] * chance.choice((1, 1, 3, 40))
        case 3:
            made[start:end] = raw(chance, 8)
        case 4 if stock:
            made[start:start] = chance.choice(stock)
        case 5 if stock:
            made[start:end] = chance.choice(stock)
        case _:
            made[start:end] = text(chance).encode()
