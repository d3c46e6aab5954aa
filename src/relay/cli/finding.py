"""What ``relay add`` can offer for an address: feeds, or else ways to read the page itself as one."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from relay.cli.ending import Ending
from relay.cli.output import utc
from relay.cli.reading import page
from relay.config.sections.selectors import selector
from relay.config.table import Fault
from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.source import Selectors
from relay.intake.finding.seek import Reading, seek
from relay.intake.parsing import Parsing
from relay.intake.wire.page import Page
from relay.intake.wire.robots import Robots

NEWEST = 3
"""Entries that are shown of each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A feed, or a page with the selectors that make one of it."""

    url: str
    how: str
    document: ParsedFeed
    select: Selectors | None = None


def choices(http: httpx.Client, parsing: Parsing, address: str, css: str | None) -> tuple[Choice, ...]:
    """The likeliest first; never none. ``css`` is a selector of entries, which leaves no choice."""
    if css is not None:
        return (_selected(http, parsing, address, css),)
    sought = seek(http, address, Reading(parsing.feed, parsing.candidates))
    if sought.feeds:
        return tuple(Choice(found.url, found.how, found.document) for found in sought.feeds)
    if sought.page is None:
        raise Ending(f"{address}: {sought.why}")
    return _proposed(http, parsing, sought.page)


def _selected(http: httpx.Client, parsing: Parsing, address: str, css: str) -> Choice:
    if isinstance(selector(css), Fault):
        raise Ending(f"{css!r} is not a CSS selector; write it as 'article.news' or 'ul.list > li'", code=2)
    found, select = page(http, address), Selectors(css)
    document = parsing.page(found.body, found.url, found.content_type, select)
    if document.error:
        raise Ending(f"{found.url}: {document.error}")
    _ask_robots(http, found.url)
    return Choice(found.url, "the page itself, by your selector", document, select)


def _proposed(http: httpx.Client, parsing: Parsing, found: Page) -> tuple[Choice, ...]:
    _ask_robots(http, found.url)
    proposals = parsing.proposals(found.body, found.url, found.content_type)
    if not proposals:
        what = "has no feed, and nothing on it looks like a list of entries"
        raise Ending(f"{found.url} {what}; if you see one, name it by --select")
    how = "the page itself, by these selectors"
    return tuple(Choice(found.url, how, proposal.document, proposal.selectors) for proposal in proposals)


def _ask_robots(http: httpx.Client, url: str) -> None:
    """A page would be read again and again, by a robot."""
    if refusal := Robots(http).refusal(url):
        raise Ending(f"{url} has no feed to follow, and may not be read itself. {refusal}")


def told(number: int, choice: Choice) -> str:
    """A choice, for a person."""
    document = choice.document
    lines = [f"{number}. {document.title or 'without a title'} ({document.format}, {len(document.entries)} entries)"]
    lines += [f"   {choice.url}", f"   {choice.how}"]
    if choice.select:
        lines += [f"   {name} = {text!r}" for name, text in selectors(choice.select).items()]
    lines += [
        f"   · {f'{entry.published:%Y-%m-%d}  ' if entry.published else ''}{entry.title}" for entry in newest(choice)
    ]
    return "\n".join(lines)


def selectors(select: Selectors) -> dict[str, str]:
    """By their names in the configuration."""
    names = ("entry", "title", "link", "date", "summary", "image")
    return {name: getattr(select, name) for name in names}


def newest(choice: Choice) -> Sequence[ParsedEntry]:
    """By their dates, where all have one; else as they stand."""
    entries = choice.document.entries
    dates = [entry.published.timestamp() for entry in entries if entry.published]
    if len(dates) < len(entries):
        return entries[:NEWEST]
    return sorted(entries, key=lambda entry: -entry.published.timestamp() if entry.published else 0)[:NEWEST]


def as_json(choice: Choice) -> dict[str, object]:
    """A choice, for a program."""
    document = choice.document
    return {
        "url": choice.url,
        "how": choice.how,
        "title": document.title,
        "format": document.format,
        "entries": len(document.entries),
        "newest": [{"title": one.title, "url": one.url, "published": utc(one.published)} for one in newest(choice)],
        "select": selectors(choice.select) if choice.select else None,
    }
