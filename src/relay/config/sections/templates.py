"""Templates: every field they name must be one of a post's."""

import re
from collections.abc import Collection, Iterator

from relay.config.table import Fault, Table, unknown
from relay.core.compose import FIELDS, Placeholder, placeholders

_BRACE = re.compile(r"[{}]")


def template(table: Table, key: str, default: str, networks: Collection[str]) -> str:
    """The template under ``key``; each fault in it is reported at its own place."""
    value = table.values.get(key, default)
    if not isinstance(value, str):
        table.report((key,), Fault("R013/text"))
        return default
    for fault in _faults(value, networks):
        table.report((key,), fault)
    return value


def fields_without_argument(value: str) -> frozenset[str]:
    """The fields that a template writes whole."""
    return frozenset(found.name for found in placeholders(value) if not found.argument)


def _faults(value: str, networks: Collection[str]) -> Iterator[Fault]:
    if not value.strip():
        yield Fault("R039")
    found = placeholders(value)
    for placeholder in found:
        if fault := _fault(placeholder, networks):
            yield Fault(fault.code, fault.words, (placeholder.start, placeholder.end))
    for brace in _BRACE.finditer(value):
        if not any(placeholder.start <= brace.start() < placeholder.end for placeholder in found):
            yield Fault("R018", {}, brace.span())


def _fault(placeholder: Placeholder, networks: Collection[str]) -> Fault | None:
    name, argument = placeholder.name, placeholder.argument
    if name not in FIELDS:
        return unknown(name, FIELDS, "R012", "name")
    if not argument or re.fullmatch(r"[1-9][0-9]{0,4}", argument):
        return None
    if name != "mentions":
        return Fault("R018/argument", {"name": name, "argument": argument})
    return None if argument in networks else unknown(argument, networks, "R018/network", "argument")
