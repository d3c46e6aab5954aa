"""A document as ``relay parse --json`` prints it."""

from datetime import UTC, datetime, timedelta

from relay.core.document import ParsedEntry, ParsedFeed, Person, Picture


def as_json(file: str, feed: ParsedFeed) -> dict[str, object]:
    """Of JSON's types only; times are UTC with ``Z``, absent is ``None`` or an empty list."""
    return {
        "file": file,
        "ok": feed.error is None,
        "error": feed.error,
        "repaired": list(feed.repaired),
        "format": feed.format,
        "feed": {**_masthead(feed), **_rhythm(feed)},
        "entries": [_entry(entry) for entry in feed.entries],
    }


def _masthead(feed: ParsedFeed) -> dict[str, object]:
    return {
        "id": feed.id,
        "title": feed.title,
        "url": feed.url,
        "self": feed.self_url,
        "hub": list(feed.hubs),
        "language": feed.language,
        "updated": _time(feed.updated),
        "description": feed.description,
        "rights": feed.rights,
        "authors": _people(feed.authors),
        "categories": list(feed.categories),
        "image": _image(feed.picture),
        "icon": feed.icon,
        "generator": feed.generator,
    }


def _rhythm(feed: ParsedFeed) -> dict[str, object]:
    """What the publisher asks of readers, and where the rest of the entries is."""
    return {
        "ttl_minutes": _minutes(feed.ttl),
        "period_minutes": _minutes(feed.period),
        "skip_hours": sorted(feed.skip_hours),
        "skip_days": sorted(feed.skip_days),
        "complete": feed.is_complete,
        "previous": feed.previous,
    }


def _entry(entry: ParsedEntry) -> dict[str, object]:
    origin = entry.provenance
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "language": entry.language,
        "authors": _people(entry.authors),
        "categories": list(entry.categories),
        "enclosures": [{"url": one.url, "type": one.type, "length": one.length} for one in entry.enclosures],
        "image": _image(entry.picture),
        "comments": entry.comments,
        "source": {"title": origin.title, "url": origin.url} if origin else None,
        "rights": entry.rights,
    }


def _people(people: tuple[Person, ...]) -> list[dict[str, str | None]]:
    return [{"name": one.name, "email": one.email, "url": one.url} for one in people]


def _image(picture: Picture | None) -> dict[str, str] | None:
    return {"url": picture.url, "alt": picture.alt} if picture else None


def _minutes(span: timedelta | None) -> int | None:
    return int(span.total_seconds() // 60) if span else None


def _time(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if moment else None
