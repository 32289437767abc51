"""The ground that example mails stand on: who reads, who writes, an organisation, moments; and the mails that need no
more, about accounts, affiliations and the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from app.agenda.models import CalendarLink, Reach
from app.core.actors import NETWORK, SECRETARIAT, job
from app.core.names import Certainty as NameCertainty
from app.core.names import NameRow
from app.core.types import Facts
from app.extensions import Model, db
from app.house.models import ContactMessage
from app.moments.local import in_zone
from app.moments.models import Certainty, Moment, MomentChange, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Assistance,
    MailLink,
    MailPurpose,
    Organisation,
    Person,
    Role,
    RoleGrant,
)
from app.proposals.models import Proposal, ProposalState

Row = TypeVar("Row", bound=Model)

HOUSE = job("example mails")
ZONE = "Africa/Nairobi"
"""Where the things take place; their reader lives by other clocks."""

ORGANISATION = {
    "en": "Women of the Lagoon (example)",
    "fr": "Femmes de la lagune (exemple)",
    "es": "Mujeres de la laguna (ejemplo)",
    "pt": "Mulheres da lagoa (exemplo)",
    "ar": "نساء البحيرة (مثال)",
}


class Ground:
    """Made as it is asked for: a mail about a password makes no session."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.numbers = count(1)

    def kept(self, row: Row, names: Mapping[str, str] | None = None, kind: str = "") -> Row:
        db.session.add(row)
        db.session.flush()
        if names:
            thing_id = row.id  # type: ignore[attr-defined]  # what has a name has an id
            db.session.add_all(NameRow.of(kind, thing_id, *said, NameCertainty.OWN) for said in names.items())
            db.session.flush()
        return row

    def hours(self, days: float, hour: int = 17) -> Timing:
        """Return two hours so many days from now, on the clock of their place."""
        start = in_zone(self.now + timedelta(days=days), ZONE).replace(tzinfo=None, hour=hour, minute=0)
        start = start.replace(second=0, microsecond=0)
        return Timing.minutes(start, start + timedelta(hours=2), ZONE)

    def day(self, days: int) -> Timing:
        return Timing.days((self.now + timedelta(days=days)).date(), zone=ZONE)

    def moment(self, kind: str, subject_id: UUID, timing: Timing, **said: Any) -> Moment:
        values = {"status": Status.CONFIRMED, "certainty": Certainty.VERIFIED, "audience": NETWORK} | said
        return create_moment(HOUSE, subject_kind=kind, subject_id=subject_id, timing=timing, now=self.now, **values)

    def changed(self, moment: Moment, **to: Any) -> MomentChange:
        change = change_moment(HOUSE, moment, now=self.now, **to)
        assert change is not None  # noqa: S101 - every example changes something
        return change

    def person(self, name: str) -> Person:
        return self.kept(
            Person(name=name, name_fold=name.lower(), zone="Africa/Dakar", is_example=True, created_at=self.now)
        )

    @cached_property
    def reader(self) -> Person:
        """A member of the network who speaks for the organisation, so that what asks an organisation asks them."""
        person, address = self.person("Example Reader"), f"{uuid4()}@example.org"
        self.kept(
            Account(person_id=person.id, email=address, email_norm=address, verified_at=self.now, created_at=self.now)
        )
        self.kept(self.tie(person, AffiliationState.CONFIRMED))
        self.kept(
            RoleGrant(person_id=person.id, role=Role.MANDATED, organisation_id=self.organisation.id, given_at=self.now)
        )
        return person

    @cached_property
    def writer(self) -> Person:
        return self.person("Awa Exemple")

    @cached_property
    def organisation(self) -> Organisation:
        row = Organisation(kind="inhabitants_federation", is_example=True, created_at=self.now)
        return self.kept(row, ORGANISATION, "organisation")

    def link(self, purpose: MailPurpose) -> Facts:
        row = MailLink(
            person_id=self.reader.id,
            purpose=purpose,
            email_norm="example@example.org",
            created_at=self.now,
            expires_at=self.now + timedelta(hours=1),
        )
        return {"link": str(self.kept(row).id)}

    def tie(self, person: Person, state: AffiliationState) -> Affiliation:
        return Affiliation(
            person_id=person.id,
            organisation_id=self.organisation.id,
            kind=AffiliationKind.MEMBER,
            state=state,
            from_on=self.now.date(),
            asked_at=self.now,
        )

    def affiliation(self, state: AffiliationState) -> Facts:
        return {"affiliation": str(self.kept(self.tie(self.person("Example Applicant"), state)).id)}

    def named_helper(self) -> Facts:
        row = Assistance(person_id=self.writer.id, helper_id=self.reader.id, from_at=self.now)
        return {"assistance": str(self.kept(row).id)}

    def calendar_link(self) -> Facts:
        row = CalendarLink(
            person_id=self.reader.id, token_sha256=uuid4().hex, name="Tel (ejemplo)", reach=Reach.MINE, made_at=self.now
        )
        return {"link": str(self.kept(row).id)}

    def message(self) -> Facts:
        self.kept(
            ContactMessage(
                audience=SECRETARIAT, email="example@example.org", language="es", body="(ejemplo)", sent_at=self.now
            )
        )
        return {"audience": SECRETARIAT}

    def proposal(self, state: ProposalState) -> Facts:
        timing, is_answered = self.hours(20), state is ProposalState.REFUSED
        row = Proposal(
            title="Asamblea abierta (ejemplo)",
            language="es",
            precision=timing.precision,
            wall_start=timing.wall_start,
            wall_end=timing.wall_end,
            zone=timing.zone,
            email="example@example.org",
            page_language="es",
            sent_at=self.now,
            state=state,
            answered_at=self.now if is_answered else None,
            because="Ya está en la agenda (ejemplo)." if is_answered else "",
        )
        return {"proposal": str(self.kept(row).id)}


Kinds = dict[str, Callable[[Any], Facts]]
"""By kind of mail, what makes its example and returns its parameters."""


def nothing(_ground: Ground) -> Facts:
    """The words are the same for everybody."""
    return {}


KINDS: Kinds = {
    "people.verify": lambda ground: ground.link(MailPurpose.VERIFY),
    "people.reset": lambda ground: ground.link(MailPurpose.RESET),
    "people.sign_in": lambda ground: ground.link(MailPurpose.SIGN_IN),
    "people.invite": lambda ground: ground.link(MailPurpose.INVITE),
    "people.already_registered": nothing,
    "people.erasure_asked": nothing,
    "people.erasure_noted": nothing,
    "people.erasure_refused": nothing,
    "people.erased": nothing,
    "people.affiliation_confirmed": lambda ground: ground.affiliation(AffiliationState.CONFIRMED),
    "people.affiliation_refused": lambda ground: ground.affiliation(AffiliationState.REFUSED),
    "people.affiliation_asked": lambda ground: ground.affiliation(AffiliationState.PENDING),
    "people.named_helper": Ground.named_helper,
    "agenda.link_made": Ground.calendar_link,
    "house.message_came": Ground.message,
    "proposals.link": lambda ground: ground.proposal(ProposalState.SENT),
    "proposals.came": lambda ground: ground.proposal(ProposalState.WAITING),
    "proposals.answered": lambda ground: ground.proposal(ProposalState.REFUSED),
}
