"""Who is inside a group, who was asked to come, who asked to observe."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation, Person
from app.workinggroups.models.groups import WorkingGroup


class Standing(StrEnum):
    """What somebody is in a group. Observers read and have no voice in decisions; guests take part from outside the
    network, invited by carriers or under an agreement (R-20)."""

    MEMBER = "member"
    OBSERVER = "observer"
    GUEST = "guest"


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ObserverRequestState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class GroupMembership(Model):
    """A person's place in a group, from coming to leaving, and for which organisation.

    `acknowledged_edition` is the edition of the objectives that the person acknowledged when coming in (R-04).
    """

    __tablename__ = "group_membership"
    __table_args__ = (
        sa.Index(
            "uq_group_membership_open",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("left_at IS NULL"),
            sqlite_where=sa.text("left_at IS NULL"),
        ),
        sa.Index("ix_group_membership_person", "person_id"),
        sa.CheckConstraint("standing <> 'member' OR acknowledged_at IS NOT NULL", name="members_acknowledged"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    standing: Mapped[Standing] = mapped_column(code_type(Standing, "standing"))
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_edition: Mapped[int | None]
    admitted_by: Mapped[UUID | None]  # who let them in, where somebody did

    group: Mapped[WorkingGroup] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class GroupInvitation(Model):
    """A person, or an organisation as a whole, is asked to come into a group: once, and a refusal is remembered (R-06).

    An organisation answers through whoever speaks for it.
    """

    __tablename__ = "group_invitation"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="person_or_organisation"),
        sa.UniqueConstraint("group_id", "person_id", name="uq_group_invitation_person"),
        sa.UniqueConstraint("group_id", "organisation_id", name="uq_group_invitation_organisation"),
        sa.Index("ix_group_invitation_person", "person_id", "state"),
        sa.Index("ix_group_invitation_organisation", "organisation_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    standing: Mapped[Standing] = mapped_column(code_type(Standing, "standing"))
    state: Mapped[InvitationState] = mapped_column(code_type(InvitationState, "state"), default=InvitationState.OPEN)
    words: Mapped[str] = mapped_column(sa.String(1000), default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="")
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invited_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None]

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class ObserverRequest(Model):
    """Somebody who may not become a member asks to observe; a coordinator decides."""

    __tablename__ = "observer_request"
    __table_args__ = (
        sa.Index("ix_observer_request_group", "group_id", "state", "asked_at", "id"),
        sa.Index("ix_observer_request_person", "person_id"),
        sa.Index(
            "uq_observer_request_open",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("state = 'asked'"),
            sqlite_where=sa.text("state = 'asked'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    words: Mapped[str] = mapped_column(sa.String(1000), default="")
    state: Mapped[ObserverRequestState] = mapped_column(
        code_type(ObserverRequestState, "state"), default=ObserverRequestState.ASKED
    )
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(sa.String(500), default="")

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
