"""Runs the migrations on the connection that `resource_hub.core.migrations` hands over."""

from alembic import context

from resource_hub.core.db import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
