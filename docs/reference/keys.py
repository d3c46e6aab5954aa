"""The page of the configuration's keys, from ``keys.toml`` and from what each network says of its own."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from relay.networks.network import Settings
from relay.wiring import NETWORKS

FILE = Path(__file__).with_name("keys.toml")
HEAD = """# Every key of the configuration

Generated from `docs/reference/keys.toml` by `docs/generate.py`. The whole of a small configuration, with comments, is
[`config/relay.toml`](../config/relay.toml); `relay check` says of yours what is wrong, and where.

| type | how it is written |
|---|---|
| duration | `60s`, `30m`, `4h`, `7d` |
| secret | `{ env = "NAME" }` or `{ file = "path" }`, never the value itself |
| list | of texts; one alone may stand without brackets |
| filter | [an expression](filters.md), such as `title ~ quartier` |
| template | text with [fields](templates.md) in braces, such as `{title} {link}` |
| DAYS | `mon-fri`, `sat,sun`, or nothing for every day |
"""
OF_NETWORKS = """## [accounts.…] by network

Beside `network` and `pace`, an account has the keys of its network; each network's [page](networks/README.md) shows
one whole. All are texts, but for secrets.
"""


@dataclass(frozen=True, slots=True)
class Key:
    """One key as ``keys.toml`` has it: ``default`` as the file has it, or in words; an example is its lines."""

    name: str
    type: str
    says: str
    default: str = ""
    required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the file. ``around`` is what stands before a line of it in a file that is good."""

    name: str
    title: str
    says: str
    around: str
    keys: tuple[Key, ...]


def sections() -> list[Section]:
    """All of them, in the order of the page."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))["section"]
    return [Section(**{**one, "keys": _keys(one["keys"])}) for one in written]


def _keys(written: Mapping[str, Mapping[str, str]]) -> tuple[Key, ...]:
    return tuple(Key(name=name, **row) for name, row in written.items())  # type: ignore[arg-type]  # a test reads all


def configuration() -> str:
    """The page."""
    parts = [_section(section) for section in sections()]
    return "\n".join([HEAD, *parts, OF_NETWORKS, *map(_network, sorted(NETWORKS))])


def _section(section: Section) -> str:
    rows = "".join(map(_row, section.keys))
    table = f"| key | type | default | what it says | example |\n|---|---|---|---|---|\n{rows}"
    return f"## {section.title}\n\n{section.says}\n\n{table}"


def _row(key: Key) -> str:
    default = "must be there" if key.required else _code(key.default) if is_literal(key.default) else key.default
    cells = (_code(key.name), key.type, default, key.says, "<br>".join(map(_code, key.example.splitlines())))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def is_literal(default: str) -> bool:
    """Whether a default can be written into the file as it stands."""
    return default.startswith(('"', "[")) or default.isdigit() or default in {"true", "false"}


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _network(name: str) -> str:
    rows = "".join(f"| `{key}` | {kind} | {says} |\n" for key, kind, says in of_network(NETWORKS[name].SETTINGS))
    table = f"| key | | what it says |\n|---|---|---|\n{rows}" if rows else "It has no other keys.\n"
    return f"### {name}\n\n[How an account is set up](networks/{name}.md)\n\n{table}"


def of_network(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Each key of a network, what it is, and what it means."""
    kinds = {
        "must be there": settings.required,
        "may be there": settings.optional,
        "secret, must be there": settings.secret,
        "secret, may be there": settings.optional_secret,
    }
    for kind, keys in kinds.items():
        yield from ((key, kind, says.replace("|", "\\|")) for key, says in keys.items())
