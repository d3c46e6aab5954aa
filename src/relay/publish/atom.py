"""Atom (RFC 4287): the blog's main feed."""

from relay.publish.format import Document, Edition
from relay.publish.places import PLACES
from relay.publish.syndication import document


def render(edition: Edition) -> tuple[Document, ...]:
    """``atom.xml`` with the newest posts in full, or an archive document with all of its own."""
    place = PLACES["atom"]
    return (document(edition, place),)
