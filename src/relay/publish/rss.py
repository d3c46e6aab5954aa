"""RSS 2.0 as the RSS Advisory Board's profile wants it, for readers that know no Atom."""

from relay.publish.format import Document, Edition
from relay.publish.places import PLACES
from relay.publish.syndication import document


def render(edition: Edition) -> tuple[Document, ...]:
    """``rss.xml`` with the newest posts in full, or an archive document with all of its own."""
    place = PLACES["rss"]
    return (document(edition, place),)
