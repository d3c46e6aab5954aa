"""When a look at the network first did not find what may have been sent."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions: what is in doubt is looked for twice from now on."""
    op.add_column("crossposts", sa.Column("unseen_at", sa.DateTime(timezone=True), nullable=True))
