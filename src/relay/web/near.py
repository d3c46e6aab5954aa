"""The pictures that relay keeps, at our own address: editors see them before they are published anywhere."""

from relay.core.pictures.rendition import digest_of

PICTURES = "/pictures"
"""Where editors see the pictures that relay keeps."""


def near(url: str) -> str:
    """Where an editor sees the picture that readers find at ``url``; ``url`` itself where relay does not keep it."""
    return f"{PICTURES}/{url.rpartition('/')[2]}" if digest_of(url) else url
