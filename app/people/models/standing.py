"""What ties a person to the network: affiliations and roles, with their days."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models.organisations import Organisation
from app.people.models.persons import Person


class AffiliationKind(StrEnum):
    MEMBER = "member"
    FRIEND = "friend"
    ALLY = "ally"


class AffiliationState(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Role(StrEnum):
    """Roles in the whole house or for one organisation; leading a track is told by the track itself."""

    SECRETARIAT = "secretariat"
    COORDINATOR = "coordinator"  # may run working groups; each group names its own (working-groups issue)
    MANDATED = "mandated"  # speaks for one organisation: confirms its affiliations


class Affiliation(Model):
    """A person's tie to the network, for an organisation or alone, between two days; it counts once confirmed.

    `from_on` and `until_on` are inclusive days. A pending or refused one gives no keys.
    """

    __tablename__ = "affiliation"
    __table_args__ = (
        sa.Index("ix_affiliation_person", "person_id", "state"),
        sa.Index("ix_affiliation_organisation", "organisation_id", "state"),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),
        sa.Index(
            "uq_affiliation_open",
            "person_id",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("until_on IS NULL AND state <> 'refused'"),
            sqlite_where=sa.text("until_on IS NULL AND state <> 'refused'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    kind: Mapped[AffiliationKind] = mapped_column(code_type(AffiliationKind, "kind"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    state: Mapped[AffiliationState] = mapped_column(
        code_type(AffiliationState, "state"), default=AffiliationState.PENDING
    )
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class RoleGrant(Model):
    """A role given to a person, for the house or (mandated) for one organisation, until taken back."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.Index("ix_role_grant_person", "person_id"),
        sa.CheckConstraint("(role = 'mandated') = (organisation_id IS NOT NULL)", name="mandate_names_organisation"),
        sa.Index(
            "uq_role_grant_house",
            "person_id",
            "role",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
        ),
        sa.Index(
            "uq_role_grant_organisation",
            "person_id",
            "role",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(code_type(Role, "role"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    from_on: Mapped[date | None]  # of a mandate: the days it covers, both included; empty is open
    until_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
