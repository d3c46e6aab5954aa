"""Sizes and spans of time as people say them."""

from datetime import timedelta
from decimal import Decimal

_UNITS = {"fr": ("octets", "ko", "Mo", "Go"), "en": ("bytes", "kB", "MB", "GB")}
_SPANS = (("year", 365 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))
_WORDS = {
    "fr": {
        "year": ("an", "ans"),
        "day": ("jour", "jours"),
        "hour": ("heure", "heures"),
        "minute": ("minute", "minutes"),
    },
    "en": {
        "year": ("year", "years"),
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
    },
}


def size(number: int, language: str) -> str:
    """Bytes in units of a thousand: ``12,3 ko``."""
    amount, unit = float(number), 0
    while amount >= 1000 and unit < 3:
        amount, unit = amount / 1000, unit + 1
    digits = f"{amount:.0f}" if unit == 0 or amount >= 100 else f"{amount:.1f}"
    return f"{_comma(digits, language)}\N{NO-BREAK SPACE}{_UNITS[language][unit]}"


def price(dollars: Decimal, language: str) -> str:
    """Dollars to their thousandth: ``0,015 USD``."""
    return f"{_comma(f'{dollars:.3f}', language)}\N{NO-BREAK SPACE}USD"


def seconds(number: float) -> str:
    """What an exchange took: ``420 ms``, ``30 s``."""
    return f"{number:.0f}\N{NO-BREAK SPACE}s" if number >= 10 else f"{number * 1000:.0f}\N{NO-BREAK SPACE}ms"


def span(of: timedelta, language: str) -> str:
    """The largest unit that fits, to a half: ``3 jours``, ``1,5 heure``."""
    seconds = of.total_seconds()
    name, length = next((one for one in _SPANS if seconds >= one[1]), _SPANS[-1])
    halves = round(seconds / length * 2)
    digits = f"{halves / 2:.1f}".removesuffix(".0")
    # French counts from two on; English calls only one by the singular.
    is_one = halves < 4 if language == "fr" else halves == 2
    return f"{_comma(digits, language)}\N{NO-BREAK SPACE}{_WORDS[language][name][0 if is_one else 1]}"


def _comma(digits: str, language: str) -> str:
    return digits.replace(".", ",") if language == "fr" else digits
