"""What editors are told of outside the page."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Only additions."""
    op.create_table(
        "listeners",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listeners")),
    )
    _add_notices()
    _add_messages()
    op.create_table(
        "used_links",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_links")),
    )
    op.create_index(op.f("ix_used_links_expires_at"), "used_links", ["expires_at"], unique=False)


def _add_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("listener", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("crosspost_id", _KEY, nullable=True),
        sa.Column("account", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("bulletin", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["crosspost_id"], ["crossposts.id"], name=op.f("fk_notices_crosspost_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("listener", "key", name=op.f("uq_notices_listener_key")),
    )
    op.create_index(op.f("ix_notices_crosspost_id"), "notices", ["crosspost_id"], unique=False)
    op.create_index(op.f("ix_notices_listener_bulletin"), "notices", ["listener", "bulletin"], unique=False)


def _add_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("bulletin", sa.BigInteger(), nullable=False),
        sa.Column("listener", sa.String(length=200), nullable=False),
        sa.Column("is_room", sa.Boolean(), nullable=False),
        sa.Column("reader", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", _MOMENT, nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("bulletin", "is_room", "reader", name=op.f("uq_messages_bulletin_is_room_reader")),
    )
    op.create_index(op.f("ix_messages_state_not_before"), "messages", ["state", "not_before"], unique=False)
    op.create_index(op.f("ix_messages_listener_made_at"), "messages", ["listener", "made_at"], unique=False)
