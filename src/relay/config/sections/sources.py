"""``[sources.…]``: where the news comes from."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from relay.config.sections.filters import rule
from relay.config.sections.selectors import selectors
from relay.config.table import Fault, Table
from relay.config.values import choice, duration, hashtag, language, one_of, text, url
from relay.core.source import Backlog, Pictures, Source

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
    "merge",
    "pictures",
)
_PICTURES: tuple[Pictures, ...] = get_args(Pictures)
_OFTENEST = timedelta(minutes=5)
_BACKLOG = re.compile(r"none|latest (?P<count>[1-9]\d{0,3})|since (?P<day>\d{4}-\d\d-\d\d)")


_LONGEST, _NONE = timedelta(days=7), Backlog()
"""One for all: there are configurations of ten thousand sources."""


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
        attribution=table.one("attribution", text, _usual(name, around.language)),
        every=table.one("every", _every, None),
        longest=table.one("longest", duration, _LONGEST),
        mentions=table.many("mentions", one_of(around.bodies, "R034")),
        hashtags=table.many("hashtags", hashtag),
        language=table.one("language", language, around.language),
        backlog=table.one("backlog", lambda value: _backlog(value, around.zone), _NONE),
        keep=table.many("keep", rule(around.zone)),
        drop=table.many("drop", rule(around.zone)),
        push=table.flag("push", default=True),
        merge=table.flag("merge", default=True),
        select=selectors(table),
        pictures=table.one("pictures", choice(*_PICTURES), "page"),
        fulltext=table.flag("fulltext", default=False),
    )


def _usual(name: str, language: str) -> str:
    """The attribution of a source that has none of its own: French has a space before a colon."""
    return f"Source : {name.upper()}" if language.startswith("fr") else f"Source: {name.upper()}"


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
