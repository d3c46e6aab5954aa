"""Which copies this database was put back from, and whether what may have left since was looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions: of a copy that is older than this, `relay restore` tells."""
    op.create_table(
        "copies",
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("made_at", name=op.f("pk_copies")),
    )
