"""RSS 2.0 as the RSS Advisory Board's profile wants it, for readers that know no Atom."""

from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition
from relay.publish.places import PLACES
from relay.publish.syndication import assemble


def render(edition: Edition) -> tuple[Document, ...]:
    """``rss.xml`` with the newest posts in full."""
    place = PLACES["rss"]
    body = assemble(clean(edition, edition.feed.size), place).rss_str(pretty=True)
    return (Document(place.path, f"{place.media_type}; charset=utf-8", body),)
