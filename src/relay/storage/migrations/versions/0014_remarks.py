"""What editors say to each other of a cross-post, which words others took the place of, and members' own keys."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Only additions: of what changed before there was a place for it, only the history tells."""
    op.create_table(
        "remarks",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("crosspost_id", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["crosspost_id"], ["crossposts.id"], name=op.f("fk_remarks_crosspost_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_crosspost_id"), "remarks", ["crosspost_id"])
    op.create_table(
        "revisions",
        sa.Column("crosspost_id", _KEY, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["crosspost_id"], ["crossposts.id"], name=op.f("fk_revisions_crosspost_id")),
        sa.PrimaryKeyConstraint("crosspost_id", "revision", name=op.f("pk_revisions")),
    )
    _earlier()
    op.create_table(
        "preferences",
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_preferences_user")),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_preferences")),
    )


def _earlier() -> None:
    op.create_table(
        "earlier",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("entry_id", _KEY, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_earlier_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier")),
    )
    op.create_index(op.f("ix_earlier_entry_id_until"), "earlier", ["entry_id", "until"])
