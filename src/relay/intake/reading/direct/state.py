"""Where a direct reading stands: feedparser's own state, so far as it bears on what relay reads."""

from dataclasses import dataclass, field
from typing import Any

from relay.intake.reading.direct.addresses import joined, rebased

Fields = dict[str, Any]
Attributes = dict[str, str]

_ALIASES = {"url": "href", "date": "updated", "guid": "id", "copyright": "rights", "tagline": "subtitle"} | {
    "modified": "updated",
    "issued": "published",
    "description": "summary",
    "items": "entries",
    "channel": "feed",
}
"""What feedparser stores under another name."""


@dataclass(slots=True)
class Open:
    """An element whose text is gathered; of one that is not ``kept`` nothing is stored."""

    name: str
    is_kept: bool
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """``base`` and ``language`` are those of the element; ``content`` says of what kind the text that is read is."""

    base: str
    language: str | None = None
    version: str = ""
    feed: Fields = field(default_factory=dict)
    entries: list[Fields] = field(default_factory=list)
    source: Fields = field(default_factory=dict)
    opened: list[Open] = field(default_factory=list)
    content: Fields = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)
    """How deep the fields of the last entry were found: what is deeper does not replace them."""
    depth: int = 0
    title_depth: int = -1
    in_content: int = 0
    in_feed: bool = False
    in_entry: bool = False
    in_source: bool = False
    in_image: bool = False
    in_text_input: bool = False
    in_author: bool = False
    in_publisher: bool = False
    is_permalink: bool = False
    has_content: bool = False
    summary_is: str = ""

    def context(self) -> Fields:
        """What fields are of now: the source of an entry, the image or the text input of a feed, an entry, the feed."""
        if self.in_source:
            return self.source
        if self.in_image and "image" in self.feed:
            return _fields(self.feed["image"])
        if self.in_text_input:
            return _fields(self.feed["textinput"])
        return self.entries[-1] if self.in_entry else self.feed

    def has_place(self) -> bool:
        """Whether fields are of anything yet."""
        return self.in_feed or self.in_entry or self.in_source

    def absolute(self, address: str) -> str:
        """An address where it stands."""
        return joined(self.base, address)

    def move(self, written: str | None) -> None:
        """To another base, if one is written."""
        self.base = rebased(self.base, written)


def _fields(found: Any) -> Fields:
    return found if isinstance(found, dict) else {}


def stored(name: str) -> str:
    """The name under which a field of this name is found."""
    return _ALIASES.get(name, name)
