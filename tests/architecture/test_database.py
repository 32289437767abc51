"""Migrations and tables say the same, on both databases; personal data is known to every registry."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.core import registries, schema
from app.extensions import db


def test_there_is_one_head():
    assert len(schema._script().get_heads()) == 1


def test_migrations_and_models_agree(app):
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_migrations_import_no_code_of_the_house():
    for revision in schema._script().walk_revisions():
        assert "from app" not in Path(revision.path).read_text()


def test_every_check_of_the_models_is_in_the_database(app):
    """Alembic compares no CHECK constraints; so their names are compared here."""
    inspector = sa.inspect(db.session.connection())
    for table in db.metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        found = {c["name"] for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


PERSONAL = {"person_id", "author_id", "translator_id"}
"""Columns that point at a person whose data it is."""


def test_every_package_with_personal_data_speaks_in_the_registries(app):
    owners = set()
    for mapper in db.Model.registry.mappers:
        table = mapper.local_table
        if PERSONAL & set(table.c.keys()):
            owners.add(mapper.class_.__module__.split(".")[1])
    assert owners == {"core", "people", "sessions", "announcements", "reflections", "house"}
    for registry, packages in registries.packages_with_personal_data().items():
        assert owners <= packages, registry
