"""The configuration file mended in place: whole or not at all, with the rights that it had."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from relay.cli.ending import Ending
from relay.config.mending import Step, mend
from relay.config.opening import read
from relay.config.sections.accounts import Means
from relay.config.table import Fault


def fix(file: Path, means: Means) -> tuple[Step, ...]:
    """Mend the file; what cannot be read is left, and ``relay check`` says why."""
    if isinstance(read(file), Fault):
        return ()
    try:
        before = file.read_bytes()
        mended = mend(before.decode(), means)
        if mended.steps:
            _replace(file.resolve(), before, mended.text.encode())
    except OSError as error:
        raise Ending(
            f"{error.filename or file} cannot be written: {error.strerror}; nothing of it was changed"
        ) from error
    return mended.steps


def as_lines(file: Path, steps: Sequence[Step]) -> Iterator[str]:
    """What became of each line."""
    for step in steps:
        yield from (f"{file}:{step.line}:", f"  - {step.before}", f"  + {step.after}")
    if not steps:
        yield "nothing was found that a machine can mend"


def _replace(file: Path, before: bytes, after: bytes) -> None:
    """Beside the file first, so that there is no moment at which it is half written; a link to it stays a link."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as stream:
        draft = Path(stream.name)
        try:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
            _put(draft, file, before)
        finally:
            draft.unlink(missing_ok=True)


def _put(draft: Path, file: Path, before: bytes) -> None:
    """In its place, for whoever could read it before."""
    known, ours = file.stat(), draft.stat()
    if (known.st_uid, known.st_gid) != (ours.st_uid, ours.st_gid):  # who may not give it back leaves it as it is
        os.chown(draft, known.st_uid, known.st_gid)
    draft.chmod(known.st_mode & 0o7777)
    if file.read_bytes() != before:
        raise Ending(f"{file} was changed meanwhile; nothing of it was mended, try again")
    draft.replace(file)
