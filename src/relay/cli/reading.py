"""A feed that somebody names by address, by the address of its site, or as a file."""

from pathlib import Path

from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.core.document import Answer, Blocked, Fetched, Gone, NotModified, ParsedFeed, Unreachable
from relay.core.source import Validators
from relay.intake.discover import discover
from relay.intake.fetch import fetch
from relay.intake.guard import Guard
from relay.intake.parse import parse
from relay.intake.transport import reading_client


def read(where: str, service: Service) -> tuple[str, ParsedFeed]:
    """The address of the feed and what it says; a page is asked which feed is its own."""
    if not where.startswith(("http://", "https://")):
        return where, _file(where)
    with reading_client(Guard(service.allow), service.contact) as http:
        answer = _fetched(fetch(http, where, "try", Validators()), where)
        document = parse(answer.body, answer.url, answer.content_type)
        feeds = discover(answer.body, answer.url) if document.error else ()
        if feeds:
            answer = _fetched(fetch(http, feeds[0], "try", Validators()), feeds[0])
            document = parse(answer.body, answer.url, answer.content_type)
    return answer.url, document


def _file(where: str) -> ParsedFeed:
    try:
        return parse(Path(where).read_bytes(), "", None)
    except OSError as error:
        raise Ending(f"{where}: {error.strerror}") from error


def _fetched(answer: Answer, where: str) -> Fetched:
    match answer:
        case Fetched():
            return answer
        case Blocked(why) | Unreachable(why):
            raise Ending(f"{where}: {why}")
        case Gone() | NotModified():
            raise Ending(f"{where}: the publisher says that there is nothing here any more")
