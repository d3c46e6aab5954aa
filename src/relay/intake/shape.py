"""A document as ``relay parse --json`` prints it."""

from datetime import UTC, datetime

from relay.core.document import ParsedEntry, ParsedFeed


def as_json(file: str, feed: ParsedFeed) -> dict[str, object]:
    """Of JSON's types only; times are UTC with ``Z``, absent is ``None`` or an empty list."""
    return {
        "file": file,
        "ok": feed.error is None,
        "error": feed.error,
        "repaired": list(feed.repaired),
        "format": feed.format,
        "feed": {
            "id": feed.id,
            "title": feed.title,
            "url": feed.url,
            "self": feed.self_url,
            "hub": list(feed.hubs),
            "language": feed.language,
            "updated": _time(feed.updated),
            "ttl_minutes": int(feed.ttl.total_seconds() // 60) if feed.ttl else None,
        },
        "entries": [_entry(entry) for entry in feed.entries],
    }


def _entry(entry: ParsedEntry) -> dict[str, object]:
    picture = entry.picture
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "language": entry.language,
        "authors": [{"name": one.name, "email": one.email, "url": one.url} for one in entry.authors],
        "categories": list(entry.categories),
        "enclosures": [{"url": one.url, "type": one.type, "length": one.length} for one in entry.enclosures],
        "image": {"url": picture.url, "alt": picture.alt} if picture else None,
    }


def _time(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if moment else None
