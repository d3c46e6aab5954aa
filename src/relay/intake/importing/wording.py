"""Texts of posts: the templates of other tools, in relay's fields."""

import re
from collections.abc import Mapping, Sequence

from relay.core.template import FIELDS
from relay.intake.importing.imported import Left

_FIELD = re.compile(r"\{([^{}]*)\}")
_LENGTH = re.compile(r"\.?(\d+)")


def translated(template: str, fields: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The template with relay's names for ``fields``, and the names that have none; those are left out of it."""
    unknown: list[str] = []

    def one(match: re.Match[str]) -> str:
        name, _, argument = match[1].strip().partition(":")
        own = fields.get(name, name if name in FIELDS else "")
        if not own:
            unknown.append(name)
            return ""
        length = _LENGTH.search(argument)
        return f"{{{own}:{length[1]}}}" if length and own != "link" else f"{{{own}}}"

    text = _FIELD.sub(one, template)
    return text.replace("{}", "").strip(), tuple(dict.fromkeys(unknown))


def said(file: str, line: int | None, unknown: Sequence[str], where: str = "") -> list[Left]:
    """That these fields have no counterpart; ``where`` is whose text it is."""
    about = f"{where}: " if where else ""
    what = "is no field of relay's templates: left out of the text"
    return [Left(file, line, f"{about}{{{name[:60]}}} {what}") for name in unknown]
