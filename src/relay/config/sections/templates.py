"""Templates: every field they name must be one that their place knows, with a length that it can have."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from relay.config.table import Fault, Table, unknown
from relay.core.form import BLOCKS, INLINE
from relay.core.template import FIELDS, Placeholder, placeholders

_ANYWHERE = FIELDS | INLINE | BLOCKS
_BRACE = re.compile(r"[{}]")
LONGEST = 4000
"""Characters of a template: what it makes is at most so many fields, each with the budget of a post's."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a template may name where it stands.

    ``whole`` are fields that take no number; ``most`` the largest number of others, where there is one.
    """

    networks: Collection[str]
    fields: Collection[str] = FIELDS
    whole: Collection[str] = ()
    most: Mapping[str, int] = field(default_factory=dict)


def template(table: Table, key: str, default: str, place: Place) -> str:
    """The template under ``key``; each fault in it is reported at its own place."""
    if key not in table.values:
        return default
    value = table.values[key]
    if not isinstance(value, str):
        table.report((key,), Fault("R013/text"))
        return default
    for fault in faults(value, place):
        table.report((key,), fault)
    return value


def fields_without_argument(value: str) -> frozenset[str]:
    """The fields that a template writes whole."""
    return frozenset(found.name for found in placeholders(value) if not found.argument)


def faults(value: str, place: Place) -> Iterator[Fault]:
    """Everything that is wrong with a template, each at its own place inside."""
    if not value.strip():
        yield Fault("R039")
    if len(value) > LONGEST:
        yield Fault("R018/long", {"most": str(LONGEST)})
        return
    found = placeholders(value)
    for placeholder in found:
        if fault := _fault(placeholder, place):
            yield Fault(fault.code, fault.words, (placeholder.start, placeholder.end))
    for brace in _BRACE.finditer(value):
        if not any(placeholder.start <= brace.start() < placeholder.end for placeholder in found):
            yield Fault("R018", {}, brace.span())


def _fault(placeholder: Placeholder, place: Place) -> Fault | None:
    name, argument = placeholder.name, placeholder.argument
    if name not in place.fields:
        return unknown(name, place.fields, "R012/here" if name in _ANYWHERE else "R012", "name")
    if not argument:
        return None
    if name in place.whole:
        return Fault("R018/whole", {"name": name})
    if re.fullmatch(r"[1-9][0-9]{0,4}", argument):
        return _too_much(placeholder, place.most.get(name))
    if name != "mentions":
        return Fault("R018/posts" if name == "related" else "R018/argument", {"name": name, "argument": argument})
    return None if argument in place.networks else unknown(argument, place.networks, "R018/network", "argument")


def _too_much(placeholder: Placeholder, most: int | None) -> Fault | None:
    if most is None or int(placeholder.argument) <= most:
        return None
    return Fault("R121", {"name": placeholder.name, "argument": placeholder.argument, "most": str(most)})
