"""Days and months by their whole names, in the reader's language."""

from datetime import date

_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH = "January February March April May June July August September October November December"
_MONTHS = {"fr": tuple(_FRENCH.split()), "en": tuple(_ENGLISH.split())}


def whole_day(on: date, language: str) -> str:
    """``mardi 24 novembre 2026``, ``Tuesday 24 November 2026``."""
    number = "1er" if language == "fr" and on.day == 1 else str(on.day)
    return f"{_DAYS[language][on.weekday()]} {number} {_MONTHS[language][on.month - 1]} {on.year}"


def month(of: date, language: str) -> str:
    """``novembre 2026``."""
    return f"{_MONTHS[language][of.month - 1]} {of.year}"


def weekdays(language: str) -> tuple[str, ...]:
    """From Monday on."""
    return _DAYS[language]
