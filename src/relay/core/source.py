"""A source, what the operator wants from it, and what its last answers taught us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from relay.core.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the first poll of a source may put before the editors; the rest is recorded as skipped.

    ``latest`` offers the newest ``count`` entries, ``since`` those published at or after ``moment``.
    """

    kind: Literal["none", "latest", "since"] = "none"
    count: int = 0
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Selectors:
    """How a page without a feed is read as one: CSS selectors, ``entry`` in the page, the others in each entry.

    The first element that says something counts, or the entry itself: an entry may be a link.
    """

    entry: str
    title: str = "h1, h2, h3, h4, h5, h6"
    """An entry without one is called by the words of its link."""
    link: str = "a[href]"
    date: str = "time, [class*=date]"
    summary: str = "p"
    image: str = "img"


Pictures = Literal["page", "feed", "link", "none"]
"""Where the pictures of a source's posts come from.

"feed" is what its feed names or shows, "page" that or else what the entry's page names; both are kept by relay.
"link" shows the feed's picture where it is, "none" shows none.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that relay follows, as the configuration describes it."""

    id: str
    url: str
    attribution: str
    every: timedelta | None = None
    """How often the operator wants it asked; ``None`` leaves that to the source's own rhythm."""
    longest: timedelta = timedelta(days=7)
    """The longest that a publisher's hint may make relay wait."""
    mentions: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    language: str = "fr"
    backlog: Backlog = Backlog()
    keep: tuple[Expression, ...] = ()
    """Where there are any, an entry must match one of them."""
    drop: tuple[Expression, ...] = ()
    """An entry that matches any of them is left out, whatever ``keep`` says."""
    select: Selectors | None = None
    """Set where ``url`` is a page without a feed."""
    fulltext: bool = False
    """Whether the article behind each new entry is read too."""
    push: bool = True
    """Whether a hub that the feed names is asked to push (WebSub)."""
    merge: bool = True
    """Whether the same news of this source and of another is one post."""
    pictures: Pictures = "page"

    @property
    def name(self) -> str:
        """The body behind the source: what follows the colon of "Source : CGET"."""
        return self.attribution.rpartition(":")[2].strip() or self.attribution


@dataclass(frozen=True, slots=True)
class Origin:
    """What a source's own feed says of itself; it stands in ``atom:source`` (RFC 4287 §4.2.11)."""

    id: str
    title: str
    feed_url: str
    site_url: str | None
    updated: datetime
    rights: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    icon: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified exactly as the server sent them: bytes, never parsed (RFC 9110 §8.8).

    ``url`` is the address that sent them: no other address is told them, but the one it was reached by.
    """

    etag: bytes | None = None
    last_modified: bytes | None = None
    url: str | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to make a request conditional with."""
        return bool(self.etag or self.last_modified)
