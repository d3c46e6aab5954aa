"""How accounts stand with their networks, and what connects them, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Only additions."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("allowance_left", sa.Integer(), nullable=True),
        sa.Column("allowance_until", _MOMENT, nullable=True),
        sa.Column("limits", sa.Text(), nullable=True),
        sa.Column("server", sa.Text(), nullable=True),
        sa.Column("fetched_at", _MOMENT, nullable=True),
        sa.Column("held_why", sa.Text(), nullable=True),
        sa.Column("held_since", _MOMENT, nullable=True),
        sa.Column("held_mark", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    _add_grants()
    _add_visits()
    op.create_table(
        "foretold",
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", "ends_at", "days", name=op.f("pk_foretold")),
    )


def _add_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("connected_by", sa.String(length=200), nullable=False),
        sa.Column("connected_at", _MOMENT, nullable=False),
        sa.Column("granted_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=True),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("refreshes", sa.Boolean(), nullable=False),
        sa.Column("refresh_at", _MOMENT, nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_refresh_at"), "grants", ["refresh_at"], unique=False)


def _add_visits() -> None:
    op.create_table(
        "visits",
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("redirect", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_visits")),
    )
