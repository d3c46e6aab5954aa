"""Long queues are read a page at a time, and searched."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions."""
