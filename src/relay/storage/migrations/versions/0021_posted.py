"""What other tools had posted before relay came."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions: nothing was brought over yet."""
    op.create_table(
        "posted",
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "kind", "value", name=op.f("pk_posted")),
    )
