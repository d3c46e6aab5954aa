"""Atom (RFC 4287): the blog's main feed."""

from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition
from relay.publish.places import PLACES
from relay.publish.syndication import assemble


def render(edition: Edition) -> tuple[Document, ...]:
    """``atom.xml`` with the newest posts in full."""
    place = PLACES["atom"]
    body = assemble(clean(edition, edition.feed.size), place).atom_str(pretty=True)
    return (Document(place.path, f"{place.media_type}; charset=utf-8", body),)
