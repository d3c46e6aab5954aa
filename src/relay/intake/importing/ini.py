"""INI files: sections of keys, each with its line. Nothing is put into anything: a per cent sign is one."""

import configparser
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from relay.intake.importing.imported import File, Left
from relay.intake.reading.decoding import decode

LONGEST = 500
"""Characters of a line in which a key is looked for."""
_SECTION = re.compile(r"\[(.+)\]\s*([;#].*)?$")
_KEY = re.compile(r"([^:=\s][^:=]*?)\s*[:=]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its keys in lower case, and the line of each; ``""`` has the line of the section itself."""

    name: str
    values: Mapping[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)

    def get(self, key: str) -> str:
        """What is written there, without space around it; empty where nothing is."""
        return self.values.get(key, "").strip()

    def line(self, key: str) -> int | None:
        """Where the key stands, or else its section."""
        return self.lines.get(key) or self.lines.get("")


def read(file: File) -> dict[str, Section] | Left:
    """The sections by name, in their order; what ``[DEFAULT]`` says holds for each."""
    text = decode(file.body, None).text.removeprefix("\ufeff").replace("\0", "")
    parser = configparser.RawConfigParser(strict=False, delimiters=("=", ":"))
    try:
        parser.read_string(text)
    except configparser.MissingSectionHeaderError as error:
        return Left(file.name, error.lineno, "this is no section of an INI file, nor in one")
    except configparser.ParsingError as error:
        return Left(file.name, error.errors[0][0] if error.errors else None, "this line is no key with a value")
    except (configparser.Error, ValueError, AttributeError, TypeError) as error:
        return Left(file.name, None, f"this is no INI file: {' '.join(str(error).split())[:200]}")
    lines = _lines(text)
    return {
        name: Section(name, {key: value or "" for key, value in parser.items(name)}, lines.get(name, {}))
        for name in parser.sections()
    }


def _lines(text: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    here: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if section := _SECTION.match(line[:LONGEST]):
            here = found.setdefault(section[1], {})
            here.setdefault("", number)
        elif key := _KEY.match(line[:LONGEST]):
            here.setdefault(key[1].lower(), number)
    return found
