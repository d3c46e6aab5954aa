"""When a publisher wants to be asked, as the document says it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from relay.intake.reading import fields
from relay.intake.reading.tree import texts

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = timedelta(days=366)


def ttl(head: Mapping[str, Any]) -> timedelta | None:
    """RSS 2.0 ``ttl``, which is in minutes."""
    minutes = fields.number(head.get("ttl")) or 0
    return timedelta(minutes=min(minutes, _LONGEST // timedelta(minutes=1))) or None


def period(head: Mapping[str, Any]) -> timedelta | None:
    """The syndication module's period, by the times that the feed changes in it."""
    span = _PERIODS.get(fields.clean(head.get("sy_updateperiod")).strip().lower())
    return span / (fields.number(head.get("sy_updatefrequency")) or 1) if span else None


def skip_hours(root: Any) -> frozenset[int]:
    """RSS ``skipHours``: 0 to 23, 24 being 0 as RSS 0.91 has it. Who skips every hour of the day means none."""
    numbers = (fields.number(text) for text in texts(root, "skiphours", "hour"))
    hours = frozenset(number % 24 for number in numbers if number is not None and number <= 24)
    return hours if len(hours) < 24 else frozenset()


def skip_days(root: Any) -> frozenset[int]:
    """RSS ``skipDays`` by their English names, Monday being 0. Who skips every day of the week means none."""
    named = (text.lower() for text in texts(root, "skipdays", "day"))
    days = frozenset(_DAYS.index(day) for day in named if day in _DAYS)
    return days if len(days) < 7 else frozenset()
