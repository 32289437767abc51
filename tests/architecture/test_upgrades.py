"""An older house, with its people in it, becomes one of today: nothing is lost and nothing is left without its parent.

`tests/data/house_<revision>.json` holds rows of example people as a house of that revision wrote them;
`python -m tests.make.old_house` writes that of the newest one, once it has landed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

from app import create_app
from app.core import schema
from app.core.upgrade import upgrade_database
from app.decisions.models import Wording
from app.extensions import db
from app.materials.models import TrackMaterial
from app.originals.models import Original, Translation
from app.people.models import MailLink, MailPurpose
from app.reflections.models import Reflection
from app.sessions.models import Intake, TrackMembership
from config import Settings

DATA = Path(__file__).resolve().parents[1] / "data"
OLD_HOUSES = sorted(path.stem.removeprefix("house_") for path in DATA.glob("house_*.json"))

HOUSES_OF_REFLECTIONS = [revision for revision in OLD_HOUSES if revision < "20261122_1100"]
"""Houses whose only originals were reflections, with versions and translations of their own."""


NEVER_STOOD_ALONE = {
    "20261122_0030", "20261122_0400", "20261122_1100", "20261122_1110", "20261122_1120", "20261122_1130",
    "20261122_1140", "20261122_1150", "20261122_1160", "20261122_1170", "20261122_1178",
    "20261122_1190", "20261122_1195", "20261122_1200", "20261122_1206",
    "20261122_1207", "20261123_0800", "20261123_0900", "20261123_0910", "20261123_0920", "20261123_0925",
    "20261123_0930", "20261123_0940", "20261123_0950", "20261123_0955", "20261123_0960",
}  # fmt: skip
"""Revisions that came together with the next one: no house ever stopped there."""


BECAME = {
    "reflection_version": "original_version",
    "reflection_passage": "original_passage",
    "reflection_translation": "original_translation",
}
"""Tables of older houses that have another name today, each with all its rows."""


@pytest.fixture
def empty_app(new_address, tmp_path) -> Iterator[Flask]:
    app = create_app(Settings(instance=tmp_path, database_url=new_address(), secret_key="k" * 40, testing=True))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _to(revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    command.upgrade(config, revision)


def _typed(value: Any, kind: sa.types.TypeEngine[Any], is_sqlite: bool) -> Any:
    if isinstance(kind, sa.LargeBinary) and value is not None:
        return value.encode()
    if value is None or is_sqlite:
        return value
    if isinstance(kind, sa.Uuid):
        return UUID(value)
    if isinstance(kind, sa.DateTime):
        instant = datetime.fromisoformat(value)
        return instant.replace(tzinfo=UTC) if kind.timezone else instant
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.JSON):
        return json.loads(value)
    if isinstance(kind, sa.LargeBinary):
        return value.encode()
    return bool(value) if isinstance(kind, sa.Boolean) else value


def _fill(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write the rows as they were, whatever the models say today."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.begin() as connection:
        old = sa.MetaData()
        old.reflect(connection)
        for table in old.sorted_tables:
            for row in rows.get(table.name, []):
                values = {name: _typed(value, table.c[name].type, is_sqlite) for name, value in row.items()}
                if is_sqlite:
                    names = ", ".join(f'"{name}"' for name in values)
                    marks = ", ".join("?" * len(values))
                    connection.exec_driver_sql(
                        f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(values.values())
                    )
                else:
                    connection.execute(table.insert(), values)


def _counts(tables: list[str]) -> dict[str, int]:
    with db.engine.connect() as connection:
        return {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in tables}


def test_every_landed_revision_has_its_old_house():
    revisions = {entry.revision for entry in schema._script().walk_revisions()}
    assert revisions - set(OLD_HOUSES) - NEVER_STOOD_ALONE <= {schema._script().get_current_head()}


@pytest.mark.parametrize("revision", OLD_HOUSES)
def test_an_older_house_keeps_every_row(empty_app, revision):
    rows = json.loads((DATA / f"house_{revision}.json").read_text())
    _to(revision)
    _fill(rows)
    before = _counts(list(rows))
    assert before == {name: len(kept) for name, kept in rows.items()}

    upgrade_database(empty_app)

    after = _counts([BECAME.get(name, name) for name in rows])
    assert after == {BECAME.get(name, name): count for name, count in before.items()}
    with db.engine.connect() as connection:
        assert schema.compare(connection) is schema.SchemaState.CURRENT


@pytest.mark.parametrize("revision", HOUSES_OF_REFLECTIONS)
def test_reflections_of_an_older_house_are_originals_word_for_word(empty_app, revision):
    rows = json.loads((DATA / f"house_{revision}.json").read_text())
    _to(revision)
    _fill(rows)
    upgrade_database(empty_app)

    kept = {row.id.hex: row for row in db.session.scalars(sa.select(Reflection))}
    originals = db.session.scalars(sa.select(Original.id).where(Original.kind == "reflection"))
    assert {one.hex for one in originals} == set(kept)
    assert {_hex(row["id"]) for row in rows["reflection"]} == set(kept)
    for row in rows["reflection"]:
        today = kept[_hex(row["id"])]
        assert (today.language, today.audience, today.version) == (row["language"], row["audience"], row["version"])
        assert (today.track_id.hex, today.author_id and today.author_id.hex, bool(today.withdrawn_at)) == (
            _hex(row["track_id"]), row["author_id"] and _hex(row["author_id"]), bool(row["withdrawn_at"]),
        )  # fmt: skip
    for row in rows["reflection_version"]:
        version = kept[_hex(row["reflection_id"])].versions[row["number"] - 1]
        assert (version.number, version.body) == (row["number"], row["body"])
    for row in rows["reflection_translation"]:
        translation = db.session.get_one(Translation, UUID(row["id"]))
        assert (translation.original_id.hex, translation.body) == (_hex(row["reflection_id"]), row["body"])


def test_versions_of_proposals_of_an_older_house_are_signed_by_who_wrote_them(empty_app):
    rows = json.loads((DATA / "house_20261122_1175.json").read_text())
    proposal = rows["proposal"][0]
    (first,) = (row for row in rows["original_version"] if row["original_id"] == proposal["id"])
    author = next(row["author_id"] for row in rows["original"] if row["id"] == proposal["id"])
    other = next(row["id"] for row in rows["person"] if row["id"] != author)
    rows["original_version"].append(first | {"number": 2})
    amended = {"code": "decisions.decision.amended", "subject_id": proposal["decision_id"], "facts": '{"version": 2}'}
    line = rows["audit_line"][0]
    rows["audit_line"].append(line | amended | {"id": uuid4().hex, "actor_id": other})
    _to("20261122_1175")
    _fill(rows)
    upgrade_database(empty_app)

    kept = {(row.decision_id, row.version): row.written_by for row in db.session.scalars(sa.select(Wording))}
    assert len(kept) == len(rows["proposal"]) + 1
    decision_id = UUID(proposal["decision_id"])
    assert (kept[decision_id, 1], kept[decision_id, 2]) == (UUID(author), UUID(other))


def _hex(written: str) -> str:
    return UUID(written).hex


def test_tracks_of_the_first_house_know_how_many_places_are_taken_and_links_may_sign_in(empty_app):
    rows = json.loads((DATA / "house_20261121_2100.json").read_text())
    _to("20261121_2100")
    _fill(rows)
    upgrade_database(empty_app)

    taken = dict(db.session.execute(sa.select(Intake.track_id, Intake.taken)).all())
    assert len(taken) == len(rows["track"])
    open_places = sa.select(TrackMembership.track_id, sa.func.count()).where(TrackMembership.left_at.is_(None))
    counted = dict(db.session.execute(open_places.group_by(TrackMembership.track_id)).all())
    assert {track: number for track, number in taken.items() if number} == counted
    link = db.session.scalars(sa.select(MailLink)).one()
    link.purpose = MailPurpose.SIGN_IN
    db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("revision", ["20261122_0031", "20261122_0410"])
def test_old_material_stands_on_the_shelf_of_its_track(empty_app, revision):
    rows = json.loads((DATA / f"house_{revision}.json").read_text())
    _to(revision)
    _fill(rows)
    upgrade_database(empty_app)

    kept = {
        (row.id.hex, row.track_id.hex, row.session_id and row.session_id.hex, row.title)
        for row in db.session.scalars(sa.select(TrackMaterial)).unique()
    }
    wanted = {
        (_hex(row["id"]), _hex(row["track_id"]), row["session_id"] and _hex(row["session_id"]), row["title"])
        for row in rows["material"]
    }
    assert kept == wanted
