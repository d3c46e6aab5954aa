"""The documents that publishers serve."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

from benchmarks.farm.news import listed, name, published
from benchmarks.farm.site import HOUR, Site

_NAMESPACES = (
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
_WORDS = "Le centre annonce le lancement d’un satellite, et la région en profite. " * 4


@lru_cache(maxsize=8192)
def document(site: Site, newest: int, *, renamed: bool = False, noise: str = "") -> bytes:
    """The feed of ``site`` when this is its newest entry; ``noise`` is what changes without anything being new."""
    told = [_entry(site, number, renamed=renamed, noise=noise) for number in reversed(listed(site, newest))]
    text = _atom(site, newest, told) if site.atom else _rss(site, told, noise)
    return text.encode()


def _rss(site: Site, items: list[str], noise: str) -> str:
    built = f"<lastBuildDate>{noise}</lastBuildDate>" if noise else ""
    ill = "<copyright>R&D &nbsp; cie</copyright>" if site.ill else ""
    head = f"<title>Site {site.number}</title><link>http://{site.host}/</link><description>Actualités</description>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {_NAMESPACES}><channel>{head}{built}{ill}'
        f"{_hints(site)}{''.join(items)}</channel></rss>"
    )


def _atom(site: Site, newest: int, entries: list[str]) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Site {site.number}'
        f"</title><id>http://{site.host}/</id><updated>{published(site, newest).isoformat()}</updated>"
        f'<link href="http://{site.host}/"/>{"".join(entries)}</feed>'
    )


def _entry(site: Site, number: int, *, renamed: bool, noise: str) -> str:
    called, date = name(site, number), published(site, number)
    link = f"http://news{site.told_as:04}.test/actualites/{called}"
    guid = f"urn:new:{called}" if renamed else f"urn:feed{site.number}:{called}"
    if site.atom:
        return (
            f'<entry><title>Nouvelle {called}</title><id>{guid}</id><link href="{link}"/><published>{date.isoformat()}'
            f"</published><updated>{date.isoformat()}</updated><summary>{_WORDS}</summary></entry>"
        )
    comments = f"<slash:comments>{len(noise) + number % 7}</slash:comments>" if noise else ""
    return (
        f'<item><title>Nouvelle {called}</title><link>{link}</link><guid isPermaLink="false">{guid}</guid>'
        f"<pubDate>{http_date(date)}</pubDate><description>{_WORDS}</description>{comments}</item>"
    )


def _hints(site: Site) -> str:
    ttl = f"<ttl>{int(site.hints.ttl.total_seconds() // 60)}</ttl>" if site.hints.ttl else ""
    hours = "".join(f"<hour>{hour}</hour>" for hour in sorted(site.hints.skip_hours))
    return ttl + (f"<skipHours>{hours}</skipHours>" if hours else "") + _period(site.hints.period)


def _period(period: timedelta | None) -> str:
    if period is None:
        return ""
    times = int(24 * HOUR / period)
    return f"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>{times}</sy:updateFrequency>"


def http_date(moment: datetime) -> str:
    """A date as HTTP writes it (RFC 9110 §5.6.7)."""
    return format_datetime(moment, usegmt=True)
