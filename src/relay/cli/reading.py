"""A feed that somebody names by address, by the address of its site, or as a file."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.core.document import ParsedFeed
from relay.core.source import Selectors, Source
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from relay.intake.finding.seek import Reading, seek
from relay.intake.parsing import Parsing
from relay.intake.wire.guard import Guard
from relay.intake.wire.page import Page, get_page
from relay.intake.wire.robots import Robots
from relay.intake.wire.transport import reading_client

_WEB = ("http://", "https://")


def read(where: str, service: Service, sources: Sequence[Source] = ()) -> tuple[str, ParsedFeed]:
    """The address of the feed and what it says; a page is asked which feed is its own, unless a source selects it."""
    with parsing() as reading:
        if not where.startswith(_WEB):
            return where, reading.feed(_file(where), "", None)
        select = next((source.select for source in sources if source.url == where), None)
        with client(service) as http:
            if select:
                return where, _made(http, where, select, reading)
            sought = seek(http, where, Reading(reading.feed, reading.candidates))
    if sought.feeds:
        return sought.feeds[0].url, sought.feeds[0].document
    if sought.page is None:
        raise Ending(f"{where}: {sought.why}")
    return sought.page.url, ParsedFeed(error=sought.why)


def _made(http: httpx.Client, url: str, select: Selectors, reading: Parsing) -> ParsedFeed:
    if refusal := Robots(http).refusal(url):
        return ParsedFeed(error=refusal)
    found = page(http, url)
    return reading.page(found.body, found.url, found.content_type, select)


def content(where: str, service: Service) -> bytes:
    """What is in a file, or at an address."""
    if not where.startswith(_WEB):
        return _file(where)
    with client(service) as http:
        return page(http, where).body


def page(http: httpx.Client, url: str) -> Page:
    """What is at an address."""
    answer = get_page(http, url)
    if not isinstance(answer, Page):
        raise Ending(f"{url}: {answer.why}")
    return answer


@contextmanager
def parsing() -> Iterator[Parsing]:
    """How a stranger's document is read: by a process that can do no harm."""
    with closing(Cage()) as cage:
        yield caged(cage)


@contextmanager
def client(service: Service) -> Iterator[httpx.Client]:
    """The guarded way out to the world, as the configuration has it."""
    with reading_client(Guard(service.allow), service.contact) as http:
        yield http


def _file(where: str) -> bytes:
    try:
        return Path(where).read_bytes()
    except OSError as error:
        raise Ending(f"{where}: {error.strerror}") from error
    except ValueError as error:  # a name that no file can have
        raise Ending(f"{where!r} is not the name of a file") from error
