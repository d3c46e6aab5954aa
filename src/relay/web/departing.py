"""When a cross-post leaves, and why then, in the reader's language: on pages, and on the command line."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from relay.core.scheduling.departure import Departure, Reason, Why
from relay.core.scheduling.quiet import name_of
from relay.web import moments
from relay.web.wording.said import said
from relay.web.words import speaker

_HOUR, _TWO_HOURS = timedelta(hours=1), timedelta(hours=2)
_SAME_DAY = timedelta(hours=24)


def when(departure: Departure, now: datetime, language: str) -> str:
    """``12:30 (Paris)`` on this day, else with the day; empty where only a person lets it go."""
    return moments.short(departure.moment, now, departure.zone, language) if departure.moment else ""


def why(departure: Departure, language: str) -> str:
    """All reasons in one line: ``next slot, 20 min after the one before it``."""
    return ", ".join(reason(one, departure, language) for one in departure.reasons)


def reason(one: Reason, departure: Departure, language: str) -> str:
    """One reason in words."""
    w, until = speaker(language), _until(one, departure, language)
    filled = {"text": said(one.text, language)[0], "until": until, "n": one.number, "span": _span(one.span, language)}
    match one.why:
        case Why.GAP | Why.BUDGET if not one.span:
            return w("why.pace")
        case Why.QUIET if until or not one.text:
            return w("why.quiet.until" if until else "why.quiet.hours", **filled)
        case Why.HOLIDAY if one.day:
            return w("why.holiday", name=name_of(one.text, one.day, language))
        case _:
            return w(f"why.{one.why}", **filled)


def _until(one: Reason, departure: Departure, language: str) -> str:
    """The hour alone, where that cannot be another day's."""
    if one.until is None:
        return ""
    is_near = departure.moment is not None and abs(departure.moment - one.until) < _SAME_DAY
    local = one.until.astimezone(ZoneInfo(departure.zone))
    return f"{local:%H:%M}" if is_near else moments.full(one.until, departure.zone, language)


def _span(span: timedelta, language: str) -> str:
    is_hours = span >= _TWO_HOURS and span % _HOUR == timedelta(0)
    unit, name = (_HOUR, "span.hours") if is_hours else (timedelta(minutes=1), "span.minutes")
    return speaker(language)(name, n=-(-span // unit))
