"""The text of the configuration file, or one sentence on why there is none."""

import re
from pathlib import Path

from relay.config.table import Fault

_LARGEST = 8 * 1024 * 1024
"""Bytes: twenty thousand sources, each with all its keys, have room."""
_LANGUAGE = re.compile(r"""^[ \t]*language[ \t]*=[ \t]*["']([A-Za-z]{2})""", re.MULTILINE)


def read(path: Path) -> str | Fault:
    """The text with line feeds alone, or why there is none."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        return Fault("R000/absent")
    except IsADirectoryError:
        return Fault("R000/directory")
    except PermissionError:
        return Fault("R000/permission")
    except OSError as error:
        return Fault("R000/other", {"reason": error.strerror or "?"})
    except ValueError:  # a NUL in the name
        return Fault("R000/absent")
    return _text(content)


def language_of(text: str) -> str:
    """The language of messages: the file's own where it is French or says nothing, else English."""
    match = _LANGUAGE.search(text)
    return "en" if match and match[1].lower() != "fr" else "fr"


def _text(content: bytes) -> str | Fault:
    if len(content) > _LARGEST:
        return Fault("R004")
    if content.startswith(b"\xef\xbb\xbf"):
        return Fault("R002/bom")
    if not content.strip():
        return Fault("R003")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Fault("R002")
    return Fault("R002/nul") if "\0" in text else text.replace("\r\n", "\n")
