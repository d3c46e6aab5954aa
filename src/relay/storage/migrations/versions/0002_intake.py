"""What polite polling, pushes and questions to editors need to remember.

What a source's last answers taught becomes one value; its validators go along, so that nothing is fetched anew.
"""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Move the sources over, widen the entries, and add what is new."""
    old = op.get_bind().execute(sa.text("SELECT * FROM sources")).mappings().all()
    op.drop_index(op.f("ix_sources_due"), "sources")
    op.drop_table("sources")
    sources = op.create_table(
        "sources",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("due", _MOMENT, nullable=True),
        sa.Column("landed", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_due"), "sources", ["due"], unique=False)
    op.create_index(op.f("ix_sources_landed"), "sources", ["landed"], unique=False)
    if old:
        op.bulk_insert(sources, [_moved(dict(row)) for row in old])
    _widen_entries()
    _add_tables()


def _moved(row: dict[str, Any]) -> dict[str, Any]:
    validators = {name: b64encode(row[name]).decode() for name in ("etag", "last_modified") if row[name]}
    moments = {name: _text(row[name]) for name in ("due", "polled_at", "succeeded_at") if row[name]}
    words = {name: row[name] for name in ("failures", "answer", "reason")}
    hints = {"max_age": f"PT{row['max_age']}S"} if row["max_age"] is not None else {}
    state = {**moments, **words, "validators": validators, "hints": hints}
    return {"id": row["id"], "due": _moment(row["due"]), "state": json.dumps(state), "origin": row["origin"]}


def _text(moment: Any) -> str:
    """SQLite gives texts without a zone for what is in UTC, PostgreSQL aware times."""
    if not isinstance(moment, str):
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
    text = moment.replace(" ", "T")
    return text if "+" in text else f"{text}Z"


def _moment(moment: Any) -> Any:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def _widen_entries() -> None:
    op.add_column("entries", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("entries", sa.Column("revisions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("entries", sa.Column("withdrawn_at", _MOMENT, nullable=True))
    op.create_index(op.f("ix_identities_kind_value"), "identities", ["kind", "value"], unique=False)


def _add_tables() -> None:
    op.create_table(
        "fetches",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("edited", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
    )
    op.create_index(op.f("ix_fetches_source_id"), "fetches", ["source_id"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pauses")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("leased_at", _MOMENT, nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("pushed_at", _MOMENT, nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("source_id", name=op.f("uq_subscriptions_source_id")),
    )
    op.create_table(
        "pushes",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
    )
    op.create_table(
        "questions",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_source_id"), "questions", ["source_id"], unique=False)
    op.create_index(op.f("ix_questions_answered_at"), "questions", ["answered_at"], unique=False)
