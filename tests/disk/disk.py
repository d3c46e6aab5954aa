"""A small disk in memory that can be filled, made read-only and repaired, while a process works on it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = "6m"


@dataclass(frozen=True, slots=True)
class Disk:
    """Mounted at ``folder``."""

    folder: Path

    def fill(self) -> None:
        """To the last byte."""
        with (self.folder / "filler").open("ab", buffering=0) as file:
            try:
                while file.write(b"\0" * 4096):
                    pass
            except OSError:
                return

    def free(self) -> None:
        """What filled it is gone."""
        (self.folder / "filler").unlink(missing_ok=True)

    def read_only(self) -> None:
        """Nothing may be written; it is refused while a file is open for writing."""
        _mount("remount,ro", self.folder)

    def writable(self) -> None:
        """As before."""
        _mount("remount,rw", self.folder)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """Mounted for as long as it is needed; ``CannotMount`` where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "relay-disk", str(folder))
    if mounted.returncode:
        raise CannotMount(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


class CannotMount(Exception):
    """Only root may, and not everywhere."""


def _mount(how: str, folder: Path) -> None:
    done = _run("mount", "-o", how, str(folder))
    assert done.returncode == 0, done.stderr


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except FileNotFoundError as error:
        raise CannotMount(f"no disk can be mounted here: {error.strerror}: {command[0]}") from error
