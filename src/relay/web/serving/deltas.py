"""A feed in parts, and the parts that are news for one reader: the instance manipulation "feed" of RFC 3229.

The document that is served is the only thing read, so that a delta can say nothing else than it.
"""

import hashlib
import json
from collections.abc import Iterator
from sys import intern
from typing import Any

from lxml import etree

_ENTRIES = ("{http://www.w3.org/2005/Atom}entry", "item")
_COMPLETE = "{http://purl.org/syndication/history/1.0}complete"


def entries(body: bytes, media_type: str) -> frozenset[str]:
    """The digests of a feed's entries; none of what is no feed, or none that can be read."""
    if _is_json(media_type):
        return frozenset(_digest(_json_bytes(item)) for item in _items(_object(body)))
    root = _tree(body) if _is_xml(media_type) else None
    return frozenset() if root is None else frozenset(_digest(_xml_bytes(entry)) for entry in root.iter(*_ENTRIES))


def without(body: bytes, media_type: str, known: frozenset[str]) -> bytes:
    """The same feed without the entries whose digests are ``known``."""
    if _is_json(media_type):
        feed = _object(body)
        feed["items"] = [item for item in _items(feed) if _digest(_json_bytes(item)) not in known]
        return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
    root = _tree(body)
    assert root is not None  # it had entries
    for entry in list(root.iter(*_ENTRIES)):
        if _digest(_xml_bytes(entry)) in known:
            _drop(entry)
    # Whoever read that this is all there is would forget the rest (RFC 5005 §2).
    for complete in list(root.iter(_COMPLETE)):
        _drop(complete)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _is_json(media_type: str) -> bool:
    return media_type.startswith("application/feed+json")


def _is_xml(media_type: str) -> bool:
    return media_type.startswith(("application/atom+xml", "application/rss+xml"))


def _tree(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _items(feed: dict[str, Any]) -> Iterator[Any]:
    yield from feed.get("items", ())


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _xml_bytes(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", with_tail=False)


def _json_bytes(item: Any) -> bytes:
    return json.dumps(item, sort_keys=True).encode()


def _digest(content: bytes) -> str:
    """Interned: a hundred versions of a feed say the same of most entries, and forgotten with the last of them."""
    return intern(hashlib.sha256(content).hexdigest()[:16])
