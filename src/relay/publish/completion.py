"""What feedgen cannot say, said through its own extension interface: one class for the feed, one for its entries.

feedgen 1.0.0 makes its Atom elements without a namespace and writes ``xmlns`` as an attribute; elements added
here must be made the same way, or they would come out with a prefix. It also loses ``rel``, ``type`` and
``hreflang`` of an entry's links, so every link of an entry is made here.
"""

from collections.abc import Iterator

from lxml.etree import SubElement, _Element

from relay.core.source import Origin
from relay.publish.item import Item, utc

NAME = "relay"
"""The attribute under which feedgen keeps an extension: ``entry.relay``."""

_MEDIA = "http://search.yahoo.com/mrss/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedCompletion:
    """Declares the namespaces that entries use."""

    def extend_ns(self) -> dict[str, str]:
        """Prefixes, declared once on the root element."""
        return {"media": _MEDIA, "dc": _DUBLIN_CORE}

    def extend_atom(self, feed: _Element) -> _Element:
        """Nothing: feedgen says all that our Atom feeds need."""
        return feed

    def extend_rss(self, rss: _Element) -> _Element:
        """Nothing: feedgen says all that our RSS channels need."""
        return rss


class EntryCompletion:
    """The links, the origin, the picture, the author and the language of one entry."""

    def __init__(self) -> None:
        self.item: Item | None = None
        self.feed_language = ""

    def extend_atom(self, entry: _Element) -> _Element:
        """Links, ``xml:lang`` where it differs, ``media:thumbnail``, ``atom:source`` (RFC 4287 §4.2.11)."""
        if self.item:
            for link in _links(self.item):
                SubElement(entry, "link", link)
            _add_thumbnail(entry, self.item)
            if self.item.post.language and self.item.post.language != self.feed_language:
                entry.set(_LANGUAGE, self.item.post.language)
            if self.item.origin:
                _add_source(entry, self.item.origin)
        return entry

    def extend_rss(self, element: _Element) -> _Element:
        """The same for RSS 2.0; ``dc:creator`` because ``author`` would have to be an e-mail address."""
        if self.item:
            SubElement(element, "link").text = self.item.post.url
            if file := self.item.attachment:
                SubElement(element, "enclosure", url=file.url, length=str(file.length), type=file.type)
            _add_thumbnail(element, self.item)
            if self.item.post.author:
                SubElement(element, f"{{{_DUBLIN_CORE}}}creator").text = self.item.post.author
            if self.item.origin and self.item.origin.feed_url:
                source = SubElement(element, "source", url=self.item.origin.feed_url)
                source.text = _name(self.item.origin)
        return element


def _links(item: Item) -> Iterator[dict[str, str]]:
    """One ``alternate`` (a second would need another type), where it comes from, what to read too, the picture."""
    post = item.post
    yield {"rel": "alternate", "type": "text/html", "hreflang": post.language, "href": post.url}
    if post.more_url:
        yield {"rel": "via", "type": "text/html", "href": post.more_url}
    for other in post.related:
        yield {"rel": "related", "type": "text/html", "title": other.title, "href": other.url}
    if file := item.attachment:
        yield {"rel": "enclosure", "type": file.type, "length": str(file.length), "href": file.url}


def _add_thumbnail(entry: _Element, item: Item) -> None:
    if item.post.picture:
        SubElement(entry, f"{{{_MEDIA}}}thumbnail", url=item.post.picture.url)


def _add_source(entry: _Element, origin: Origin) -> None:
    source = SubElement(entry, "source")
    SubElement(source, "id").text = origin.id or origin.feed_url
    SubElement(source, "title").text = _name(origin)
    SubElement(source, "updated").text = utc(origin.updated).isoformat()
    if origin.feed_url:
        SubElement(source, "link", rel="self", href=origin.feed_url)
    if origin.site_url:
        SubElement(source, "link", rel="alternate", type="text/html", href=origin.site_url)


def _name(origin: Origin) -> str:
    return origin.title or origin.site_url or origin.feed_url
