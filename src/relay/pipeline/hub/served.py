"""Which documents relay's own hub serves, and which other hubs are told of."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from relay.core.feed import OutgoingFeed
from relay.core.hub.subscriber import Topic
from relay.pipeline.desk import Desk
from relay.publish.places import PLACES

_MEDIA_TYPES = {
    place.path: place.media_type if place.path.endswith(".json") else f"{place.media_type}; charset=utf-8"
    for place in PLACES.values()
}

_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=~%"


def own_hub(desk: Desk) -> str:
    """The address of relay's own hub."""
    return f"{desk.public_url.rstrip('/')}/hub"


def served(desk: Desk) -> dict[str, Topic]:
    """Every address by which a document of a feed that names this hub may be subscribed.

    A document has two: where the feed says that it stands, and where relay itself serves it, by any name it had. The
    first may have letters that are no ASCII; in headers it has none.
    """
    found: dict[str, Topic] = {}
    for feed in desk.feeds:
        if own_hub(desk) in feed.hubs:
            here = (f"{desk.public_url.rstrip('/')}/feeds/{name}/" for name in (feed.id, *feed.formerly))
            for folder in (feed.link, *here, quote(feed.link, safe=_OF_ADDRESSES)):
                for topic in topics(feed):
                    found |= dict.fromkeys(_addresses(folder, topic), topic)
    return found


def announced(desk: Desk) -> Iterator[tuple[str, Topic, str]]:
    """Every other hub that a feed names, with a document and its address."""
    for feed in desk.feeds:
        for hub in feed.hubs:
            if hub != own_hub(desk):
                yield from ((hub, topic, feed.link + topic.path) for topic in topics(feed))


def topics(feed: OutgoingFeed) -> tuple[Topic, ...]:
    """The documents of a feed that change with its news."""
    return tuple(Topic(feed.id, PLACES[name].path) for name in feed.formats)


def media_type(topic: Topic) -> str:
    """The type under which the document is served."""
    return _MEDIA_TYPES[topic.path]


def file(folder: Path, topic: Topic) -> Path:
    """Where the document is, in the folder of all feeds."""
    return folder / topic.feed / topic.path


def _addresses(folder: str, topic: Topic) -> tuple[str, ...]:
    """The page of a feed stands at the address of its folder too."""
    return (folder + topic.path, *((folder,) if topic.path == PLACES["html"].path else ()))
