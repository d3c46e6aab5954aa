"""Secrets: given by a variable or by a file, never written in the configuration."""

import re
from collections.abc import Mapping
from pathlib import Path

from relay.config.table import Fault, Table
from relay.config.wording.masking import is_reference
from relay.core.account import Secret

_LARGEST = 64 * 1024


def secret(table: Table, key: str, environ: Mapping[str, str]) -> Secret | None:
    """The secret under ``key``; ``None``, and a message, when it cannot be had."""
    if key not in table.values:
        table.report((), Fault("R126", {"name": key, "account": str(table.path[-1])}), at_key=True)
        return None
    reference = check_secret(table, key)
    if reference is None:
        return None
    value = referred(reference, environ)
    if value:
        return Secret(value)
    form, name = reference
    table.report((key, form), Fault("R022" if form == "env" else "R023", {"name": name}))
    return None


def referred(reference: tuple[str, str], environ: Mapping[str, str]) -> str | None:
    """What a variable or a file holds; nothing when it cannot be had."""
    form, name = reference
    return environ.get(name) if form == "env" else _content(Path(name))


def check_secret(table: Table, key: str) -> tuple[str, str] | None:
    """``("env", "NAME")`` or ``("file", "path")``; ``None``, and an error, when it is neither."""
    match table.values[key]:
        case dict(reference):
            pairs = list(reference.items())
            if len(pairs) == 1 and is_reference(*pairs[0]):
                return pairs[0]
            code = "R021"
        case _:
            code = "R020"
    table.report((key,), Fault(code, {"key": key, "name": _variable(table, key)}))
    return None


def _variable(table: Table, key: str) -> str:
    """A name to propose: RELAY_MASTO_TOKEN."""
    return re.sub(r"[^A-Z0-9_]", "_", f"RELAY_{table.path[-1]}_{key}".upper())


def _content(path: Path) -> str | None:
    """The file's text without the one line end that editors add; ``None`` when it cannot be read."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST).decode()
    except (OSError, ValueError):
        return None
    return text.removesuffix("\n").removesuffix("\r")
