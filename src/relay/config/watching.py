"""Which files a configuration is made of: its own, and those that its secrets are in."""

from collections.abc import Iterator
from pathlib import Path

from relay.config.opening import read
from relay.config.table import Fault
from relay.config.toml.syntax import parse
from relay.config.wording.masking import is_reference


def files_of(file: Path) -> tuple[Path, ...]:
    """The file first; alone where it cannot be read."""
    text = read(file)
    document = None if isinstance(text, Fault) else parse(text)
    return (file, *dict.fromkeys(_secrets(document))) if isinstance(document, dict) else (file,)


def _secrets(value: object) -> Iterator[Path]:
    match value:
        case {"file": str() as name, **others} if not others and is_reference("file", name):
            yield Path(name)
        case dict():
            for item in value.values():
                yield from _secrets(item)
        case list():
            for item in value:
                yield from _secrets(item)
