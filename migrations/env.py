"""Alembic's entry: runs migrations inside the app context, on a raw connection without foreign keys on SQLite.

A batch rebuild on SQLite with foreign keys on would delete child rows; so they are off for the whole run and
checked afterwards.
"""

from alembic import context
from sqlalchemy import create_engine, event, pool
from sqlalchemy.types import TypeDecorator

from app.core.database import engine_options
from app.core.schema import is_in_models
from app.extensions import db

target_metadata = db.metadata


def render_item(kind, item, autogen_context):
    """Write the plain type behind our own column types: a migration imports no code of the house."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    url = db.engine.url
    options = engine_options(url.render_as_string(hide_password=False))
    options.pop("pool_pre_ping", None)
    engine = create_engine(url, poolclass=pool.NullPool, **options)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:

        @event.listens_for(engine, "connect")
        def _on_connect(connection, _record):
            connection.isolation_level = None
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("PRAGMA busy_timeout=10000")

        @event.listens_for(engine, "begin")
        def _on_begin(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            render_as_batch=is_sqlite,
            compare_type=True,
            render_item=render_item,
            include_object=is_in_models,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            with connection.begin():
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"migration left rows without their parents: {broken[:5]}")
    engine.dispose()


run()
