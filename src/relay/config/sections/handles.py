"""``[handles.…]``: who is who on each network; ``directory``: what relay knows itself."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from typing import get_args

from relay.config.table import Fault, Read, Table
from relay.config.values import choice, text, url
from relay.core.directory.forms import FORMS, is_handle
from relay.core.directory.handles import Body, Former, How, Kind, Verified
from relay.core.directory.naming import conflicts

_KEYS = ("name", "names", "acronyms", "former", "kind", "site", "verified")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_HOWS: tuple[How, ...] = get_args(How)
_FORMER = re.compile(r"(?P<name>.*\S)\s+until\s+(?P<day>\d{4}-\d\d-\d\d)")
_VERIFIED = re.compile(r"(?P<how>[a-z ]+?)\s+(?P<day>\d{4}-\d\d-\d\d)")


def body(name: str, table: Table, networks: Collection[str]) -> Body:
    """One body: its names, and a handle for each network that has one."""
    table.only(*_KEYS, *networks)
    handles = {network: table.one(network, handle(network), "") for network in networks if network in table.values}
    kind: Kind = table.one("kind", choice(*_KINDS), "body")
    return Body(
        id=name,
        name=table.need("name", text, name),
        handles=handles,
        kind=kind,
        names=table.many("names", text),
        acronyms=table.many("acronyms", acronym),
        former=table.many("former", _former),
        verified=dict(_verified(table.table("verified"), handles)),
        site=table.maybe("site", url),
    )


def warn_of_shared_names(handles: Table, bodies: Mapping[str, Body]) -> None:
    """One warning for each name that two bodies of the file have: it is never guessed which is meant."""
    for form, owners in conflicts(name for body in bodies.values() for name in body.known_as()).items():
        words = {"value": form, "bodies": ", ".join(owners)}
        handles.report((owners[-1],), Fault("R093", words), at_key=True)


def handle(network: str) -> Read[str]:
    """A reader of what can be a handle on this network."""
    return partial(_handle, network)


def _handle(network: str, value: str) -> str | Fault:
    if is_handle(value, network) or not value.strip():
        return text(value)
    like = FORMS[network].like if network in FORMS else "@name"
    return Fault("R096", {"value": value, "network": network, "like": like})


def acronym(value: str) -> str | Fault:
    """What counts in capitals only."""
    return value if value.isupper() else Fault("R090", {"value": value})


def _former(value: str) -> Former | Fault:
    match = _FORMER.fullmatch(value)
    day = _day(match["day"]) if match else None
    return Former(match["name"], day) if match and day else Fault("R091", {"value": value})


def _verified(table: Table, handles: Collection[str]) -> Iterator[tuple[str, Verified]]:
    table.only(*handles)
    for network in handles:
        if found := table.maybe(network, _check):
            yield network, found


def _check(value: str) -> Verified | Fault:
    match = _VERIFIED.fullmatch(value)
    day = _day(match["day"]) if match else None
    how = next((how for how in _HOWS if match and match["how"] == how), None)
    return Verified(how, day) if how and day else Fault("R092", {"value": value})


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
