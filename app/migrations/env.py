"""Alembic's entry: runs on the connection that app.migrations hands over."""

from alembic import context

from app.db import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=False)
context.run_migrations()
