"""What relay keeps of a picture: one rendition for each need, and the names under which they are published."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from relay.core.document import Picture

Need = Literal["page", "small"]
NEEDS: tuple[Need, ...] = get_args(Need)
WIDEST: dict[Need, int] = {"page": 1600, "small": 480}
"""Pixels of width, at most: for the page of a post on a good screen, and for the list of a feed reader."""
HEAVIEST = 950_000
"""Bytes: Bluesky takes no picture of more than 976,560."""
FOLDER = "pictures"
"""Beneath the link of a feed."""

_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}
TYPES = frozenset(_SUFFIXES)
_NAME = re.compile(rf"/{FOLDER}/([0-9a-f]{{32}})(?:-small)?\.(?:jpg|png)$")


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in the size that one need asks for; ``digest`` is that of the file that the source gave.

    ``length`` is in bytes; ``body`` is empty where only the rest was asked for.
    """

    digest: str
    need: Need
    type: str
    width: int
    height: int
    length: int
    body: bytes = b""

    @property
    def name(self) -> str:
        """The name of its file: what stands under it never changes."""
        return _name(self.digest, self.need, _SUFFIXES[self.type])


def names_of(digest: str) -> tuple[str, ...]:
    """Every name that a rendition of this picture can have."""
    return tuple(_name(digest, need, suffix) for need in NEEDS for suffix in _SUFFIXES.values())


def shown(rendition: Rendition, link: str, alt: str, credit: str) -> Picture:
    """The picture as the posts of the feed at ``link`` have it."""
    return Picture(
        f"{link.rstrip('/')}/{FOLDER}/{rendition.name}",
        alt,
        rendition.type,
        rendition.length,
        rendition.width,
        rendition.height,
        credit,
    )


def digest_of(url: str) -> str | None:
    """What names the renditions of a picture of ours, by its address; ``None`` where it cannot be one."""
    named = _NAME.search(url)
    return named[1] if named else None


def _name(digest: str, need: Need, suffix: str) -> str:
    size = "" if need == "page" else f"-{need}"
    return f"{digest}{size}.{suffix}"
