"""What a publisher's server answers at an instant, from what was asked and nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from benchmarks.farm.documents import document, http_date
from benchmarks.farm.news import newest, published
from benchmarks.farm.replies import reply
from benchmarks.farm.site import START, Site

Manner = Literal["whole", "slow", "hang", "drip", "reset"]
Header = tuple[bytes, bytes]

RSS, ATOM = b"application/rss+xml; charset=utf-8", b"application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with what it means to whoever understands it.

    ``fresh`` is what ``Cache-Control`` or ``Expires`` come to, ``pause`` what ``Retry-After`` does. ``newest`` is the
    newest entry that can be read in the body, ``None`` where there is no feed. ``bytes_of`` names the body: another
    name, other bytes.
    """

    status: int
    body: bytes = b""
    headers: tuple[Header, ...] = ()
    manner: Manner = "whole"
    etag: bytes | None = None
    modified: bytes | None = None
    fresh: timedelta | None = None
    pause: timedelta | None = None
    newest: int | None = None
    bytes_of: str = ""


def answer(site: Site, hop: int, conditions: tuple[bytes | None, bytes | None], now: datetime, turn: int) -> Answer:
    """``hop``: which address of the way was asked; ``conditions``: ETag and date; ``turn``: the farm's own count."""
    dated = ((b"Date", http_date(now + site.skew).encode()),)
    if hop < len(site.hops):
        return Answer(site.hops[hop], headers=dated)
    wrong = site.reply(now)
    if wrong is None or wrong == "slow":
        well = _well(site, conditions, now, turn)
        return replace(well, headers=(*well.headers, *dated), manner="slow" if wrong else "whole")
    return _unwell(wrong, site, now, dated)


def _unwell(wrong: str, site: Site, now: datetime, dated: tuple[Header, ...]) -> Answer:
    if wrong in {"hang", "drip", "reset"}:
        return Answer(200, _document(site, now), dated, wrong)  # type: ignore[arg-type]  # one of Manner, just seen
    found = reply(wrong, now + site.skew, _document(site, now))
    return Answer(found.status, found.body, (*dated, *found.headers), etag=found.etag, pause=found.pause)


def _well(site: Site, conditions: tuple[bytes | None, bytes | None], now: datetime, turn: int) -> Answer:
    latest = newest(site, now)
    etag, modified = _etag(site, latest, now, turn), _modified(site, latest)
    same = Answer(304, headers=_headers(site, etag, modified, now), etag=etag, modified=modified, fresh=_fresh(site))
    if _is_known(site, conditions, etag, modified):
        return replace(same, bytes_of="")
    noise = f"{now.isoformat()} {'!' * (turn % 5)}" if site.noise else ""
    body = document(site, latest, renamed=_is_renamed(site, now), noise=noise)
    kind = ((b"Content-Type", ATOM if site.atom else RSS),)
    name = f"{latest} {_is_renamed(site, now)} {noise}"
    return replace(same, status=200, body=body, headers=(*kind, *same.headers), newest=latest, bytes_of=name)


def _is_known(
    site: Site, conditions: tuple[bytes | None, bytes | None], etag: bytes | None, date: bytes | None
) -> bool:
    """Whether the asker has this document (RFC 9110 §13.1: of two conditions, the ETag counts)."""
    if site.etag == "restless":
        return False
    known_etag, known_date = conditions
    if known_etag is not None:
        return etag is not None and known_etag.removeprefix(b"W/") == etag.removeprefix(b"W/")
    return known_date is not None and known_date == date


def _etag(site: Site, latest: int, now: datetime, turn: int) -> bytes | None:
    name = b"%d-%d-%d" % (site.number, latest, _is_renamed(site, now))
    match site.etag:
        case "strong":
            return b'"%s"' % name
        case "weak":
            return b'W/"%s"' % name
        case "bare":
            return name
        case "bytes":
            return b'"%s\xe9"' % name
        case "restless":
            return b'"%d-%d"' % (site.number, turn)
        case "none":
            return None


def _modified(site: Site, latest: int) -> bytes | None:
    return http_date(published(site, latest)).encode() if site.modified else None


def _headers(site: Site, etag: bytes | None, modified: bytes | None, now: datetime) -> tuple[Header, ...]:
    expires = http_date(now + site.skew + site.expires).encode() if site.expires else None
    cache = site.cache.encode() if site.cache else None
    named = ((b"ETag", etag), (b"Last-Modified", modified), (b"Cache-Control", cache), (b"Expires", expires))
    return tuple((name, value) for name, value in named if value is not None)


def _fresh(site: Site) -> timedelta | None:
    if site.cache:
        return timedelta(seconds=int(site.cache.partition("max-age=")[2] or 0))
    return site.expires


def _is_renamed(site: Site, now: datetime) -> bool:
    return site.renamed_at is not None and now >= START + site.renamed_at


@lru_cache(maxsize=256)
def _document(site: Site, now: datetime) -> bytes:
    return document(site, newest(site, now))
