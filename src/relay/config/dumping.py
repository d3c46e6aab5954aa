"""The configuration as it takes effect: each value, and whether the file, the environment or relay itself says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from relay.config.load import Examined
from relay.config.toml.positions import KeyPath, Spots, spots_of
from relay.config.wording.masking import COVER, is_confidential, is_reference, masked_value
from relay.core.source import Backlog

Origin = Literal["file", "default", "environment"]
_OVERRIDES = {("service", "database"): "RELAY_DATABASE"}
"""What a variable says instead of the file."""
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True)
class Setting:
    """``value`` is as TOML has it, ``None`` where it is not set; ``line`` is of the file; ``note`` says more of it."""

    path: KeyPath
    value: object
    origin: Origin
    line: int | None = None
    note: str = ""


def settings(text: str, found: Examined, environ: Mapping[str, str], plain: frozenset[str]) -> list[Setting]:
    """Every setting of a file, then what it leaves out; no secret is among them."""
    spots = spots_of(text)
    written = {path: _written(text, spots, path, value) for path, value in _leaves(found.document, ())}
    rest = {
        path: Setting(path, _plain(value), "default") for path, value in found.asked.items() if _is_left(path, written)
    }
    both = {path: one for path, one in {**written, **rest}.items() if one.value is not None or _has_table(path, spots)}
    for path, name in _OVERRIDES.items():
        if value := environ.get(name):
            both[path] = Setting(path, value, "environment", note=name)
    return [_without_secrets(one, environ, plain) for one in both.values()]


def _leaves(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    """What stands in tables; a list of values and what refers to a secret are one value each."""
    if isinstance(value, dict) and not _is_reference(value):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


def _is_reference(value: dict[str, object]) -> bool:
    return len(value) == 1 and is_reference(*next(iter(value.items())))


def _written(text: str, spots: Spots, path: KeyPath, value: object) -> Setting:
    spot = spots.get(path)
    return Setting(path, value, "file", text.count("\n", 0, spot.key.start) + 1 if spot else None)


def _is_left(path: KeyPath, written: Collection[KeyPath]) -> bool:
    """Whether the file says nothing of it, nor of anything within it."""
    return path not in written and not any(one[: len(path)] == path for one in written)


def _has_table(path: KeyPath, spots: Spots) -> bool:
    """What is not set is told only where the file has the table that it would stand in."""
    return path[:-1] in spots


def _without_secrets(one: Setting, environ: Mapping[str, str], plain: frozenset[str]) -> Setting:
    value = one.value
    if isinstance(value, dict) and _is_reference(value):
        name = value.get("env")
        note = f"${name} is {'set' if environ.get(str(name)) else 'not set'}" if name else ""
        return Setting(one.path, value, one.origin, one.line, note)
    if one.origin == "file" and is_confidential(one.path, value, plain):
        return Setting(one.path, COVER, one.origin, one.line)
    return Setting(one.path, _masked(value), one.origin, one.line, one.note)


def _masked(value: object) -> object:
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return masked_value(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    """A default as the file would have it."""
    match value:
        case Backlog():
            return value.kind
        case timedelta():
            return _duration(value)
        case (str() as host, int() as port):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        case tuple():
            return [_plain(item) for item in value]
        case None | bool() | int() | date():
            return value
        case _:
            return str(value)


def _duration(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    length, unit = next(((length, unit) for length, unit in _UNITS if seconds % length == 0 and seconds), (1, "s"))
    return f"{seconds // length}{unit}"


def of_section(found: Iterable[Setting], section: str) -> list[Setting]:
    """Those of one section, or under one name in it: ``sources``, ``sources.cget``."""
    wanted = tuple(section.split("."))
    return [one for one in found if tuple(map(str, one.path[: len(wanted)])) == wanted]
