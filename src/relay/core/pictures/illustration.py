"""The picture that a cross-post is sent with, which may come after its words, or have other words of its own later."""

from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost, Image, State
from relay.core.document import Picture
from relay.core.pictures.rendition import digest_of


def image(picture: Picture | None) -> Image | None:
    """A picture that relay keeps; a source's own address is sent nowhere."""
    if picture is None or not digest_of(picture.url) or not (picture.type and picture.width and picture.height):
        return None
    return Image(picture.url, picture.type, picture.width, picture.height, picture.alt)


def illustrate(crosspost: Crosspost, picture: Picture | None, now: datetime) -> Crosspost | None:
    """A new revision that nobody has approved yet; ``None`` where nothing changes.

    What has its yes leaves as it was approved: a picture that comes late is no reason to ask again.
    """
    shown = image(picture)
    if crosspost.state is not State.WAITING or crosspost.draft.image == shown:
        return None
    draft = replace(crosspost.draft, image=shown)
    return replace(crosspost, draft=draft, revision=crosspost.revision + 1, approvals=(), changed_at=now)
