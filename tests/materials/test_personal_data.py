"""Whose hand brought a file and added a material: handed out, joined, forgotten; the material stays."""

import pytest

from app.core import registries
from app.extensions import db
from tests.make.materials import make_material, make_stored
from tests.make.people import make_person
from tests.make.sessions import make_track


@pytest.fixture
def bringer(app):
    return make_person("Bringing Example")


@pytest.fixture
def material(app, bringer):
    """A file of a track, and who brought it."""
    stored = make_stored(app, name="water.pdf")
    stored.brought_by = bringer.id
    row = make_material(make_track(), "On water", file=stored, added_by=bringer.id)
    db.session.flush()
    return row


def test_who_added_a_material_takes_it_along(material, bringer):
    handed = registries.export_person(bringer.id)
    (added,) = handed["materials"]["materials"]
    (brought,) = handed["core"]["files"]
    assert (added["title"], added["file"], added["track"]) == ("On water", "water.pdf", material.track.slug)
    assert (brought["name"], brought["type"]) == ("water.pdf", "application/pdf")
    assert registries.holding_of("materials", "materials").stays
    assert registries.holding_of("core", "files").stays


def test_two_rows_of_one_person_have_one_hand(material, bringer, now):
    kept = make_person("Kept Example")
    registries.merge_person(kept.id, bringer.id, now)
    db.session.expire_all()
    assert (material.added_by, material.file.brought_by) == (kept.id, kept.id)


def test_the_material_stays_without_the_hand(material, bringer, now):
    registries.erase_person(bringer.id, now)
    db.session.expire_all()
    assert (material.added_by, material.file.brought_by, material.title) == (None, None, "On water")
    assert material.file.removed_at is None
