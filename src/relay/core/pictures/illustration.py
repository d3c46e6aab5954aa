"""The picture that a cross-post is sent with, which may come after its words, or have other words of its own later."""

from dataclasses import replace
from datetime import datetime

from relay.core.crosspost import Crosspost, Draft, Image, State
from relay.core.document import Picture
from relay.core.pictures.rendition import digest_of


def image(picture: Picture | None) -> Image | None:
    """A picture that relay keeps; a source's own address is sent nowhere."""
    if picture is None or not digest_of(picture.url) or not (picture.type and picture.width and picture.height):
        return None
    return Image(picture.url, picture.type, picture.width, picture.height, picture.alt)


def illustrate(crosspost: Crosspost, picture: Picture | None, now: datetime, by: str | None = None) -> Crosspost | None:
    """A new revision that nobody has approved yet; ``None`` where nothing changes.

    What has its yes leaves as it was approved: a picture that comes late is no reason to ask again. One that an
    editor chose stays, and may have other words. What an editor says that it shows is that editor's own edit, where
    nobody else's is to be judged.
    """
    shown, before = image(picture), crosspost.draft.image
    if crosspost.state is not State.WAITING or before == shown:
        return None
    if crosspost.draft.is_pictured and (before is None or shown is None or before.url != shown.url):
        return None
    if before and shown and before.waived and replace(before, waived="") == shown:
        return None
    draft = replace(crosspost.draft, image=shown)
    new = replace(crosspost, draft=draft, revision=crosspost.revision + 1, approvals=(), changed_at=now)
    return replace(new, edited_by=crosspost.edited_by or by)


def keeping(chosen: Draft, new: Draft) -> Draft:
    """The ``new`` words of a source with the picture that an editor had ``chosen``, if one had."""
    return replace(new, image=chosen.image, is_pictured=True) if chosen.is_pictured else new
