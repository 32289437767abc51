"""A session that moves concerns whoever works towards it: who runs a group of the engagement, and who goes there."""

from datetime import date

from app.advocacy import concerned
from app.core.actors import VISITOR
from app.core.registries import actor_at
from app.engagements.models import EngagementState
from app.extensions import db
from tests.make.advocacy import make_occurrence, make_space
from tests.make.engagements import make_delegate, make_engagement
from tests.make.people import make_member
from tests.make.workinggroups import make_coordinator, make_group, make_place


def test_who_runs_a_group_and_who_goes_is_concerned(app, now):
    coordinator, member, traveller, outsider = (make_member(name) for name in ("Huda", "Fatou", "Njeri", "Rosa"))
    group = make_group("Land group", slug="land-group")
    make_coordinator(group, coordinator)
    make_place(group, member)
    space = make_space()
    occurrence, given_up = make_occurrence(space, number=1), make_occurrence(space, date(2027, 9, 1), number=2)
    make_delegate(make_engagement(space, group, occurrence=occurrence), traveller)
    make_engagement(space, group, occurrence=given_up, state=EngagementState.GIVEN_UP)
    make_engagement(space, group)
    db.session.commit()
    for person in (coordinator, traveller):
        assert concerned.occurrences_of(actor_at(person.id, now), now) == {occurrence.id}
    for person in (member, outsider):
        assert concerned.occurrences_of(actor_at(person.id, now), now) == set()
    assert concerned.occurrences_of(VISITOR, now) == set()
