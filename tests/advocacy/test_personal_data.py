"""A person's hands in the catalogue go with the person; the facts stay."""

from datetime import date

from app.advocacy import services
from app.advocacy.models import FollowedSpace, OccurrenceKind, OrganisationAccess, Standing
from app.advocacy.services import Dated, Written
from app.core import registries
from app.extensions import db
from app.moments.timing import Timing
from tests.make.advocacy import make_access
from tests.make.people import make_organisation

MARCH = Dated(Timing.days(date(2027, 3, 8), date(2027, 3, 26), "Europe/Zurich"), source="un.example/96")


def hands_of(cast):
    """Let the keeper write a session, note an access and follow a space."""
    occurrence = services.add_occurrence(
        cast.keeper, cast.space, Written(OccurrenceKind.SESSION, 96), MARCH, now=cast.now
    )
    access = make_access(make_organisation("Exemple"), Standing.UNFCCC, noted_by=cast.keeper_person.id)
    db.session.add(
        FollowedSpace(group_id=cast.group.id, space_id=cast.space.id, since=cast.now, by=cast.keeper_person.id)
    )
    db.session.commit()
    return occurrence, access


def test_a_person_takes_along_where_they_had_a_hand(cast):
    occurrence, access = hands_of(cast)
    found = registries.export_person(cast.keeper_person.id)["advocacy"]
    assert {"table": "occurrence", "id": str(occurrence.id), "as": "checked_by, confirmed_by, created_by"} in found[
        "facts"
    ]
    assert {"table": "organisation_access", "id": str(access.id), "as": "noted_by"} in found["facts"]
    assert [row["as"] for row in found["followed_spaces"]] == ["by"]
    assert registries.export_person(cast.outsider_person.id)["advocacy"] == {"facts": [], "followed_spaces": []}


def test_two_rows_of_one_person_become_one_hand(cast):
    occurrence, access = hands_of(cast)
    registries.merge_person(cast.outsider_person.id, cast.keeper_person.id, cast.now)
    assert occurrence.created_by == access.noted_by == cast.outsider_person.id


def test_an_erased_person_leaves_the_facts_behind(cast):
    occurrence, access = hands_of(cast)
    registries.erase_person(cast.keeper_person.id, cast.now)
    db.session.expire_all()
    assert (occurrence.created_by, occurrence.confirmed_by, access.noted_by) == (None, None, None)
    assert occurrence.confirmed_at is not None
    assert db.session.get(OrganisationAccess, access.id) is not None
