"""Rows to begin with, for the tests of storage."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sqlalchemy import Connection, update

from relay.core.crosspost import Approval, Crosspost, Keys, Request, State
from relay.core.entry import fingerprint, identities
from relay.core.identity.changes import Change
from relay.storage import changing, crossposts
from relay.storage.database import Database
from relay.storage.tables.editorial import entries as table
from tests.core.things import CROSSPOST, ENTRY, MINUTE, NOW, POST
from tests.edges import entered

PARIS_SUMMER = timezone(timedelta(hours=2))


NEW = Change("new", ENTRY, identities(ENTRY), fingerprint(ENTRY))


EVERYTHING = replace(
    CROSSPOST,
    state=State.SENDING,
    edited_by="anne",
    approvals=(Approval("benoit", NOW, 1), Approval("didier", NOW.astimezone(PARIS_SUMMER), 1)),
    keys=Keys(NOW, 2**64 - 1),
    request=Request("clé", '{"text": "é"}'),
    not_before=NOW,
    attempt=3,
    lease_until=NOW + MINUTE,
    remote_id="9",
    remote_url="https://a.fr/9",
    note="« é »",
)


def add_entry(tx: Connection, slug: str = "bilan", source_id: str = "cget", published: datetime = NOW) -> int:
    post = replace(POST, slug=slug, source_id=source_id, published=published)
    names = identities(replace(ENTRY, id=slug, url=f"https://a.fr/{slug}", title=None))
    return entered.add(tx, replace(NEW, identities=names), post, NOW)


def queue(tx: Connection, crosspost: Crosspost = CROSSPOST, slug: str = "bilan") -> Crosspost:
    entry_id = add_entry(tx, slug)
    stored = replace(crosspost, entry_id=entry_id)
    return replace(stored, id=crossposts.queue(tx, stored))


def queued(db: Database, crosspost: Crosspost = CROSSPOST, slug: str = "bilan") -> Crosspost:
    with db.write() as tx:
        return queue(tx, crosspost, slug)


def hold(tx: Connection, entry_id: int, until: datetime) -> None:
    """Nobody reads it before then."""
    tx.execute(update(table).where(table.c.id == entry_id).values(held_until=until, changed=changing.number()))
