"""How Alembic runs a step: on the connection it is given, in one transaction."""

from alembic import context

from relay.storage.tables.every import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
