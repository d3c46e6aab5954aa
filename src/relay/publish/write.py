"""Documents into a folder, so that whoever reads it at any moment finds each one whole, old or new."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from relay.publish.format import Document

_PREFIX, _SUFFIX = ".relay-", ".tmp"
_MODE = 0o644
"""Readable for the web server, which is somebody else."""


def write(folder: Path, documents: Sequence[Document]) -> tuple[str, ...]:
    """Write the documents whose bytes differ from what is there, in the given order → their paths.

    Other files are left alone. An ``OSError`` leaves the file it hit as it was, and no temporary file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        _sweep(folder)
        changed = [document for document in documents if not _same(folder / document.path, document.body)]
        for document in changed:
            _replace(folder / document.path, document.body)
    return tuple(document.path for document in changed)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One writer at a time, in this process or another; at the end the folder's new names are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what a crash left: no writer is at work but us."""
    for stray in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        stray.unlink()


def _same(path: Path, body: bytes) -> bool:
    try:
        return path.read_bytes() == body
    except FileNotFoundError:
        return False


def _replace(path: Path, body: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105  (the system call itself: rename(2) is what makes it atomic)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
