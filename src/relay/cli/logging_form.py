"""How the log is written: lines for people, or for programs that read JSON. ``RELAY_LOG`` chooses.

It is a variable and no key of the file, for what is wrong with the file is said in the log, too.
"""

import io
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from relay.cli.ending import Ending
from relay.cli.logging_json import Json

VARIABLE = "RELAY_LOG"
log = logging.getLogger("relay")


def begin(level: int, text: str) -> None:
    """Log from ``level`` on to stderr: as ``text`` has it (as ``logging.Formatter`` takes it), or as JSON.

    Nothing is changed where logging has begun. In JSON are then also warnings of Python, and what nobody caught.
    """
    if not is_json(os.environ, sys.stderr):
        logging.basicConfig(stream=sys.stderr, level=level, format=text)
        return
    if isinstance(sys.stderr, io.TextIOWrapper):
        # Whatever the terminals of this machine are set to; half a character of a name is spelt as JSON spells it.
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json())
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda kind, error, trace: log.critical("relay broke off", exc_info=(kind, error, trace))
    threading.excepthook = _of_thread


def is_json(environ: Mapping[str, str], stream: TextIO) -> bool:
    """``text`` and ``json`` are what they say, ``auto`` is text for a terminal and JSON for anything else."""
    match environ.get(VARIABLE, ""):
        case "" | "text":
            return False
        case "json":
            return True
        case "auto":
            return not stream.isatty()
        case other:
            raise Ending(f"{VARIABLE} is {other!r}: write text, json or auto", 78)


@contextmanager
def endings_logged() -> Iterator[None]:
    """Why a daemon does not begin, or has ended, is in JSON where all else is; ``Ending`` then has no more to say."""
    try:
        yield
    except Ending as ending:
        if not str(ending) or not is_json(os.environ, sys.stderr):
            raise
        log.critical("%s", ending)
        raise Ending("", ending.code) from ending


def _of_thread(broken: threading.ExceptHookArgs) -> None:
    if broken.exc_value is None or broken.exc_type is SystemExit:
        return
    log.critical("a thread broke off", exc_info=(broken.exc_type, broken.exc_value, broken.exc_traceback))
