"""The words of a cross-post that others took the place of, by revision."""

from sqlalchemy import Connection, insert, select

from relay.core.crosspost import Crosspost, Draft
from relay.storage import rows
from relay.storage.tables.remarks import revisions


def keep(tx: Connection, crosspost: Crosspost) -> None:
    """Keep its words as they are, under their revision; those that are kept already stay."""
    own = (revisions.c.crosspost_id == crosspost.id, revisions.c.revision == crosspost.revision)
    if tx.execute(select(revisions.c.revision).where(*own)).first() is None:
        values = {"crosspost_id": crosspost.id, "revision": crosspost.revision, "draft": rows.dump(crosspost.draft)}
        tx.execute(insert(revisions).values(values))


def of(tx: Connection, crosspost: Crosspost) -> dict[int, Draft]:
    """Its words by revision, as far as they are known, the present ones among them."""
    own = select(revisions.c.revision, revisions.c.draft).where(revisions.c.crosspost_id == crosspost.id)
    known = {row.revision: rows.load(row.draft, Draft) for row in tx.execute(own.order_by(revisions.c.revision))}
    return {**known, crosspost.revision: crosspost.draft}
