"""Every line of the audit is chained to the one before it; the words that were approved are kept; a stop for all."""

import sqlalchemy as sa
from alembic import op

from relay.core.review import chain
from relay.storage.tables.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXTS = ("who", "means", "from_state", "to_state", "what", "subject", "hash")
_AUDIT = sa.table(
    "audit",
    *(sa.column(name, sa.Integer()) for name in ("id", "crosspost_id", "revision")),
    *(sa.column(name, sa.Text()) for name in _TEXTS),
    sa.column("at", Moment()),
)
_CROSSPOSTS = sa.table("crossposts", sa.column("id", sa.Integer()), sa.column("account", sa.Text()))


def upgrade() -> None:
    """What is stored is chained as it stands: which words it was about, nobody has written down."""
    op.add_column("audit", sa.Column("subject", sa.Text(), nullable=True))
    op.add_column("audit", sa.Column("words", sa.String(64), nullable=True))
    op.add_column("audit", sa.Column("hash", sa.String(64), nullable=True))
    _chain(op.get_bind())
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("crosspost_id", existing_type=_KEY, nullable=True)
        audit.alter_column("to_state", existing_type=sa.String(20), nullable=True)
        audit.alter_column("revision", existing_type=sa.Integer(), nullable=True)
        audit.alter_column("subject", existing_type=sa.Text(), nullable=False)
        audit.alter_column("hash", existing_type=sa.String(64), nullable=False)
    op.create_table(
        "wordings",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_wordings")),
    )
    op.create_table(
        "stops",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.String(200), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stops")),
    )
    op.create_index(op.f("ix_stops_lifted_at"), "stops", ["lifted_at"], unique=False)


def _chain(tx: sa.Connection) -> None:
    """So many lines at once as fit into a little memory, however many there are."""
    before, last = chain.START, -1
    joined = _AUDIT.outerjoin(_CROSSPOSTS, _CROSSPOSTS.c.id == _AUDIT.c.crosspost_id)
    lines = sa.select(_AUDIT, _CROSSPOSTS.c.account).select_from(joined).order_by(_AUDIT.c.id).limit(_AT_ONCE)
    own = sa.update(_AUDIT).where(_AUDIT.c.id == sa.bindparam("number"))
    chained = own.values(subject=sa.bindparam("about"), hash=sa.bindparam("digest"))
    while rows := tx.execute(lines.where(_AUDIT.c.id > last)).all():
        written = []
        for row in rows:
            subject = row.account or ""
            said = (row.who, row.means, subject, row.what, row.crosspost_id)
            before = chain.digest(
                chain.Record(row.id, row.at, *said, row.from_state, row.to_state, row.revision), before
            )
            written.append({"number": row.id, "about": subject, "digest": before})
        tx.execute(chained, written)
        last = rows[-1].id
