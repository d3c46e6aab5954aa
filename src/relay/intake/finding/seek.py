"""From an address that somebody names to the feeds behind it: each candidate is asked, and counts only if it reads."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from time import monotonic

import httpx

from relay.core.document import ParsedFeed
from relay.intake.finding.discover import Candidate, How, at_known_site, candidates
from relay.intake.parse import parse
from relay.intake.wire.page import Page, get_page
from relay.intake.wire.transport import ACCEPT

MOST = 12
"""Addresses that are asked because something names them; guesses come only where none of these is a feed."""

PATIENCE = 60.0
"""Seconds after which nothing more is tried: somebody waits for the answer."""
MOST_LISTED = 5
"""Of a page of feeds."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed: where it answered, how it was found, and what it says."""

    url: str
    how: How
    document: ParsedFeed


@dataclass(frozen=True, slots=True)
class Sought:
    """``feeds`` best first. Without any, ``page`` is what there is instead, or ``why`` says that there is nothing."""

    feeds: tuple[Found, ...] = ()
    page: Page | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, and where the feeds of a page may be."""

    feed: Callable[[bytes, str, str | None], ParsedFeed] = parse
    candidates: Callable[[Page], tuple[Candidate, ...]] = candidates


HERE = Reading()
"""By the process that asks."""


def seek(http: httpx.Client, url: str, reading: Reading = HERE) -> Sought:
    """Look for feeds at ``url`` and behind it, one request after the other. Only for a person who asks: it guesses."""
    answer = get_page(http, url, ACCEPT.encode())
    if not isinstance(answer, Page):
        feeds = tuple(_feeds(http, at_known_site(url), reading))
        return Sought(feeds, why="" if feeds else answer.why)
    document = reading.feed(answer.body, answer.url, answer.content_type)
    if not document.error:
        return Sought((Found(answer.url, How.ITSELF, document),))
    feeds = _behind(http, answer, monotonic() + PATIENCE, reading)
    return Sought(feeds, answer, "" if feeds else document.error)


def _behind(http: httpx.Client, page: Page, end: float, reading: Reading) -> tuple[Found, ...]:
    every = reading.candidates(page)
    sure = [one for one in every if one.how is not How.GUESS][:MOST]
    return _each_once(_feeds(http, _before(end, sure), reading)) or _first(
        _feeds(http, _before(end, (one for one in every if one.how is How.GUESS)), reading)
    )


def _feeds(http: httpx.Client, wanted: Iterable[Candidate], reading: Reading) -> Iterator[Found]:
    """Those of ``wanted`` that read as feeds; a page that is linked as one is often a list of them."""
    for candidate in wanted:
        answer = get_page(http, candidate.url, ACCEPT.encode())
        if not isinstance(answer, Page):
            continue
        document = reading.feed(answer.body, answer.url, answer.content_type)
        if not document.error:
            yield Found(answer.url, candidate.how, document)
        elif candidate.how is How.ANCHOR:
            listed = [one for one in reading.candidates(answer) if one.how in {How.LINK, How.ANCHOR}]
            yield from _feeds(http, [replace(one, how=How.LISTED) for one in listed[:MOST_LISTED]], reading)


def _before(end: float, wanted: Iterable[Candidate]) -> Iterator[Candidate]:
    """Those of ``wanted`` for which there is time."""
    return takewhile(lambda _: monotonic() < end, wanted)


def _first(found: Iterator[Found]) -> tuple[Found, ...]:
    """Guessing ends where it has succeeded."""
    return tuple(islice(found, 1))


def _each_once(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.url, one)
    return tuple(first.values())
