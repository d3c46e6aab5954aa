"""A feed that relay publishes, as the configuration describes it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

FormatName = Literal["atom", "rss", "json", "html"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The blog's own words around a post."""

    title: str = "{title} {mentions:x} {hashtags}"
    """The template of a headline; ``{mentions:x}`` writes handles as that network knows them."""
    more: str = "En savoir plus…"
    related_label: str = "Lire également :"


@dataclass(frozen=True, slots=True)
class RelatedRule:
    """How many earlier posts to name, and how far back to look."""

    max: int = 3
    within: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OutgoingFeed:
    """One ``[feeds.…]``: the selection, the formats, and ``link``, the address at which its folder is served."""

    id: str
    title: str
    link: str
    sources: tuple[str, ...]
    formats: tuple[FormatName, ...] = ("atom", "html")
    language: str = "fr"
    wording: Wording = Wording()
    related: RelatedRule = field(default_factory=RelatedRule)
    fallback_picture: str | None = None
    size: int = 50
    """How many posts the subscription documents hold; the archive page holds them all."""
