"""Does the database have the revision this code was written for? Asked at start, by the worker and by `/readyz`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


FULL_TEXT = "fts_"
"""How tables and indexes of a full-text index are named. Each database has its own kind; migrations write them by hand,
and the models, which both databases share, do not name them."""


def is_in_models(_thing: Any, name: str | None, _kind: str, _is_reflected: bool, _compared: Any) -> bool:
    """Alembic's `include_object`: whatever the comparison of migrations with models should look at."""
    return not (name or "").startswith(FULL_TEXT)


class SchemaState(StrEnum):
    EMPTY = "empty"
    OLD = "old"
    CURRENT = "ready"
    NEWER = "newer"


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def head() -> str:
    """Return the revision that this code was written for."""
    return _script().get_current_head() or ""


def compare(connection: sa.Connection) -> SchemaState:
    """Compare the database's revision with the code's. A revision this code does not know is a newer one."""
    revision = MigrationContext.configure(connection).get_current_revision()
    script = _script()
    if revision is None:
        return SchemaState.EMPTY
    if revision == script.get_current_head():
        return SchemaState.CURRENT
    known = {entry.revision for entry in script.walk_revisions()}
    return SchemaState.OLD if revision in known else SchemaState.NEWER
