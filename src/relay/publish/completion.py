"""What feedgen cannot say, said through its own extension interface: one class for the feed, one for its entries.

feedgen 1.0.0 makes its Atom elements without a namespace and writes ``xmlns`` as an attribute; elements added
here must be made the same way, or they would come out with a prefix. It also loses ``rel``, ``type`` and
``hreflang`` of an entry's links, so every link of an entry is made here.
"""

from collections.abc import Iterator
from html import escape

import regex
from lxml.etree import SubElement, _Element

from relay.core.feed import Imprint
from relay.core.source import Origin
from relay.publish.history import Past
from relay.publish.imprint import in_commons
from relay.publish.item import Item, utc

NAME = "relay"
"""The attribute under which feedgen keeps an extension: ``entry.relay``."""

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_MEDIA = "http://search.yahoo.com/mrss/"
_COMMONS = "http://backend.userland.com/creativeCommonsRssModule"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_LIKE_HTML = regex.compile(r"<[\w!/?]|&#?\w+;")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedCompletion:
    """Declares the namespaces that entries use; names the licence, and in RSS the hubs: feedgen writes neither."""

    def __init__(self) -> None:
        self.hubs: tuple[str, ...] = ()
        self.imprint = Imprint()
        self.past = Past()

    def extend_ns(self) -> dict[str, str]:
        """Prefixes, declared once on the root element."""
        commons = {"creativeCommons": _COMMONS} if [*in_commons(self.imprint.license)] else {}
        return {"media": _MEDIA, "dc": _DUBLIN_CORE, **commons, **self.past.namespaces()}

    def extend_atom(self, feed: _Element) -> _Element:
        """The licence (RFC 4946 §3), after the feed's other links."""
        if self.imprint.license:
            last = feed.findall("link")[-1]
            last.addnext(feed.makeelement("link", {"href": self.imprint.license, "rel": "license"}))
        self.past.add_to_atom(feed)
        return feed

    def extend_rss(self, rss: _Element) -> _Element:
        """The hubs, after the ``atom:link rel=self`` that feedgen has written (WebSub §4); the licence."""
        itself = rss.find(f"channel/{_ATOM_LINK}")
        if itself is not None:
            for hub in reversed(self.hubs):
                itself.addnext(itself.makeelement(_ATOM_LINK, {"href": hub, "rel": "hub"}))
        for address in in_commons(self.imprint.license):
            SubElement(rss[0], f"{{{_COMMONS}}}license").text = address
        if self.imprint.icon and not self.imprint.logo:
            _add_image(rss[0], self.imprint.icon)
        self.past.add_to_rss(rss[0])
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
            _unmistakable(element, self.item.post.lead)
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


def _unmistakable(element: _Element, lead: str) -> None:
    """A description is HTML to whoever reads it: a text that would be taken for it is written as HTML."""
    description = element.find("description")
    if description is not None and lead and _LIKE_HTML.search(lead):
        description.text = escape(lead, quote=False)


def _links(item: Item) -> Iterator[dict[str, str]]:
    """One ``alternate`` (a second would need another type), where it comes from, what to read too, the picture."""
    post = item.post
    yield {"rel": "alternate", "type": "text/html", "hreflang": post.language, "href": post.url}
    for source in dict.fromkeys(filter(None, (post.more_url, *(credit.url for credit in post.also)))):
        yield {"rel": "via", "type": "text/html", "href": source}
    for other in post.related:
        yield {"rel": "related", "type": "text/html", "title": other.title, "href": other.url}
    if file := item.attachment:
        yield {"rel": "enclosure", "type": file.type, "length": str(file.length), "href": file.url}


def _add_image(channel: _Element, url: str) -> None:
    """Of a feed that has an icon only; the title and the link are those of the channel."""
    image = SubElement(channel, "image")
    for name, text in (("url", url), *((name, channel.findtext(name)) for name in ("title", "link"))):
        SubElement(image, name).text = text


def _add_thumbnail(entry: _Element, item: Item) -> None:
    """With its size in pixels, where it is known (Media RSS 1.5.1, ``media:thumbnail``)."""
    if small := item.thumbnail:
        sides = {"width": small.width, "height": small.height}
        size = {name: str(side) for name, side in sides.items() if side}
        SubElement(entry, f"{{{_MEDIA}}}thumbnail", {"url": small.url, **size})


def _add_source(entry: _Element, origin: Origin) -> None:
    """As much of the origin's own head as it has."""
    source = SubElement(entry, "source", {_LANGUAGE: origin.language} if origin.language else {})
    SubElement(source, "id").text = origin.id or origin.feed_url
    SubElement(source, "title").text = _name(origin)
    SubElement(source, "updated").text = utc(origin.updated).isoformat()
    if origin.feed_url:
        SubElement(source, "link", rel="self", href=origin.feed_url)
    if origin.site_url:
        SubElement(source, "link", rel="alternate", type="text/html", href=origin.site_url)
    for name in filter(None, origin.authors):
        SubElement(SubElement(source, "author"), "name").text = name
    for category in filter(None, origin.categories):
        SubElement(source, "category", term=category)
    if origin.rights:
        SubElement(source, "rights").text = origin.rights
    if origin.icon:
        SubElement(source, "icon").text = origin.icon


def _name(origin: Origin) -> str:
    return origin.title or origin.site_url or origin.feed_url
