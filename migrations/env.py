"""Runs migrations on the connection it is given: the caller owns the transaction."""

from alembic import context

from assistant.store.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
)
with context.begin_transaction():
    context.run_migrations()
