"""A feed that is gone, or long not found: its site is searched for where it went, and the find put to an editor."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

from relay.core.polling import moves
from relay.core.polling import rules as polling
from relay.core.polling.pollstate import PollState
from relay.core.question import Kind
from relay.core.source import Source
from relay.intake.wire.page import Page, get_page
from relay.pipeline.reading.reader import Reader
from relay.storage import questions, sources
from relay.storage.database import Database

TRIED = 3
"""Addresses that the site names and that are read; nothing is guessed, for nobody has asked."""


def after(db: Database, reader: Reader, source: Source, state: PollState, now: datetime) -> PollState:
    """The state, after a search if there had to be one."""
    if not polling.is_lost(state, now):
        return state
    with db.read() as tx:
        origin = sources.origin(tx, source.id)
    asked = moves.address(source, state)
    found = _found(reader, (origin.site_url if origin else None) or urljoin(asked, "/"), asked)
    with db.write() as tx:
        # Read anew: an editor may have moved the source meanwhile.
        current = sources.state(tx, source.id)
        if not polling.is_lost(current, now):
            return current
        searched = replace(current, sought_at=now)
        if found or state.is_gone:
            questions.ask(tx, source.id, Kind.GONE if state.is_gone else Kind.MISSING, found or "", (), now)
        sources.save(tx, source.id, searched, None)
    return searched


def _found(reader: Reader, site: str, lost: str) -> str | None:
    """The first feed that the site names and that can be read, unless it is the lost one."""
    page = get_page(reader.http, site)
    named = reader.parsing.named(page.body, page.url) if isinstance(page, Page) else ()
    return next((url for url in [url for url in named if url != lost][:TRIED] if _reads(reader, url)), None)


def _reads(reader: Reader, url: str) -> bool:
    page = get_page(reader.http, url)
    return isinstance(page, Page) and not reader.parsing.feed(page.body, page.url, page.content_type).error
