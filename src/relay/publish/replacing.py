"""Files that belong together take their names together, each whole, old or new."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

PREFIX, SUFFIX = ".relay-", ".tmp"
_MODE = 0o644
"""Readable for the web server, which is somebody else."""


def replace(files: Mapping[Path, bytes], moment: int | None = None) -> None:
    """Put the files in place, in the given order, all with one time of modification (ns; ``None`` is now).

    They are all on the disk before the first takes its name. An ``OSError`` leaves no temporary file.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, body in files.items():
            _stage(staged, path, body)
            moment = staged[path].stat().st_mtime_ns if moment is None else moment
            os.utime(staged[path], ns=(moment, moment))
        for path, temporary in staged.items():
            os.replace(temporary, path)  # noqa: PTH105  (the system call itself: rename(2) is what makes it atomic)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        raise


def _stage(staged: dict[Path, Path], path: Path, body: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=path.parent)
    staged[path] = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fchmod(file.fileno(), _MODE)
        os.fsync(file.fileno())
