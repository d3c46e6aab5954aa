"""A person looks for the feed of a source: its site is asked, and here relay may guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from relay.core.document import ParsedFeed
from relay.core.identity.recognition import recognise, sought, trustworthy
from relay.core.polling import moves, pause
from relay.core.review.moving import Refusal
from relay.core.source import Source
from relay.intake.finding.seek import Reading, Sought, seek
from relay.intake.wire.page import Page, get_page
from relay.intake.wire.transport import ACCEPT
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.storage import entries, pauses, sources
from relay.storage.database import Database


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that was found; ``known`` of its ``entries`` are this source's already: so it is the same one, or not.

    ``how`` is the name of one of ``intake.discover.How``; ``is_current``: the source is asked there now.
    """

    url: str
    how: str
    title: str | None
    entries: int
    known: int
    newest: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """The site that was asked and what was found; ``why`` says why that is nothing."""

    site: str
    candidates: tuple[Candidate, ...]
    why: str = ""


def look(db: Database, reader: Reader, desk: Desk, source_id: str, now: datetime) -> Looked:
    """Ask the site that the feed named, else the one it stood on. Only for a person who asks: it guesses."""
    source = desk.sources[source_id]
    _check_kind(source)
    with db.read() as tx:
        address = moves.address(source, sources.state(tx, source_id))
        origin = sources.origin(tx, source_id)
    sites = dict.fromkeys([*([origin.site_url] if origin and origin.site_url else []), urljoin(address, "/")])
    site, found = next(iter(sites)), Sought()
    for site in sites:
        _check_pause(db, desk, site, now)
        found = seek(reader.of(source).http, site, Reading(reader.parsing.feed, reader.parsing.candidates))
        if found.feeds or found.page:
            break
    candidates = tuple(_candidate(db, source, one.url, (one.how.name, one.document), address) for one in found.feeds)
    return Looked(site, candidates, found.why)


def check_feed(db: Database, reader: Reader, desk: Desk, source: Source, url: str, now: datetime) -> None:
    """A refusal unless ``url`` can be read as a feed: it is asked, in its host's own time."""
    _check_kind(source)
    if not _is_of_the_web(url):
        raise Refusal(f"“{url}” is no address of the web.")
    _check_pause(db, desk, url, now)
    page = get_page(reader.of(source).http, url, ACCEPT.encode())
    read = reader.parsing.feed
    why = read(page.body, page.url, page.content_type).error if isinstance(page, Page) else page.why
    if why:
        raise Refusal(f"Nothing at {url} can be read as a feed. {why}")


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _check_kind(source: Source) -> None:
    if source.select:
        raise Refusal("This source is a page read by selectors: write the address of a feed into the configuration.")


def _check_pause(db: Database, desk: Desk, url: str, now: datetime) -> None:
    with db.read() as tx:
        running = pause.longest(pauses.running(tx, now), (url,), "", desk.own_hosts)
    if running:
        until = f"{running.until:%Y-%m-%d %H:%M} UTC"
        raise Refusal(f"{urlsplit(url).netloc} wants to be left alone until {until}: nothing was asked.")


def _candidate(db: Database, source: Source, url: str, found: tuple[str, ParsedFeed], address: str) -> Candidate:
    how, document = found
    dates = [moment for entry in document.entries if (moment := entry.published or entry.updated)]
    known = _known(db, source, document)
    return Candidate(url, how, document.title, len(document.entries), known, _newest(dates), url == address)


def _newest(dates: Sequence[datetime]) -> datetime | None:
    return max(dates, default=None)


def _known(db: Database, source: Source, document: ParsedFeed) -> int:
    """Entries of the document that this source has shown before."""
    with db.read() as tx:
        known = entries.known(tx, source.id, sought(document.entries))
    found = recognise(trustworthy(document.entries), known)
    return sum(one.owner is not None and one.owner.is_here for one in found)
