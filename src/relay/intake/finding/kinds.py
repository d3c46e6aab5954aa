"""By which words a link says that it leads to a feed."""

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/rdf+xml",
        "application/x.atom+xml",
        "application/x-atom+xml",
    }
)
_NO_FEED = ("wp-json", "oembed")
"""WordPress announces its interfaces as ``application/json`` too."""


def is_feed(rel: str | None, kind: str | None, address: str) -> bool:
    """Whether a link of this relation and media type is to a feed (https://blog.whatwg.org/feed-autodiscovery)."""
    media = (kind or "").partition(";")[0].strip().lower()
    if "alternate" not in (rel or "").lower().split() or media not in _TYPES:
        return False
    return media != "application/json" or not any(word in address for word in _NO_FEED)
