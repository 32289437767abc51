"""Two rows of one person in one group: what they are there, and what they answered, is not lost by joining them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core import registries
from app.extensions import db
from app.workinggroups.models import GroupInvitation, GroupMembership, InvitationState, Standing
from tests.conftest import START
from tests.make.people import make_organisation, make_person
from tests.make.workinggroups import make_group, make_invitation, make_place


@pytest.mark.parametrize("member_is_kept", [True, False])
def test_of_two_places_the_one_of_a_member_stays(app, now, member_is_kept):
    group, organisation, kept, gone = make_group(), make_organisation(), make_person(), make_person()
    member, observer = (kept, gone) if member_is_kept else (gone, kept)
    make_place(group, member, organisation)
    make_place(group, observer, standing=Standing.OBSERVER)
    registries.merge_person(kept.id, gone.id, START)
    place = db.session.scalars(sa.select(GroupMembership).where(GroupMembership.group_id == group.id)).one()
    assert (place.person_id, place.standing, place.organisation_id) == (kept.id, Standing.MEMBER, organisation.id)


@pytest.mark.parametrize("refuser_is_kept", [True, False])
def test_a_refusal_is_remembered(app, now, refuser_is_kept):
    """R-06: nobody is asked twice, by no odd way."""
    group, kept, gone = make_group(), make_person(), make_person()
    refuser, other = (kept, gone) if refuser_is_kept else (gone, kept)
    make_invitation(group, refuser, state=InvitationState.DECLINED, answered_at=START)
    make_invitation(group, other, state=InvitationState.WITHDRAWN, answered_at=START)
    registries.merge_person(kept.id, gone.id, START)
    left = db.session.scalars(sa.select(GroupInvitation).where(GroupInvitation.group_id == group.id)).one()
    assert (left.person_id, left.state) == (kept.id, InvitationState.DECLINED)
