"""Programs with tokens, and addresses that are told of events."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only additions."""
