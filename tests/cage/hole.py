"""A reader with holes: at the right words it does what a library would do that somebody has taken over.

It stands in the process that reads, in the place of relay's own; all other documents go to that.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from relay.core.document import ParsedFeed
from relay.core.pictures.rendition import Rendition
from relay.intake.caged import child
from relay.intake.caged.tasks import TASKS
from relay.intake.parse import attempt
from relay.intake.pictures.rendition import Unusable, digest, renditions
from tests.cage.ways import WAYS

PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from tests.cage.hole import main; main()"
"""What a process begins with."""


def main() -> None:
    """A process that reads, with the holes."""
    TASKS["feed"] = "tests.cage.hole:read"
    TASKS["renditions"] = "tests.cage.hole:drawn"
    child.main()


def read(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    """What the document says, or what came of what it wants."""
    word, _, what = body.decode("utf-8", "replace").partition(" ")
    if word not in HOLES:
        return attempt(body, url, content_type)
    try:
        return ParsedFeed(title=str(HOLES[word](what)))
    except OSError as error:
        return ParsedFeed(title=f"refused: {error.strerror}")


def drawn(body: bytes) -> tuple[Rendition, ...] | Unusable:
    """What the picture can become, or what somebody would have relay publish in its place, under another name."""
    word, _, what = body.partition(b" ")
    name, type_ = (digest(body), what.decode()) if word == b"untrue" else (what.decode(), "image/png")
    if word not in {b"untrue", b"elsewhere"}:
        return renditions(body)
    return (Rendition(name, "page", type_, 1, 1, 5, b"<svg>"), Rendition(name, "small", type_, 1, 1, 5, b"<svg>"))


def _spin(_: str) -> None:
    while True:
        pass


def _eat(_: str) -> None:
    kept = [b""]
    while True:
        kept.append(b"x" * 1024 * 1024)


def _swell(_: str) -> str:
    return "x" * 8_000_000


def _connect(port: str) -> str:
    with socket.socket() as found:
        found.connect(("127.0.0.1", int(port)))
    return "connected"


def _write(file: str) -> str:
    return str(Path(file).write_text("x"))


def _make(folder: str) -> str:
    Path(folder).mkdir()
    return "made"


def _remove(file: str) -> str:
    Path(file).unlink()
    return "removed"


def _fork(_: str) -> str:
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def _run(_: str) -> str:
    return str(subprocess.run(["/bin/true"], check=False).returncode)


def _kill(process: str) -> str:
    os.kill(int(process), signal.SIGTERM)
    return "killed"


def _known(_: str) -> str:
    return " ".join(sorted(os.environ))


def _open(_: str) -> str:
    files = [file for file in Path("/proc/self/fd").iterdir() if file.exists()]  # not the one that lists them
    return " ".join(sorted(str(file.readlink()).partition(":")[0] for file in files))


def _lie(_: str) -> None:
    """An answer that is none, past whoever writes them."""
    os.write(4, b"\x00\x00\x00\x05Axxxx")
    time.sleep(60)


def _print(_: str) -> str:
    print("word" * 100, flush=True)  # noqa: T201
    print("word" * 100, file=sys.stderr, flush=True)  # noqa: T201
    return "printed"


HOLES: dict[str, Callable[[str], object]] = {
    **WAYS,
    "spin": _spin,
    "sleep": lambda _: time.sleep(600),
    "eat": _eat,
    "swell": _swell,
    "crash": lambda _: ctypes.string_at(0),
    "leave": lambda _: os._exit(3),
    "connect": _connect,
    "write": _write,
    "make": _make,
    "remove": _remove,
    "fork": _fork,
    "run": _run,
    "kill": _kill,
    "known": _known,
    "open": _open,
    "lie": _lie,
    "print": _print,
}
