"""What the blog's format needs: pictures that relay keeps, news that two sources bring, bodies that editors name."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Only additions: what stood there stays as it is."""
    op.add_column("entries", sa.Column("held_until", _MOMENT, nullable=True))
    op.add_column("entries", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_entries_merged_into"), "entries", ["merged_into"], unique=False)
    op.create_table(
        "pictures",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", _MOMENT, nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_pictures_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "place", name=op.f("pk_pictures")),
    )
    for name in ("state", "digest"):
        op.create_index(op.f(f"ix_pictures_{name}"), "pictures", [name], unique=False)
    op.create_table(
        "renditions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", "need", name=op.f("pk_renditions")),
    )
    op.create_table(
        "bodies",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
    )
