"""The schema, step by step, for Alembic."""

HEAD = "0022"
"""The newest step; kept here so that a start which has nothing to migrate need not load Alembic."""
