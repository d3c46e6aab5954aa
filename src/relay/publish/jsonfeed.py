"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition
from relay.publish.item import Item, items, utc
from relay.publish.labels import labels
from relay.publish.places import PLACES


def render(edition: Edition) -> tuple[Document, ...]:
    """``feed.json`` with the newest posts in full."""
    place = PLACES["json"]
    body = json.dumps(_feed(clean(edition, edition.feed.size), place.path), ensure_ascii=False, indent=1) + "\n"
    return (Document(place.path, place.media_type, body.encode()),)


def _feed(edition: Edition, path: str) -> dict[str, Any]:
    feed = edition.feed
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": labels(feed.language).about.format(feed.title),
        "home_page_url": feed.link,
        "feed_url": feed.link + path,
        "language": feed.language,
        "authors": [{"name": feed.title, "url": feed.link}],
        "items": [_item(item) for item in items(edition)],
    }


def _item(item: Item) -> dict[str, Any]:
    """One item; keys without a value are left out, as the specification asks."""
    post = item.post
    said = {
        "id": post.id,
        "url": post.url,
        "external_url": post.more_url,
        "title": item.title,
        "content_html": item.content,
        "summary": post.lead,
        "image": post.picture.url if post.picture else None,
        "date_published": utc(post.published).isoformat(),
        "date_modified": utc(post.updated).isoformat(),
        "language": post.language,
        "authors": [{"name": post.author}] if post.author else None,
        "tags": list(item.tags),
        "attachments": _attachments(item),
    }
    return {key: value for key, value in said.items() if value}


def _attachments(item: Item) -> list[dict[str, Any]]:
    file = item.attachment
    return [{"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}] if file else []
