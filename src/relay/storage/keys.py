"""Where the key for the accounts' secrets is: in the configuration, or in a file of relay's own beside the database."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from relay.core.account import Secret
from relay.storage.sealing import Keyring, Unopened, keyring, new_key

_LARGEST = 64 * 1024
NONE = Unopened(
    "There is no key for the accounts' secrets: set `key` in [service], as `{ env = … }` or `{ file = … }`, to what "
    "`openssl rand -base64 32` writes."
)
_LOST = "The key for the accounts' secrets, {path}, is not there: bring it back, or connect the accounts anew."

_OPEN = (
    "The key for the accounts' secrets, {path}, can be read by others on this machine, and is not used: "
    "`chmod 600 {path}`. If they may have read it, run `relay account rotate-key` then."
)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Keyplace:
    """``text`` is the key that the configuration gives; else ``file`` is relay's own, which it may make."""

    text: Secret | None = None
    file: Path | None = None


def opening(place: Keyplace) -> Keyring | Unopened:
    """The keys there are."""
    if place.text is not None:
        return keyring(place.text.value)
    if place.file is None:
        return NONE
    try:
        with place.file.open("rb") as stream:
            found = keyring(stream.read(_LARGEST).decode())
            is_open = os.name == "posix" and os.fstat(stream.fileno()).st_mode & _OTHERS
    except FileNotFoundError:
        return Unopened(_LOST.format(path=place.file))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        return Unopened(f"The key for the accounts' secrets, {place.file}, cannot be read: {why}.")
    return Unopened(_OPEN.format(path=place.file)) if is_open and isinstance(found, Keyring) else found


def sealing(place: Keyplace) -> Keyring | Unopened:
    """The same; relay's own file is made where there is none."""
    if place.text is None and place.file is not None and not place.file.exists():
        try:
            _make(place.file)
        except OSError as error:
            return Unopened(f"The key for the accounts' secrets, {place.file}, cannot be written: {error.strerror}.")
    return opening(place)


def put_first(file: Path, key: str) -> None:
    """From now on ``key`` seals; those of before only open."""
    _replace(file, f"{key}\n{file.read_text(encoding='utf-8')}")


def keep_first(file: Path) -> None:
    """Forget the keys of before."""
    _replace(file, file.read_text(encoding="utf-8").split()[0] + "\n")


def _make(file: Path) -> None:
    """Whole or not at all: of two processes that make it at once, one finds the other's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _written(file, new_key() + "\n")
    try:
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
    _fix(file.parent)


def _replace(file: Path, text: str) -> None:
    _written(file, text).replace(file)
    _fix(file.parent)


def _fix(folder: Path) -> None:
    """A file's name is on the disk when its folder is: what is sealed under a key must not outlive it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written(file: Path, text: str) -> Path:
    """Beside the file, for nobody else's eyes, and on the disk before it is used."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    return draft
