"""The time that an editor has chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions."""
    op.add_column("crossposts", sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("crossposts", sa.Column("wanted_by", sa.String(length=200), nullable=True))
