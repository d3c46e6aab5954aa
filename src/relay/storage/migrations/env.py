"""How Alembic runs a step: on the connection it is given, in one transaction."""

from alembic import context

from relay.storage.tables import (  # noqa: F401  (each adds its tables to the metadata)
    accounts,
    editorial,
    finding,
    hub,
    intake,
    notices,
    parts,
    people,
    programs,
    remarks,
    review,
    service,
)
from relay.storage.tables.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
