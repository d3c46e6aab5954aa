"""An edition in feedgen's hands: what Atom and RSS have in common.

feedgen makes every entry, once: a document is its head, the entries as they were made, and its end.
"""

from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from relay.publish.cleaning import clean
from relay.publish.completion import NAME, EntryCompletion, FeedCompletion
from relay.publish.format import Document, Edition
from relay.publish.history import past
from relay.publish.imprint import describe, homepage
from relay.publish.item import KEPT, Item, each, items, utc, without_posts
from relay.publish.kept import Kept
from relay.publish.labels import labels
from relay.publish.places import Place, archived, subscriptions

_TTL = 60
"""Minutes a reader may keep an RSS document without asking again."""


_ATOM = "application/atom+xml"
_END = {_ATOM: b"</feed>\n", "application/rss+xml": b"  </channel>\n</rss>\n"}
_ENTRY = {_ATOM: b"  <entry", "application/rss+xml": b"    <item"}
_ENTRIES: dict[str, Kept[bytes]] = {media_type: Kept(KEPT) for media_type in _ENTRY}


def document(edition: Edition, main: Place) -> Document:
    """The subscription document at ``main``, or the archive document of the same kind that the edition is."""
    number = edition.history.number
    is_archive = number is not None
    place = main if number is None else archived(main, number)
    body = joined(clean(edition, None if is_archive else edition.feed.size), place)
    return Document(place.path, f"{place.media_type}; charset=utf-8", body)


def joined(edition: Edition, place: Place) -> bytes:
    """The document of a clean edition at ``place``; of an edition with ``looks`` no entry is made a second time."""
    if not edition.looks:
        return _whole(edition, place)
    bare = replace(without_posts(edition), gone=edition.gone)
    head, end = _whole(bare, place), _END[place.media_type]
    kind = replace(place, path="")  # an entry is the same in the subscription document and in an archive
    entries = each(edition, edition.posts, _ENTRIES[place.media_type], partial(_entry, kind))
    return b"".join((head.removesuffix(end), *entries, end))


def _entry(place: Place, alone: Edition) -> bytes:
    """The entry as feedgen writes it into a feed of its own. No text can look like a tag: its "<" is escaped."""
    generator = _generator()
    _name(generator, alone)
    _fill(generator, alone)
    whole = _written(generator, place)
    return whole[whole.index(_ENTRY[place.media_type]) :].removesuffix(_END[place.media_type])


def _whole(edition: Edition, place: Place) -> bytes:
    return _written(assemble(edition, place), place)


def _written(generator: Any, place: Place) -> bytes:
    written: bytes = generator.atom_str(pretty=True) if place.media_type == _ATOM else generator.rss_str(pretty=True)
    return written


def assemble(edition: Edition, place: Place) -> Any:
    """A feedgen feed of a clean edition, ready to be written as the document at ``place``."""
    generator = _generator()
    getattr(generator, NAME).hubs = edition.feed.hubs
    getattr(generator, NAME).imprint = edition.feed.imprint
    getattr(generator, NAME).past = past(edition, place)
    _describe(generator, edition)
    _link(generator, edition, place)
    _name(generator, edition)
    _fill(generator, edition)
    return generator


def _generator() -> Any:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  # only who publishes a feed needs it

    generator = FeedGenerator()
    generator.register_extension(NAME, FeedCompletion, EntryCompletion)
    return generator


def _describe(generator: Any, edition: Edition) -> None:
    feed = edition.feed
    generator.language(feed.language)
    describe(generator, feed)
    generator.generator("relay", version=_version(), uri=homepage())
    generator.ttl(_TTL)


def _link(generator: Any, edition: Edition, place: Place) -> None:
    feed = edition.feed
    generator.link(href=feed.link + place.path, rel="self", type=place.media_type)
    for other in subscriptions(feed) if edition.history.number is None else ():
        if other != place:
            generator.link(href=feed.link + other.path, rel="alternate", type=other.media_type, title=other.label)
    for hub in feed.hubs:
        generator.link(href=hub, rel="hub")


def _name(generator: Any, edition: Edition) -> None:
    """What feedgen asks of any feed."""
    feed = edition.feed
    generator.id(edition.id)
    generator.title(feed.title)
    generator.description(labels(feed.language).about.format(feed.title))
    # Left alone, feedgen writes the time of the build into both.
    generator.updated(utc(edition.updated))
    generator.lastBuildDate(utc(edition.updated))
    # The last one, because feedgen takes it for the channel's own.
    generator.link(href=feed.link, rel="alternate", type="text/html", hreflang=feed.language)


def _fill(generator: Any, edition: Edition) -> None:
    for item in items(edition):
        entry = generator.add_entry(order="append")
        getattr(entry, NAME).item = item
        getattr(entry, NAME).feed_language = edition.feed.language
        _tell(entry, item)


def _tell(entry: Any, item: Item) -> None:
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


@cache
def _version() -> str:
    return version("relay")
