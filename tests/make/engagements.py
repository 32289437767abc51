"""Rows of engagements for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.advocacy.models import AdvocacySpace
from app.drafting.models import JointText
from app.engagements.keys import engagement_key
from app.engagements.models import (
    Delegate,
    Engagement,
    EngagementState,
    EngagementText,
    Part,
    Signatory,
    SignatoryState,
)
from app.extensions import db
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup
from tests.conftest import START


def make_engagement(space: AdvocacySpace, *groups: WorkingGroup, **overrides: Any) -> Engagement:
    """What groups plan towards a space, for those inside."""
    engagement_id = uuid4()
    values = {
        "title": "Example statement",
        "language": "en",
        "state": EngagementState.PLANNED,
        "audience": engagement_key(engagement_id),
        "made_at": START,
        "changed_at": START,
    } | overrides
    engagement = Engagement(id=engagement_id, space=space, groups=list(groups), **values)
    db.session.add(engagement)
    db.session.flush()
    return engagement


def make_signatory(engagement: Engagement, organisation: Organisation, **overrides: Any) -> Signatory:
    """An organisation that has agreed to join; `is_lead=True` leads."""
    values = {"state": SignatoryState.AGREED, "added_at": START} | overrides
    signatory = Signatory(organisation=organisation, **values)
    engagement.signatories.append(signatory)
    db.session.flush()
    return signatory


def make_engagement_text(engagement: Engagement, text: JointText, **overrides: Any) -> EngagementText:
    """A joint text that is the engagement's."""
    link = EngagementText(engagement=engagement, text=text, **{"added_at": START} | overrides)
    db.session.add(link)
    db.session.flush()
    return link


def make_delegate(engagement: Engagement, person: Person | None = None, **overrides: Any) -> Delegate:
    """Somebody who travels and speaks; without a person, a name alone."""
    values = {"part": Part.SPEAKS, "name": "" if person else "Example Traveller", "added_at": START} | overrides
    delegate = Delegate(engagement_id=engagement.id, person_id=person.id if person else None, **values)
    db.session.add(delegate)
    db.session.flush()
    return delegate
