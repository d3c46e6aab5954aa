"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from relay.core.crediting import source_names
from relay.core.feed import Imprint
from relay.core.post import Post
from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition
from relay.publish.imprint import author, homepage
from relay.publish.item import Item, items, utc
from relay.publish.labels import labels
from relay.publish.places import PLACES


def render(edition: Edition) -> tuple[Document, ...]:
    """``feed.json`` with the newest posts in full."""
    place = PLACES["json"]
    body = json.dumps(_feed(clean(edition, edition.feed.size), place.path), ensure_ascii=False, indent=1) + "\n"
    return (Document(place.path, place.media_type, body.encode()),)


def _feed(edition: Edition, path: str) -> dict[str, Any]:
    """The whole document; keys without a value are left out, as the specification asks."""
    feed, imprint = edition.feed, edition.feed.imprint
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": labels(feed.language).about.format(feed.title),
        "home_page_url": feed.link,
        "feed_url": feed.link + path,
        "icon": imprint.icon or imprint.logo,
        "favicon": imprint.icon,
        "language": feed.language,
        "authors": [{"name": author(feed), "url": feed.link}],
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "_relay": _terms(imprint),
    }
    # An empty list of items is a list all the same: the key must be there.
    return {key: value for key, value in said.items() if value} | {"items": [_item(item) for item in items(edition)]}


def _terms(imprint: Imprint) -> dict[str, str]:
    """What JSON Feed has no word for; ``about`` is where whoever meets it can ask."""
    said = {"about": homepage(), "rights": imprint.rights, "license": imprint.license}
    return {key: value for key, value in said.items() if value}


def _item(item: Item) -> dict[str, Any]:
    """One item; keys without a value are left out, as the specification asks. Content there must be."""
    post = item.post
    said = {
        "id": post.id,
        "url": post.url,
        "external_url": post.more_url,
        "title": item.title,
        "content_html": item.content,
        "content_text": None if item.content else item.title,
        "summary": post.lead,
        "image": post.picture.url if post.picture else None,
        "date_published": utc(post.published).isoformat(),
        "date_modified": utc(post.updated).isoformat(),
        "language": post.language,
        "authors": [{"name": post.author}] if post.author else None,
        "tags": [tag.term for tag in item.tags],
        "attachments": _attachments(item),
        "_relay": _sources(post),
    }
    return {key: value for key, value in said.items() if value}


def _sources(post: Post) -> dict[str, Any] | None:
    """All who bring the same news, where there are several: ``external_url`` has room for one of them."""
    found = [{"name": credit.label, **({"url": credit.url} if credit.url else {})} for credit in source_names(post)]
    return {"sources": found} if post.also else None


def _attachments(item: Item) -> list[dict[str, Any]]:
    file = item.attachment
    return [{"url": file.url, "mime_type": file.type, "size_in_bytes": file.length}] if file else []
