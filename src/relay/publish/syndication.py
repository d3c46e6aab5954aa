"""An edition in feedgen's hands: what Atom and RSS have in common."""

from importlib.metadata import version
from typing import Any

from feedgen.feed import FeedGenerator

from relay.publish.completion import NAME, EntryCompletion, FeedCompletion
from relay.publish.format import Edition
from relay.publish.imprint import describe, homepage
from relay.publish.item import Item, items, utc
from relay.publish.labels import labels
from relay.publish.places import Place, subscriptions

_TTL = 60
"""Minutes a reader may keep an RSS document without asking again."""


def assemble(edition: Edition, place: Place) -> Any:
    """A feedgen feed of a clean edition, ready to be written as the document at ``place``."""
    generator = FeedGenerator()
    generator.register_extension(NAME, FeedCompletion, EntryCompletion)
    getattr(generator, NAME).hubs = edition.feed.hubs
    getattr(generator, NAME).imprint = edition.feed.imprint
    _describe(generator, edition)
    _link(generator, edition, place)
    for item in items(edition):
        entry = generator.add_entry(order="append")
        getattr(entry, NAME).item = item
        getattr(entry, NAME).feed_language = edition.feed.language
        _fill(entry, item)
    return generator


def _describe(generator: Any, edition: Edition) -> None:
    feed = edition.feed
    generator.id(edition.id)
    generator.title(feed.title)
    generator.description(labels(feed.language).about.format(feed.title))
    generator.language(feed.language)
    describe(generator, feed)
    # Left alone, feedgen writes the time of the build into both.
    generator.updated(utc(edition.updated))
    generator.lastBuildDate(utc(edition.updated))
    generator.generator("relay", version=version("relay"), uri=homepage())
    generator.ttl(_TTL)


def _link(generator: Any, edition: Edition, place: Place) -> None:
    feed = edition.feed
    generator.link(href=feed.link + place.path, rel="self", type=place.media_type)
    for other in subscriptions(feed):
        if other != place:
            generator.link(href=feed.link + other.path, rel="alternate", type=other.media_type, title=other.label)
    for hub in feed.hubs:
        generator.link(href=hub, rel="hub")
    # The last one, because feedgen takes it for the channel's own.
    generator.link(href=feed.link, rel="alternate", type="text/html", hreflang=feed.language)


def _fill(entry: Any, item: Item) -> None:
    entry.id(item.post.id)
    entry.title(item.title)
    entry.published(utc(item.post.published))
    entry.updated(utc(item.post.updated))
    entry.content(item.content, type="html")
    if item.post.lead:
        entry.summary(item.post.lead, type="text")
    if item.post.author:
        entry.author(name=item.post.author)
    for tag in item.tags:
        entry.category(term=tag.term, scheme=tag.scheme)
