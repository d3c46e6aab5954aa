"""What is public of a cross-post, post by post, and the words that stand there while others are proposed."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions; what was sent before is a thread of one."""
    op.add_column("crossposts", sa.Column("parts", sa.Text(), server_default="[]", nullable=False))
    op.add_column("crossposts", sa.Column("live", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_attempts_started_at"), "attempts", ["started_at"], unique=False)
    table = sa.table("crossposts", *map(sa.column, ("id", "request", "remote_id", "remote_url", "parts")))
    known = sa.select(table).where(table.c.remote_id.is_not(None), table.c.request.is_not(None))
    for row in op.get_bind().execute(known).all():
        sent = {"id": row.remote_id, "url": row.remote_url}
        parts = json.dumps([{"request": json.loads(row.request), "sent": sent}], ensure_ascii=False)
        op.execute(sa.update(table).where(table.c.id == row.id).values(parts=parts))
