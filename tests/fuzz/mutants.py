"""Configurations that something has happened to: by a hand that slips, a disk, another program, or somebody's fun."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz import garbage
from tests.fuzz.literals import LITERALS, ODD

ROOT = Path(__file__).parents[2]
VALUE = re.compile(r"^(\s*[\w.\"-]+\s*=\s*)(\S.*)$")
HEADER = re.compile(r"^\s*\[{1,2}([^\[\]]+)\]{1,2}", re.MULTILINE)
ENVIRONMENT = (
    "RELAY_DATABASE",
    "RELAY_KEY",
    "RELAY_MASTO_TOKEN",
    "RELAY_LINKEDIN_TOKEN",
    "PATH",
    "RELAY_MAIL_PASSWORD",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file's bytes, and the environment in which it is read."""

    content: bytes
    environ: Mapping[str, str] = field(default_factory=dict)


@cache
def seeds() -> tuple[str, ...]:
    """The sample, the examples, every broken file of the tests, and every piece of the documentation."""
    files = [ROOT / "config" / "relay.toml", *sorted((ROOT / "config" / "examples").glob("*.toml"))]
    files += sorted((ROOT / "tests" / "edges" / "broken_config").glob("*.toml"))
    pieces = [found for page in sorted((ROOT / "docs").rglob("*.md")) for found in _pieces(page)]
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return tuple(texts + [piece if "version" in piece else f"version = 1\n{piece}" for piece in pieces])


def _pieces(page: Path) -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def mutants(seed: int, number: int, *, largest: bool = True) -> Iterator[Mutant]:
    """So many, the same for the same seed; with very large ones among them, or without."""
    chance = Random(f"{seed} configurations")  # noqa: S311  # no secret
    for _ in range(number):
        # The sample has most of the sections that there are.
        text = seeds()[0] if chance.random() < 0.4 else chance.choice(seeds())
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            text = chance.choice(WAYS if largest else WAYS[:-1])(chance, text)
        yield Mutant(_bytes(chance, text), _environment(chance))


def _lines(chance: Random, text: str) -> str:
    """A line lost, doubled, or moved to where another section is."""
    lines = text.split("\n")
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[place]
        case 1:
            lines[other:other] = [lines[place]]
        case 2:
            lines[other], lines[place] = lines[place], lines[other]
        case _:
            lines = lines[:place]
    return "\n".join(lines)


def _value(chance: Random, text: str) -> str:
    """Another value under a key, of another type as often as not."""

    def other(line: str, found: re.Match[str]) -> str:
        literal = chance.choice(LITERALS) if chance.random() < 0.6 else _quoted(garbage.text(chance))
        return f"{found[1]}{literal}" if chance.random() < 0.9 else f"{found[1]}[{found[2]}]"

    return _at(chance, text, other)


def _quoted(text: str) -> str:
    """As TOML writes a text on one line."""
    return (
        '"' + "".join(sign if sign >= " " and sign not in '"\\\x7f' else f"\\u{ord(sign):04X}" for sign in text) + '"'
    )


def _key(chance: Random, text: str) -> str:
    """A value under the key of another line, of this file or of another."""
    keys = [
        found[1] for line in chance.choice((text, chance.choice(seeds()))).split("\n") if (found := VALUE.match(line))
    ]
    return _at(chance, text, lambda _, found: f"{chance.choice(keys or ['a = '])}{found[2]}")


def _at(chance: Random, text: str, change: Callable[[str, re.Match[str]], str]) -> str:
    """One of the lines that have a key and a value, changed."""
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if VALUE.match(line)]
    if places:
        place = chance.choice(places)
        found = VALUE.match(lines[place])
        lines[place] = change(lines[place], found) if found else lines[place]
    return "\n".join(lines)


def _header(chance: Random, text: str) -> str:
    """A section that is called otherwise, or is a list, or none any more."""
    found = list(HEADER.finditer(text))
    if not found:
        return f"{text}\n[{chance.choice(('a', 'sources', 'service.x', ''))}]\n"
    one, other = chance.choice(found), chance.choice(found)
    names = (other[1], f"{one[1]}.x", one[1].partition(".")[0], _quoted(garbage.text(chance)[:50]), "")
    made = chance.choice(names)
    return f"{text[: one.start()]}{chance.choice((f'[{made}]', f'[[{made}]]', f'[{made}', made))}{text[one.end() :]}"


def _letters(chance: Random, text: str) -> str:
    """A few letters others, at any place."""
    return garbage.mutated(chance, text.encode("utf-8", "replace")).decode("utf-8", "surrogateescape")


def _more(chance: Random, text: str) -> str:
    """A piece of another file behind it."""
    return f"{text}\n{chance.choice(seeds())}"


def _large(chance: Random, text: str) -> str:
    """Rarely ten megabytes, or very many keys, or very deep."""
    match chance.randrange(40):
        case 0:
            return text + "#" * 10_000_000
        case 1:
            return text + "\n".join(f"a{number} = 1" for number in range(5000))
        case 2:
            return f"{text}\n[{'a.' * 5000}a]\n"
        case 3:
            return f"{text}\na = {'[' * 100_000}\n"
        case _:
            return _value(chance, text)


WAYS = (_lines, _lines, _value, _value, _value, _key, _key, _header, _letters, _more, _large)


def _bytes(chance: Random, text: str) -> bytes:
    """In UTF-8 almost always."""
    if chance.random() < 0.97:
        return text.encode("utf-8", "surrogateescape")
    return text.encode(chance.choice(("utf-16", "utf-32", "latin-1", "cp037", "utf-8-sig")), "replace")


def _environment(chance: Random) -> dict[str, str]:
    """Variables as they should be, most of them; with something odd in one now and then."""
    good = {"RELAY_MASTO_TOKEN": "geheim", "RELAY_LINKEDIN_TOKEN": "geheim", "RELAY_KEY": "A" * 43}
    return good | {name: _odd(chance) for name in ENVIRONMENT if chance.random() < 0.05}


def _odd(chance: Random) -> str:
    made = chance.choice(ODD) if chance.random() < 0.6 else garbage.text(chance)
    return made.replace("\0", "")
