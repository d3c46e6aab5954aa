"""``select`` of a source: how a page without a feed is read as one."""

import re

from relay.config.table import Fault, Table
from relay.core.source import Selectors

_USUAL = Selectors("")


def selectors(table: Table) -> Selectors | None:
    """A table of selectors, or only that of the entries as a text; ``None`` for a source that is a feed."""
    value = table.values.get("select")
    if isinstance(value, str):
        return Selectors(table.one("select", selector, ""))
    if not isinstance(value, dict):
        if value is not None:
            table.report(("select",), Fault("R013/table"))
        return None
    inner = table.table("select")
    inner.only("entry", "title", "link", "date", "summary", "image")
    return Selectors(
        entry=inner.need("entry", selector, ""),
        title=inner.one("title", selector, _USUAL.title),
        link=inner.one("link", selector, _USUAL.link),
        date=inner.one("date", selector, _USUAL.date),
        summary=inner.one("summary", selector, _USUAL.summary),
        image=inner.one("image", selector, _USUAL.image),
    )


def selector(value: str) -> str | Fault:
    """A CSS selector that says something about a page which nobody looks at."""
    if not value.strip():
        return Fault("R039")
    # Most configurations have no page that is read as a feed, and whoever looks at one needs no parser of HTML.
    from cssselect import SelectorError, SelectorSyntaxError  # noqa: PLC0415
    from lxml import etree, html  # noqa: PLC0415
    from lxml.cssselect import CSSSelector  # noqa: PLC0415

    try:
        CSSSelector(value, translator="html")(html.Element("html"))
    except SelectorSyntaxError as error:
        return Fault("R070", {"value": value}, _place(value, str(error)))
    except (SelectorError, etree.XPathError):
        return Fault("R071", {"value": value}, _pseudo(value))
    return value


def _place(value: str, reason: str) -> tuple[int, int] | None:
    """Where cssselect stumbled, which it tells in words only: “Expected ident, got <DELIM '.' at 8>”."""
    found = re.search(r" at (\d+)(?:>|$)", reason)
    at = min(int(found[1]), len(value) - 1) if found else None
    return None if at is None else (at, at + 1)


def _pseudo(value: str) -> tuple[int, int] | None:
    """The first pseudo-element or namespace, which pages that are read have not; the whole where it is neither."""
    found = re.search(
        r"::[\w-]+|\w*\|\w+|:(?!not\b|has\b|is\b|where\b|contains\b|[a-z]+-(?:child|of-type)\b)[\w-]+", value
    )
    return found.span() if found else None
