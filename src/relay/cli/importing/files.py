"""The files that somebody names, or all that lie in a folder they name."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from relay.cli.ending import Ending
from relay.intake.importing.imported import File

LARGEST = 500_000_000
"""Bytes of all of them."""


def read(names: Sequence[str]) -> tuple[File, ...]:
    """Each whole; what cannot be read, or is still being written, ends the command."""
    found: list[File] = []
    size = 0
    for path in (one for name in names for one in _paths(name)):
        try:
            size += path.stat().st_size
            if size > LARGEST:
                raise Ending(
                    f"{path}: these files are larger than {LARGEST // 1_000_000} MB together; name fewer at a time"
                )
            if _is_open(path):
                raise Ending(
                    f"{path}: the tool has not written all of it yet (there is {path.name}-wal); stop it first"
                )
            found.append(File(str(path), path.read_bytes()))
        except OSError as error:
            raise Ending(f"{path}: {error.strerror}") from error
        except ValueError as error:  # a name that no file can have
            raise Ending(f"{str(path)!r} is not the name of a file") from error
    return tuple(found)


def _paths(name: str) -> Iterator[Path]:
    """Of a folder the files in it, in order; not those in folders of its own."""
    try:
        path = Path(name)
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path
    except OSError as error:
        raise Ending(f"{name}: {error.strerror}") from error


def _is_open(path: Path) -> bool:
    """Whether what was written last to this SQLite database is in another file still."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
