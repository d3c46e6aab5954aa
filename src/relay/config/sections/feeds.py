"""``[feeds.…]``: what the blog publishes."""

from collections.abc import Collection
from datetime import timedelta
from typing import get_args

from relay.config.sections.templates import template
from relay.config.table import Fault, Table
from relay.config.values import choice, duration, language, one_of, text, url
from relay.core.feed import FormatName, OutgoingFeed, RelatedRule, Wording

_KEYS = ("title", "from", "link", "formats", "title_template", "more", "related", "image", "size", "language")
_FORMATS: tuple[FormatName, ...] = get_args(FormatName)
_FIRST = Wording()


def feed(name: str, table: Table, sources: Collection[str], networks: Collection[str], tongue: str) -> OutgoingFeed:
    """One outgoing feed; it takes every source unless ``from`` names some."""
    table.only(*_KEYS)
    related, image = table.table("related"), table.table("image")
    related.only("label", "max", "within")
    image.only("pick", "fallback")
    image.one("pick", choice("largest"), "largest")
    fallback = image.maybe("fallback", text)
    if fallback is not None:
        image.report(("fallback",), Fault("R044"), at_key=True)
    return OutgoingFeed(
        id=name,
        title=table.need("title", text, ""),
        link=table.need("link", url, ""),
        sources=table.some("from", one_of(sources, "R031"), tuple(sources)),
        formats=table.some("formats", choice(*_FORMATS), ("atom", "html")),
        language=table.one("language", language, tongue),
        wording=Wording(
            title=template(table, "title_template", _FIRST.title, networks),
            more=table.one("more", text, _FIRST.more),
            related_label=related.one("label", text, _FIRST.related_label),
        ),
        related=RelatedRule(
            max=related.whole("max", 3, 0, 20),
            within=related.one("within", duration, timedelta(days=90)),
        ),
        fallback_picture=fallback,
        size=table.whole("size", 50, 1, 1000),
    )
