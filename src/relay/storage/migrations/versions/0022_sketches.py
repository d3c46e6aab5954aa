"""What is kept of the entries of each source's last document."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions: the next document of each source is read whole."""
    op.create_table(
        "sketches",
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_sketches")),
    )
