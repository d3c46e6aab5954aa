"""Documents into a folder, so that whoever reads it at any moment finds each one whole, old or new.

Beside each text stand its compressed twins, for servers that send them as they are. A twin has its document's time of
modification; one that has another belongs to another version.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from relay.publish.compression import SMALLEST, SUFFIXES, is_text, twins
from relay.publish.format import Document
from relay.publish.replacing import PREFIX, SUFFIX, replace

_OURS = frozenset({".xml", ".json", ".html", ".css", ".opml"})
"""Endings of what has twins: a packed file of anything else is somebody else's."""


def write(folder: Path, documents: Sequence[Document], *, sweeps: bool = True) -> tuple[str, ...]:
    """Write the documents whose bytes differ from what is there, in the given order → their paths.

    It ``sweeps`` away what a crash left, for which it looks at every name in the folder. Other files
    are left alone. An ``OSError`` leaves the file it hit as it was, and no temporary file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        if sweeps:
            _sweep(folder)
        changed = [document for document in documents if not _same(folder / document.path, document.body)]
        paths = {document.path for document in changed}
        for document in documents:
            if document.path in paths:
                _replace(folder, document)
            elif not _has_twins(folder, document):
                _complete(folder, document)
    return tuple(document.path for document in changed)


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Take documents away, and their twins with them; what is not there is no trouble."""
    with _alone_in(folder):
        for path in paths:
            for name in (*_twin_names(path), path):
                (folder / name).unlink(missing_ok=True)


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
    """Remove what a crash left, and twins that have lost their document: no writer is at work but us."""
    for stray in folder.glob(f"{PREFIX}*{SUFFIX}"):
        stray.unlink()
    for suffix in SUFFIXES.values():
        for twin in folder.glob(f"*{suffix}"):
            document = twin.with_suffix("")
            if document.suffix in _OURS and not document.exists():
                twin.unlink()


def _same(path: Path, body: bytes) -> bool:
    try:
        return path.read_bytes() == body
    except FileNotFoundError:
        return False


def _twin_names(path: str) -> list[str]:
    return [path + suffix for suffix in SUFFIXES.values()]


def _has_twins(folder: Path, document: Document) -> bool:
    """Whether all are there, of this version; what needs none has them all."""
    if not is_text(document.media_type) or len(document.body) <= SMALLEST:
        return True
    moment = (folder / document.path).stat().st_mtime_ns
    return all(_moment(folder / name) == moment for name in _twin_names(document.path))


def _moment(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _replace(folder: Path, document: Document) -> None:
    """Twins first: as long as they are newer than their document, whoever compares the times sends the old version."""
    beside = twins(document)
    for name in _twin_names(document.path):
        if name not in beside:
            (folder / name).unlink(missing_ok=True)
    replace({folder / path: body for path, body in (beside | {document.path: document.body}).items()})


def _complete(folder: Path, document: Document) -> None:
    """Twins for a document that is there already, which is not touched."""
    moment = (folder / document.path).stat().st_mtime_ns
    replace({folder / path: body for path, body in twins(document).items()}, moment)
