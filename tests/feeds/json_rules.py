"""What JSON Feed 1.1 asks of a document (https://www.jsonfeed.org/version/1.1/), each under a name of our own."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

Object = dict[str, Any]
Rule = Callable[[Object], bool]
"""Whether the document breaks it."""

_ADDRESSES = ("url", "external_url", "image", "banner_image", "home_page_url", "feed_url", "icon", "favicon", "avatar")


def json_findings(document: bytes) -> list[str]:
    """The names of all rules that a document breaks."""
    feed = json.loads(document)
    return [name for name, broken in JSON_RULES.items() if broken(feed)]


def _items(feed: Object) -> list[Object]:
    found: list[Object] = feed.get("items", [])
    return found


def _objects(value: Any) -> Iterator[Object]:
    """Every object in it, however deep."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for one in inner:
        yield from _objects(one)


def _addresses(feed: Object) -> list[str]:
    return [found[name] for found in _objects(feed) for name in _ADDRESSES if name in found]


def _dates(feed: Object) -> list[str]:
    return [item[name] for item in _items(feed) for name in ("date_published", "date_modified") if name in item]


def _is_dated(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _files(feed: Object) -> list[Object]:
    return [file for item in _items(feed) for file in item.get("attachments", ())]


def _is_file(file: Object) -> bool:
    is_typed = "/" in file.get("mime_type", "")
    return bool(file.get("url")) and is_typed and isinstance(file.get("size_in_bytes", 0), int)


JSON_RULES: dict[str, Rule] = {
    "version": lambda feed: feed.get("version") != "https://jsonfeed.org/version/1.1",
    "title": lambda feed: not feed.get("title"),
    "items": lambda feed: not isinstance(feed.get("items"), list),
    "id": lambda feed: not all(item.get("id") and isinstance(item["id"], str) for item in _items(feed)),
    "same id": lambda feed: len({item.get("id") for item in _items(feed)}) != len(_items(feed)),
    "content": lambda feed: not all({"content_html", "content_text"} & item.keys() for item in _items(feed)),
    "address": lambda feed: not all(url.startswith(("https://", "http://")) for url in _addresses(feed)),
    "date": lambda feed: not all(map(_is_dated, _dates(feed))),
    "attachment": lambda feed: not all(map(_is_file, _files(feed))),
    "author": lambda feed: any("author" in one for one in (feed, *_items(feed))),
    "tag": lambda feed: any(tag.startswith("#") for item in _items(feed) for tag in item.get("tags", ())),
    "empty": lambda feed: any(
        value in (None, "", {}) or (value == [] and key != "items")
        for found in _objects(feed)
        for key, value in found.items()
    ),
    "next": lambda feed: feed.get("next_url", "") == feed.get("feed_url"),
    "hub": lambda feed: not all(hub.get("type") and hub.get("url") for hub in feed.get("hubs", ())),
}
