"""Long queues are read a page at a time, and searched."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from relay.core.crosspost import Draft
from relay.storage import rows
from relay.storage.findable import found_by

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CROSSPOSTS = sa.table(
    "crossposts", sa.column("id", sa.Integer()), sa.column("entry_id", sa.Integer()), sa.column("draft", sa.Text())
)
_ENTRIES = sa.table("entries", sa.column("id"), sa.column("source_id"))


def upgrade() -> None:
    """What is stored can be found too."""
    findable = op.create_table(
        "findable",
        sa.Column("crosspost_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("alike", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("crosspost_id", name=op.f("pk_findable")),
        sa.ForeignKeyConstraint(["crosspost_id"], ["crossposts.id"], name=op.f("fk_findable_crosspost_id_crossposts")),
    )
    op.create_index(op.f("ix_findable_alike"), "findable", ["alike"])
    op.create_index(
        op.f("ix_crossposts_state_entry_id_id_account"), "crossposts", ["state", "entry_id", "id", "account"]
    )
    tx = op.get_bind()
    last = -1
    while stored := _some(tx, last):
        tx.execute(sa.insert(findable), [_row(one) for one in stored])
        last = stored[-1].id


def _some(tx: sa.Connection, last: int) -> list[sa.Row[Any]]:
    """So many at once as fit into a little memory, however many there are."""
    joined = _CROSSPOSTS.join(_ENTRIES, _ENTRIES.c.id == _CROSSPOSTS.c.entry_id)
    own = sa.select(_CROSSPOSTS.c.id, _CROSSPOSTS.c.draft, _ENTRIES.c.source_id).select_from(joined)
    return [*tx.execute(own.where(_CROSSPOSTS.c.id > last).order_by(_CROSSPOSTS.c.id).limit(_AT_ONCE))]


def _row(stored: sa.Row[Any]) -> dict[str, object]:
    words = found_by(rows.load(stored.draft, Draft))
    return {"crosspost_id": stored.id, "source_id": stored.source_id, **words}
