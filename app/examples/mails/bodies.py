"""Example mails about dates of bodies, and about what organisations plan and sign towards them."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from app.advocacy.models import (
    SPACE,
    AdvocacySpace,
    FollowedSpace,
    Occurrence,
    OccurrenceKind,
    SpaceKind,
    Step,
    StepCode,
)
from app.core.actors import NETWORK
from app.core.types import Facts
from app.engagements.models import Engagement, EngagementState, EngagementText, Signatory, SignatoryState
from app.examples.mails.ground import Kinds
from app.examples.mails.voices import Voices
from app.moments.models import Certainty
from app.reminders.models import Care

BODY = {
    "en": "Committee for Good Dwelling (example)",
    "fr": "Comité du bon habitat (exemple)",
    "es": "Comité del buen habitar (ejemplo)",
    "pt": "Comitê do bom morar (exemplo)",
    "ar": "لجنة السكن الكريم (مثال)",
}
TITLE = "Declaración sobre el calor (ejemplo)"


class Bodies(Voices):
    @cached_property
    def space(self) -> AdvocacySpace:
        row = AdvocacySpace(
            slug=f"example-{uuid4().hex[:8]}",
            kind=SpaceKind.TREATY_BODY,
            zone="Europe/Zurich",
            certainty=Certainty.VERIFIED,
            created_at=self.now,
        )
        space = self.kept(row, BODY, SPACE)
        self.kept(FollowedSpace(group_id=self.coordinator.group_id, space_id=space.id, since=self.now))
        return space

    @cached_property
    def occurrence(self) -> Occurrence:
        occurrence_id = uuid4()
        row = Occurrence(
            id=occurrence_id,
            space_id=self.space.id,
            kind=OccurrenceKind.SESSION,
            moment_id=self.moment("occurrence", occurrence_id, self.day(40)).id,
            certainty=Certainty.VERIFIED,
            created_at=self.now,
        )
        return self.kept(row)

    def step(self, days: int) -> Step:
        """A deadline so many days from now."""
        step_id = uuid4()
        row = Step(
            id=step_id,
            occurrence_id=self.occurrence.id,
            code=StepCode.PARALLEL_REPORT,
            moment_id=self.moment("step", step_id, self.day(days)).id,
            certainty=Certainty.VERIFIED,
            created_at=self.now,
        )
        return self.kept(row)

    def unanswered(self) -> Facts:
        step = self.step(7)
        care = Care(moment_id=step.moment_id, group_id=self.group.id, closes_at=step.moment.until, said={})
        return self.of_moment(step.moment) | {"care": str(self.kept(care).id)}

    def date_changed(self) -> Facts:
        moment = self.occurrence.moment
        change = self.changed(moment, timing=self.day(47), reason="example.org")
        return self.of_moment(moment) | {"change": str(change.id), "occurrence": str(self.occurrence.id)}

    def asked(self, state: SignatoryState) -> Signatory:
        """The organisation of the reader, in something that its group plans."""
        plan = Engagement(
            space_id=self.space.id,
            step_id=self.step(14).id,
            groups=[self.group],
            audience=NETWORK,
            title=TITLE,
            language="es",
            state=EngagementState.IN_THE_MAKING,
            made_at=self.now,
            changed_at=self.now,
        )
        row = Signatory(
            engagement_id=self.kept(plan).id,
            organisation_id=self.organisation.id,
            state=state,
            added_at=self.now - timedelta(days=1),
        )
        return self.kept(row)

    def joining_asked(self) -> Facts:
        return {"signatory": str(self.asked(SignatoryState.ASKED).id), "role": "co-sign"}

    def sign_asked(self) -> Facts:
        row = self.asked(SignatoryState.AGREED)
        link = EngagementText(engagement_id=row.engagement_id, text_id=self.text.id, added_at=self.now)
        self.kept(link)
        return {"signatory": str(row.id), "text": str(self.text.id), "version": 1}


KINDS: Kinds = {
    "reminders.deadline": lambda bodies: bodies.of_moment(bodies.step(7).moment),
    "reminders.closed": lambda bodies: bodies.of_moment(bodies.step(-2).moment),
    "reminders.unanswered": Bodies.unanswered,
    "reminders.occurrence": lambda bodies: bodies.of_moment(bodies.occurrence.moment),
    "reminders.date_changed": Bodies.date_changed,
    "engagements.joining_asked": Bodies.joining_asked,
    "engagements.sign_asked": Bodies.sign_asked,
}
