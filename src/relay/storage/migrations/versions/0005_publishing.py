"""What publishing needs to do no more than what changed: numbered changes, and what stands in each feed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger()


def upgrade() -> None:
    """Only additions: entries changed in the order in which they came, and every feed is made anew once."""
    op.add_column("entries", sa.Column("changed", _NUMBER, server_default="0", nullable=False))
    op.execute("UPDATE entries SET changed = id")
    for name in ("changed", "updated", "held_until"):
        op.create_index(op.f(f"ix_entries_{name}"), "entries", [name], unique=False)
    op.add_column("feeds", sa.Column("seen", _NUMBER, server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("looks", sa.String(length=64), nullable=True))
    op.add_column("feeds", sa.Column("published_at", _MOMENT, nullable=True))
    op.add_column("feeds", sa.Column("writers", sa.Integer(), server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("begun_at", _MOMENT, nullable=True))
    _add_printed()
    _add_parts()


def _add_printed() -> None:
    op.create_table(
        "printed",
        sa.Column("feed", sa.String(length=200), nullable=False),
        sa.Column("entry_id", _NUMBER.with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published", _MOMENT, nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("gone_at", _MOMENT, nullable=True),
        sa.Column("archive", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_printed_entry_id")),
        sa.PrimaryKeyConstraint("feed", "entry_id", name=op.f("pk_printed")),
    )
    op.create_index(op.f("ix_printed_entry_id"), "printed", ["entry_id"], unique=False)
    for columns in (["published", "entry_id"], ["gone_at"], ["picture"], ["archive", "published", "entry_id"]):
        op.create_index(op.f(f"ix_printed_feed_{'_'.join(columns)}"), "printed", ["feed", *columns], unique=False)


def _add_parts() -> None:
    op.create_table(
        "parts",
        sa.Column("id", _NUMBER.with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("feed", sa.String(length=64), nullable=False),
        sa.Column("axis", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts")),
        sa.UniqueConstraint("feed", "axis", "name", name=op.f("uq_parts_feed_axis_name")),
    )
    op.create_table(
        "parted",
        sa.Column("feed", sa.String(length=64), nullable=False),
        sa.Column("axis", sa.String(length=20), nullable=False),
        sa.Column("selection", sa.String(length=64), nullable=False),
        sa.Column("seen", _NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("feed", "axis", name=op.f("pk_parted")),
    )
