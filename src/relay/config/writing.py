"""Settings as TOML, each with a word on where it comes from."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from relay.config.dumping import Setting
from relay.config.toml.positions import KeyPath

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(found: Iterable[Setting], file: str) -> str:
    """A document that says the same, whatever the defaults of another version are."""
    tables: dict[KeyPath, list[Setting]] = {}
    for one in found:
        tables.setdefault(one.path[:-1], []).append(one)
    blocks = (
        _block(path, tables[path], file) for path in sorted(tables, key=lambda path: (bool(path), _order(tables, path)))
    )
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _order(tables: dict[KeyPath, list[Setting]], path: KeyPath) -> tuple[int, int]:
    """Tables stand beside those that they are within, in the order of the file."""
    known = list(tables)
    return min(known.index(one) for one in known if one[:2] == path[:2]), len(path)


def _block(path: KeyPath, found: Iterable[Setting], file: str) -> Iterator[str]:
    if path:
        yield _header(path)
    for one in found:
        key = _key(str(one.path[-1]))
        line = f"{key} = {_value(one.value)}  # {_origin(one, file)}"
        if one.value is None:
            yield f"# {key} is not set"
        else:
            yield f"# {line}" if _is_empty(one) else line


def _is_empty(one: Setting) -> bool:
    """A default that means that nothing is said, which may not be written."""
    return one.origin == "default" and one.value in ("", [])


def _header(path: KeyPath) -> str:
    names = ".".join(_key(str(part)) for part in path if not isinstance(part, int))
    return f"[[{names}]]" if isinstance(path[-1], int) else f"[{names}]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _origin(one: Setting, file: str) -> str:
    where = f"{file}:{one.line}" if one.origin == "file" and one.line else one.origin
    return f"{where}, {one.note}" if one.note else where


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
        case str():
            return _text(value)
        case _:
            return str(value)


def _text(value: str) -> str:
    """JSON's strings are TOML's, but for one character that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
