"""The documentation of every message, made from the tables that the messages come from."""

from relay.config.wording.english import ENGLISH
from relay.config.wording.french import FRENCH
from relay.config.wording.message import WARNINGS

_HEAD = """\
# What `relay check` says

Every message has a code, and a code is never used again for something else. An error stops `relay run`; a warning
does not. Words in `{braces}` are those of your file. Messages are in French unless the file's `language` is another.

| code | | English | français |
|---|---|---|---|
"""


def reference() -> str:
    """A Markdown page: one row for each code and variant."""
    return _HEAD + "".join(map(_row, sorted(code for code in ENGLISH if code != "guess")))


def _row(code: str) -> str:
    number = code.partition("/")[0]
    severity = "warning" if number in WARNINGS else "error"
    return f"| {number} | {severity} | {_cell(*ENGLISH[code])} | {_cell(*FRENCH[code])} |\n"


def _cell(what: str, hint: str) -> str:
    plain = f"{what}<br>→ {hint}" if hint else what
    return plain.replace("{{", "{").replace("}}", "}").replace("|", "\\|")
