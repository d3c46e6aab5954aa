"""How other programs write what others read meanwhile."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

from relay.publish import write

_BLOCK = 4096
"""What buffered writing hands on at a time."""
_WAIT = 0.003
"""Seconds for each: a page is rendered as it is written, and a disk has its own pace."""


def plain_write() -> None:
    """Into the file itself, from its beginning."""
    patch.object(write, "replace", _plainly).start()


def _plainly(files: Mapping[Path, bytes], _moment: int | None = None) -> None:
    for path, body in files.items():
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(body), _BLOCK):
                time.sleep(_WAIT)
                file.write(body[start : start + _BLOCK])


PLANTS: Mapping[str, Callable[[], None]] = {"": lambda: None, "plain-write": plain_write}
