"""A feed that relay publishes, as the configuration describes it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from relay.core.expression.tree import Expression
from relay.core.form import Form

FormatName = Literal["atom", "rss", "json", "html"]
Axis = Literal["source", "category", "language"]
"""By what a feed is taken apart into feeds of their own."""


@dataclass(frozen=True, slots=True)
class RelatedRule:
    """How many earlier posts to name, and how far back to look."""

    max: int = 3
    within: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes a feed, and on what terms; addresses are absolute.

    ``license`` is the address of the terms (RFC 4946), ``rights`` their words. ``icon`` is as high as wide, ``logo``
    twice as wide as high (RFC 4287 §4.2.5, §4.2.8). ``fediverse`` is an account, "@blog@mastodon.example".
    """

    author: str | None = None
    rights: str | None = None
    license: str | None = None
    icon: str | None = None
    logo: str | None = None
    fediverse: str | None = None
    scheme: str | None = None
    """The address of the list that the categories are taken from (RFC 4287 §4.2.2.2)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a feed that is made of another one takes of it: the posts with this value on this axis.

    A category is written as ``keyed`` writes it, a language is the first part of its tag.
    """

    axis: Axis
    value: str


@dataclass(frozen=True, slots=True)
class OutgoingFeed:
    """One ``[feeds.…]``: the selection, the formats, and ``link``, the address at which its folder is served.

    One that is made of another by ``per`` has an ``id`` of three steps, ``blog/source/cget``, and a ``part``.
    """

    id: str
    title: str
    link: str
    sources: tuple[str, ...]
    formats: tuple[FormatName, ...] = ("atom", "html")
    language: str = "fr"
    form: Form = Form()
    related: RelatedRule = field(default_factory=RelatedRule)
    fallback_picture: str | None = None
    size: int = 50
    """How many posts the subscription documents hold; the archive page holds them all."""
    hubs: tuple[str, ...] = ()
    """The addresses of the WebSub hubs that its documents name."""
    formerly: tuple[str, ...] = ()
    """Names that its folder had."""
    when: tuple[Expression, ...] = ()
    """It takes a post only if all of them hold."""
    per: tuple[Axis, ...] = ()
    per_formats: tuple[FormatName, ...] = ()
    """The formats of the feeds that are made of this one."""
    part: Part | None = None
    imprint: Imprint = Imprint()
