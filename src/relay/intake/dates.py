"""Dates as they are met in feeds → instants in UTC. Where no zone is given, it is taken to be UTC."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OLDEST = 1900
"""Dates before this year stand for "none" in some database."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "fev feb",
            "mar",
            "avr apr",
            "mai may",
            "juin jun",
            "juil jul",
            "aou aug",
            "sep",
            "oct okt",
            "nov",
            "dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
_HOURS = {
    name: hours
    for hours, names in (
        *((0, "z ut utc gmt wet"), (1, "cet met west bst"), (2, "cest mest eet"), (3, "eest msk"), (9, "jst")),
        *((-3, "adt"), (-4, "edt ast at"), (-5, "est cdt et"), (-6, "cst mdt ct"), (-7, "mst pdt mt"), (-8, "pst pt")),
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})[a-z]*\.?"
_CLOCK = re.compile(
    r"(?<!\d)t?(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"\s?(?P<name>etc/gmt|[a-z]+/[a-z_]+(?:/[a-z_]+)?|[a-z]{1,4}(?![a-z]))?"
    r"\s?(?:(?P<sign>[+-])(?P<oh>\d{1,2}?):?(?P<om>\d\d)?(?!\d))?"
)
_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3}) "
    r"([01]\d|2[0-3]):([0-5]\d):(\d\d) (?:GMT|UTC|Z|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_FOREIGN = re.compile("[^\\W\\d_\x00-\u036f]")
"""A letter that is not Latin: what it says of the hour is not known, and no date is better than a wrong one."""
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/. ](?P<number>\d{1,2})(?:[-/. ](?P<day>\d{1,2}))?(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})[-/. ]{_MONTH}[-/. ](?P<day>\d{{1,2}})",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?[-/., ]+{_MONTH},?[-/ ]+(?P<year>\d{{4}}|\d\d)(?!\d)",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<number>\d{1,2})[-/.](?P<year>\d{4})(?!\d)",
        rf"^{_MONTH} (?P<year>\d{{4}})$",
        r"^(?P<year>\d{4})$",
    )
)


def parse(text: object) -> datetime | None:
    """The instant that ``text`` names in RFC 822, ISO 8601, French, American or Unix fashion; ``None`` for others."""
    if not isinstance(text, str):
        return None
    found = " ".join(text[:100].split()).removesuffix(" 00")
    try:
        instant = _of_mail(found) or _unix(found) or _iso(found) or _ordinal(found) or _written(_folded(found))
    except (ValueError, OverflowError):
        return None
    return instant if instant and instant.year >= OLDEST else None


def _of_mail(text: str) -> datetime | None:
    """RFC 822 as it is meant, which most feeds write: the same as by the patterns below, in a tenth of the time."""
    match = _MAIL.fullmatch(text)
    if not match:
        return None
    day, month, year, hour, minute, second, sign, ahead, rest = match.groups()
    zone = UTC
    if sign:
        offset = timedelta(hours=int(ahead), minutes=int(rest))
        zone = timezone(-offset if sign == "-" else offset)
    numbers = (int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), min(int(second), 59))
    return datetime(*numbers, tzinfo=zone).astimezone(UTC)


def _unix(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, from 2001 on: shorter numbers are something else."""
    if not re.fullmatch(r"1\d{9}(\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _iso(text: str) -> datetime | None:
    """ISO 8601 as written by machines; what it does not read may still be a date."""
    if not re.match(r"\d{4}-(?:\d\d-\d\d|W\d\d)[Tt ]?", text):
        return None
    try:
        instant = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)


def _ordinal(text: str) -> datetime | None:
    """Year and day of the year (ISO 8601 §5.2.2)."""
    match = re.match(r"(\d{4})-(\d{3})(?!\d|-)", text)
    if not match:
        return None
    moment = datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    return moment if moment.year == int(match[1]) else None


def _folded(text: str) -> str:
    """Lower case, without accents."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)).lower()


def _written(text: str) -> datetime | None:
    if _FOREIGN.search(text):
        return None
    clock = _CLOCK.search(text)
    rest = f"{text[: clock.start()]} {text[clock.end() :]}" if clock else text
    day = _day(" ".join(rest.split()))
    if day is None or clock is None:
        return day
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"] == "p" else 0)
    midnight = timedelta(days=1 if (hour, minute, second) == (24, 0, 0) else 0)
    local = day.replace(hour=hour % 24 if hour == 24 else hour, minute=minute, second=min(second, 59))
    return (local + midnight).replace(tzinfo=_zone(clock)).astimezone(UTC)


def _day(text: str) -> datetime | None:
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            return _of(match.groupdict())
    return None


def _of(parts: dict[str, str | None]) -> datetime:
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    month = _MONTHS.get(parts.get("month") or "") or int(parts.get("number") or 1)
    day = int(parts.get("day") or 1)
    if month > 12 and day <= 12:
        month, day = day, month
    return datetime(year, month, day, tzinfo=UTC)


def _zone(clock: re.Match[str]) -> tzinfo:
    if clock["sign"]:
        ahead = timedelta(hours=int(clock["oh"]), minutes=int(clock["om"] or 0))
        return timezone(-ahead if clock["sign"] == "-" else ahead)
    name = clock["name"] or ""
    if "/" not in name:
        return timezone(timedelta(hours=_HOURS.get(name, 0)))
    try:
        return ZoneInfo("/".join(part.title() for part in name.split("/")))
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
