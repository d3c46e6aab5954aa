"""Bluesky's rich text: what is a link, a mention or a tag is told beside the text, by its bytes.

The lexicon is ``app.bsky.richtext.facet``. A server takes any offsets, also wrong ones, so they must be right here.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from relay.core.language.text import Span, graphemes, spans
from relay.networks.bluesky.syntax import is_handle

_TAG_GRAPHEMES, _TAG_BYTES = 64, 640
_PATH, _CUT = 15, 13
"""Characters of a path that is shown whole, and of one that is not."""


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of ``text`` in its order; ``dids`` gives who stands behind a handle, and others stay plain text."""
    found = []
    for span in spans(text):
        feature = _feature(span, dids)
        if feature:
            start = _bytes(text[: span.start])
            index = {"byteStart": start, "byteEnd": start + _bytes(span.text)}
            found.append({"index": index, "features": [feature]})
    return found


def handles(text: str) -> tuple[str, ...]:
    """The handles ("cget.bsky.social") that ``text`` mentions, as far as they can be handles of this network."""
    names = (span.text.removeprefix("@") for span in spans(text) if span.kind == "mention")
    return tuple(dict.fromkeys(name for name in names if is_handle(name)))


def ascii_uri(link: str) -> str | None:
    """A link in ASCII (RFC 3986), as Bluesky wants it; ``None`` for what cannot be written so."""
    if link.isascii():
        return link
    try:
        return str(httpx.URL(link))
    except (httpx.InvalidURL, UnicodeError):
        return None


def drawn(link: str) -> str:
    """A link as readers of the official app see it: host and path, of which a long one is cut."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    path = link.partition("://")[2].removeprefix(parts.netloc)
    path = "" if path == "/" else path
    return parts.netloc + (path if len(path) <= _PATH else f"{path[:_CUT]}...")


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str] | None:
    match span.kind:
        case "link":
            uri = ascii_uri(span.text)
            return {"$type": "app.bsky.richtext.facet#link", "uri": uri} if uri else None
        case "mention":
            did = dids.get(span.text.removeprefix("@"))
            return {"$type": "app.bsky.richtext.facet#mention", "did": did} if did else None
        case "hashtag":
            tag = span.text[1:]
            fits = graphemes(tag) <= _TAG_GRAPHEMES and _bytes(tag) <= _TAG_BYTES
            return {"$type": "app.bsky.richtext.facet#tag", "tag": tag} if fits else None


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
