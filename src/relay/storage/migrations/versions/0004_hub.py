"""What relay's own hub needs: its topics, its subscribers, what it has to ask them, and what other hubs know."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Only additions."""
    op.create_table(
        "topics",
        *_topic(),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("stamp", sa.String(length=100), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("feed", "path", name=op.f("pk_topics")),
    )
    _add_errands()
    _add_subscribers()
    op.create_table(
        "pings",
        sa.Column("hub", sa.String(length=500), nullable=False),
        *_topic(),
        *_progress(),
        sa.PrimaryKeyConstraint("hub", "feed", "path", name=op.f("pk_pings")),
    )


def _add_errands() -> None:
    op.create_table(
        "errands",
        _key(),
        sa.Column("mode", sa.String(length=20), nullable=False),
        *_callback(),
        sa.Column("lease_seconds", sa.Integer(), nullable=False),
        sa.Column("not_before", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint("callback", "address", name=op.f("uq_errands_callback_address")),
    )
    for column in ("host", "not_before"):
        op.create_index(op.f(f"ix_errands_{column}"), "errands", [column], unique=False)


def _add_subscribers() -> None:
    op.create_table(
        "subscribers",
        _key(),
        *_topic(),
        *_callback(),
        sa.Column("lease_until", _MOMENT, nullable=False),
        *_progress(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("callback", "address", name=op.f("uq_subscribers_callback_address")),
    )
    for columns in (["host"], ["lease_until"], ["feed", "path"]):
        op.create_index(op.f(f"ix_subscribers_{'_'.join(columns)}"), "subscribers", columns, unique=False)


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False)


def _topic() -> Iterator[sa.Column[Any]]:
    yield sa.Column("feed", sa.String(length=200), nullable=False)
    yield sa.Column("path", sa.String(length=200), nullable=False)


def _callback() -> Iterator[sa.Column[Any]]:
    yield sa.Column("address", sa.Text(), nullable=False)
    yield sa.Column("callback", sa.Text(), nullable=False)
    yield sa.Column("host", sa.String(length=255), nullable=False)
    yield sa.Column("secret", sa.Text(), nullable=False)


def _progress() -> Iterator[sa.Column[Any]]:
    yield sa.Column("version", sa.String(length=64), nullable=False)
    yield sa.Column("at", _MOMENT, nullable=True)
    yield sa.Column("attempts", sa.Integer(), nullable=False)
    yield sa.Column("not_before", _MOMENT, nullable=True)
    yield sa.Column("failing_since", _MOMENT, nullable=True)
    yield sa.Column("note", sa.Text(), nullable=False)
