"""Tables of persons, organisations and what ties them: accounts, affiliations, roles, languages, consent."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model


class Gender(StrEnum):
    """Self-declared, optional; no answer is NULL and is not the same as `undisclosed`."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Appearance(StrEnum):
    """Where a person agrees to appear by name: nobody outside their tracks, people of the network, or everybody."""

    NOBODY = "nobody"
    NETWORK = "network"
    PUBLIC = "public"


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


class MailPurpose(StrEnum):
    VERIFY = "verify"
    RESET = "reset"
    INVITE = "invite"


class Region(Model):
    """A region of the network; its names are name rows of kind `region`."""

    __tablename__ = "region"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    position: Mapped[int]


class Organisation(Model):
    """An organisation; its names are name rows of kind `organisation`. `code` is the programme file's id.

    One that somebody named when registering is not listed until its first affiliation is confirmed.
    """

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    acronym: Mapped[str] = mapped_column(sa.String(40), default="")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    city: Mapped[str] = mapped_column(sa.String(120), default="")
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    certainty: Mapped[str] = mapped_column(sa.String(20), default="own")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    is_listed: Mapped[bool] = mapped_column(default=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    region: Mapped[Region | None] = relationship(lazy="joined")


class Person(Model):
    """A person, with or without an account. `name` is as they write it; `name_latin` helps who cannot read it."""

    __tablename__ = "person"
    __table_args__ = (sa.Index("ix_person_name_fold", "name_fold", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(160))
    name_latin: Mapped[str] = mapped_column(sa.String(160), default="")
    name_fold: Mapped[str] = mapped_column(sa.String(330))
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    zone: Mapped[str] = mapped_column(sa.String(60), default="")
    page_language: Mapped[str] = mapped_column(sa.String(20), default="")
    preferred_language: Mapped[str] = mapped_column(sa.String(20), default="")
    gender: Mapped[Gender | None] = mapped_column(code_type(Gender, "gender"))
    appearance: Mapped[Appearance] = mapped_column(code_type(Appearance, "appearance"), default=Appearance.NOBODY)
    appearance_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    scheme: Mapped[str] = mapped_column(sa.String(8), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    languages: Mapped[list[PersonLanguage]] = relationship(
        order_by="PersonLanguage.position", cascade="all, delete-orphan", lazy="selectin"
    )
    region: Mapped[Region | None] = relationship(lazy="joined")


class PersonLanguage(Model):
    """A language a person speaks, in their own order."""

    __tablename__ = "person_language"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    position: Mapped[int]


class Account(Model):
    """How a person signs in. No password until an invitation or a reset was answered."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    email_norm: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")


class AuthSession(Model):
    """One signed-in device. The cookie carries a token; only its hash is kept."""

    __tablename__ = "auth_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(sa.String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MailLink(Model):
    """A single-use link sent by mail. The link carries this row's id, signed; nothing secret is kept."""

    __tablename__ = "mail_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[MailPurpose] = mapped_column(code_type(MailPurpose, "purpose"))
    email_norm: Mapped[str] = mapped_column(sa.String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


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

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
