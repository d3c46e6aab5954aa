"""``[sources.…]``: where the news comes from."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

from relay.config.patterns import fault_of_pattern
from relay.config.table import Fault, Table
from relay.config.values import duration, hashtag, language, one_of, text, url
from relay.core.source import Backlog, Rule, Source

_KEYS = ("url", "every", "attribution", "mentions", "hashtags", "language", "backlog", "keep", "drop")
_OFTENEST = timedelta(minutes=5)
_RULE = re.compile(r"(\w+)\s*([~=])\s*(\S.*)", re.DOTALL)
_FIELDS: tuple[str, ...] = get_args(get_type_hints(Rule)["field"])
_BACKLOG = re.compile(r"none|latest (?P<count>[1-9]\d{0,3})|since (?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a source takes from the rest of the file: the directory's names, the language, the time zone."""

    bodies: Collection[str] = field(default_factory=tuple)
    language: str = "fr"
    zone: str = "UTC"


def source(name: str, table: Table, around: Surroundings) -> Source:
    """One source."""
    table.only(*_KEYS)
    return Source(
        id=name,
        url=table.need("url", url, ""),
        attribution=table.one("attribution", text, f"Source : {name.upper()}"),
        every=table.one("every", _every, timedelta(hours=1)),
        mentions=table.many("mentions", one_of(around.bodies, "R034")),
        hashtags=table.many("hashtags", hashtag),
        language=table.one("language", language, around.language),
        backlog=table.one("backlog", lambda value: _backlog(value, around.zone), Backlog()),
        keep=table.many("keep", _rule),
        drop=table.many("drop", _rule),
    )


def _every(value: str) -> timedelta | Fault:
    found = duration(value)
    return Fault("R016") if isinstance(found, timedelta) and found < _OFTENEST else found


def _backlog(value: str, zone: str) -> Backlog | Fault:
    match = _BACKLOG.fullmatch(value)
    if match is None:
        return Fault("R055", {"value": value})
    if match["count"]:
        return Backlog("latest", count=int(match["count"]))
    if not match["day"]:
        return Backlog()
    try:
        morning = datetime.fromisoformat(match["day"]).replace(tzinfo=ZoneInfo(zone))
        return Backlog("since", moment=morning.astimezone(UTC))
    except (ValueError, OverflowError):
        return Fault("R055", {"value": value})


def _rule(value: str) -> Rule | Fault:
    match = _RULE.fullmatch(value)
    if match is None or match[1] not in _FIELDS:
        return Fault("R056", {"value": value, "known": ", ".join(_FIELDS)})
    if "\b" in value:
        at = value.index("\b")
        return Fault("R058", {}, (at, at + 1))
    if match[2] == "~" and (fault := fault_of_pattern(match[3], match.start(3))):
        return fault
    parts: list[Any] = [*match.groups()]  # the expression has made sure of the literals
    return Rule(*parts)
