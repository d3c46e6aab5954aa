"""Times as editors read them: in the office's zone, which is always named."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_DAYS = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def full(moment: datetime, zone: str, language: str) -> str:
    """``mar. 24 nov. 2026, 12:30 (Paris)``."""
    local = moment.astimezone(ZoneInfo(zone))
    day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    number = "1er" if language == "fr" and local.day == 1 else str(local.day)
    return f"{day} {number} {month} {local.year}, {local:%H:%M} ({place(zone)})"


def short(moment: datetime, now: datetime, zone: str, language: str) -> str:
    """The hour alone when it is today: ``12:30 (Paris)``."""
    same = moment.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date()
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M} ({place(zone)})" if same else full(moment, zone, language)


def brief(moment: datetime, now: datetime, zone: str, language: str) -> str:
    """``24 nov. 12:30``, for a column whose head names the zone; with the year where it is another one."""
    local = moment.astimezone(ZoneInfo(zone))
    year = "" if local.year == now.astimezone(ZoneInfo(zone)).year else f" {local.year}"
    return f"{local.day} {_MONTHS[language][local.month - 1]}{year} {local:%H:%M}"


def slot(moment: datetime, zone: str, language: str) -> str:
    """``mar. 24 nov., 12:30``, for what is soon."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_DAYS[language][local.weekday()]} {local.day} {_MONTHS[language][local.month - 1]}, {local:%H:%M}"


def weekday(day: int, language: str) -> str:
    """``lun.`` for 0."""
    return _DAYS[language][day]


def day(of: date, language: str) -> str:
    """``24 nov. 2026``."""
    number = "1er" if language == "fr" and of.day == 1 else str(of.day)
    return f"{number} {_MONTHS[language][of.month - 1]} {of.year}"


def place(zone: str) -> str:
    """What people call an IANA zone: its city."""
    return zone.rpartition("/")[2].replace("_", " ")
