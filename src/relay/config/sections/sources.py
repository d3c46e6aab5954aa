"""``[sources.…]``: where the news comes from."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from relay.config.sections.filters import rule
from relay.config.sections.selectors import selectors
from relay.config.table import Fault, Table
from relay.config.values import duration, hashtag, language, one_of, text, url
from relay.core.source import Backlog, Source

_KEYS = (
    "url",
    "every",
    "longest",
    "attribution",
    "mentions",
    "hashtags",
    "language",
    "backlog",
    "keep",
    "drop",
    "select",
    "fulltext",
    "push",
)
_OFTENEST = timedelta(minutes=5)
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
        every=table.one("every", _every, None),
        longest=table.one("longest", duration, timedelta(days=7)),
        mentions=table.many("mentions", one_of(around.bodies, "R034")),
        hashtags=table.many("hashtags", hashtag),
        language=table.one("language", language, around.language),
        backlog=table.one("backlog", lambda value: _backlog(value, around.zone), Backlog()),
        keep=table.many("keep", rule(around.zone)),
        drop=table.many("drop", rule(around.zone)),
        push=table.flag("push", default=True),
        select=selectors(table),
        fulltext=table.flag("fulltext", default=False),
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
