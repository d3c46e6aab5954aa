"""Members, and how they sign in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Only additions: members keep their roles, and whoever is signed in stays so."""
    for column in _of_users():
        op.add_column("users", column)
    for name in ("email", "handle", "subject"):
        op.create_index(op.f(f"ix_users_{name}"), "users", [name])
    for column in _of_sessions():
        op.add_column("sessions", column)
    _create_passkeys()
    _create_ceremonies()
    _create_tries()


def _of_users() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("accounts", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("email", sa.String(length=320), nullable=False, server_default=sa.text("''")),
        sa.Column("handle", sa.String(length=64), nullable=False, server_default=sa.text("''")),
        sa.Column("password", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("subject", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("seen_at", _MOMENT),
    )


def _of_sessions() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("begun_at", _MOMENT),
        sa.Column("seen_at", _MOMENT),
        sa.Column("browser", sa.String(length=80), nullable=False, server_default=sa.text("''")),
        sa.Column("way", sa.String(length=20), nullable=False, server_default=sa.text("''")),
    )


def _create_passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=1400), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_passkeys_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
    )
    op.create_index(op.f("ix_passkeys_user"), "passkeys", ["user"])


def _create_ceremonies() -> None:
    op.create_table(
        "ceremonies",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_ceremonies")),
    )
    op.create_index(op.f("ix_ceremonies_network"), "ceremonies", ["network"])
    op.create_index(op.f("ix_ceremonies_expires_at"), "ceremonies", ["expires_at"])


def _create_tries() -> None:
    op.create_table(
        "tries",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("last", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_tries")),
    )
    op.create_index(op.f("ix_tries_last"), "tries", ["last"])
