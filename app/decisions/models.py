"""Tables of decisions by consent: the proposal in its versions, the windows, the roll, voices, proxies, statements."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.originals.models import Original
from app.people.models import Person
from app.workinggroups.models import WorkingGroup


class Stage(StrEnum):
    """Where a decision is. The first four come in this order; a closed window of objections leads to one of the others,
    and an amended or prolonged one back to `objections`."""

    DRAFTED = "drafted"
    CLARIFICATION = "clarification"
    REACTIONS = "reactions"
    OBJECTIONS = "objections"
    OBJECTED = "objected"  # closed with an objection standing: amend, or lay down
    NO_QUORUM = "no_quorum"  # closed with too few voices: prolong, amend, or lay down
    ADOPTED = "adopted"
    LAID_DOWN = "laid_down"


class WindowKind(StrEnum):
    """What a window is open for. `objections` is the one in which organisations speak."""

    CLARIFICATION = "clarification"
    REACTIONS = "reactions"
    OBJECTIONS = "objections"


class Stand(StrEnum):
    """What an organisation says. Abstaining is no objection, and saying nothing is neither (R-23)."""

    CONSENT = "consent"
    ABSTAIN = "abstain"
    OBJECT = "object"


class Intent(StrEnum):
    """What a statement is meant as."""

    QUESTION = "question"
    ANSWER = "answer"  # to a question, or how an objection was answered
    REACTION = "reaction"
    REASON = "reason"  # what goes with a voice: of an objection the reason, of others whatever they add
    WITHDRAWAL = "withdrawal"  # why an objection was taken back
    LAYING_DOWN = "laying_down"
    OUTCOME = "outcome"


class RollEntry(StrEnum):
    """Why an organisation is on the roll."""

    MEMBER = "member"
    CARRIER = "carrier"


class Decision(Model):
    """A decision that a group takes by consent. `title` is in the language of the proposal and stands once opened.

    `quorum` is the number of organisations of the roll that must have spoken; it is set before opening. `version` is
    that of the proposal which is asked about now. `digest` is the hash of the record when it was settled. `settled_by`
    is empty where the house itself closed the window.
    """

    __tablename__ = "decision"
    __table_args__ = (
        sa.Index("ix_decision_group", "group_id", "created_at", "id"),
        sa.CheckConstraint("quorum > 0", name="quorum_of_one"),
        sa.CheckConstraint("proxies_per_holder >= 0", name="no_fewer_than_none"),
        sa.CheckConstraint("(stage IN ('adopted', 'laid_down')) = (settled_at IS NOT NULL)", name="settled_when"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id"))
    stage: Mapped[Stage] = mapped_column(code_type(Stage, "stage"), default=Stage.DRAFTED)
    title: Mapped[str] = mapped_column(sa.String(160))
    quorum: Mapped[int]
    proxies_per_holder: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[UUID | None]
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
    review_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    review: Mapped[Moment | None] = relationship(lazy="joined")
    proposal: Mapped[Proposal] = relationship(back_populates="decision", lazy="selectin")
    windows: Mapped[list[Window]] = relationship(
        back_populates="decision", order_by="Window.opened_at", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_settled(self) -> bool:
        return self.stage in (Stage.ADOPTED, Stage.LAID_DOWN)

    @property
    def window(self) -> Window | None:
        """The window that was opened last, whether it is still open or not."""
        return self.windows[-1] if self.windows else None


class Proposal(Original):
    """What is proposed. Its author is who proposed it. Every version after the first is an amendment, by whoever may
    amend: the words are the group's to change, and each version stands under the name of who wrote it (`Wording`)."""

    __tablename__ = "proposal"
    __mapper_args__ = {  # noqa: RUF012 - how SQLAlchemy reads it
        "polymorphic_identity": "proposal",
        "polymorphic_load": "selectin",
    }

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id"), primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id"), unique=True)

    decision: Mapped[Decision] = relationship(back_populates="proposal")


class Wording(Model):
    """Who wrote the words of one version of a proposal: a draft may be rewritten, and an amendment written, by another
    than who proposed. Empty for who left the house."""

    __tablename__ = "decision_wording"

    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    writer: Mapped[Person | None] = relationship()


class Window(Model):
    """A time in which something is asked: its moment says from when until when, `version` of which words.

    `remind_at` is due for those who have not spoken, and empty once they were told. A closed window of objections says
    how it was counted: `result` is the stage it led to.
    """

    __tablename__ = "decision_window"
    __table_args__ = (
        sa.Index("ix_decision_window_decision", "decision_id", "opened_at"),
        sa.Index(
            "ix_decision_window_due",
            "remind_at",
            postgresql_where=sa.text("remind_at IS NOT NULL"),
            sqlite_where=sa.text("remind_at IS NOT NULL"),
        ),
        sa.Index(
            "uq_decision_window_open",
            "decision_id",
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"))
    kind: Mapped[WindowKind] = mapped_column(code_type(WindowKind, "kind"))
    version: Mapped[int]
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_by: Mapped[UUID | None]
    remind_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[UUID | None]
    result: Mapped[Stage | None] = mapped_column(code_type(Stage, "result"))
    spoken: Mapped[int | None]

    decision: Mapped[Decision] = relationship(back_populates="windows")
    moment: Mapped[Moment] = relationship(lazy="joined")


class RollLine(Model):
    """An organisation that is entitled to a voice, with its names (by language) when the roll was frozen."""

    __tablename__ = "decision_roll"

    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True, index=True)
    names: Mapped[dict[str, str]] = mapped_column(JSONFacts)
    entry: Mapped[RollEntry] = mapped_column(code_type(RollEntry, "entry"))


class Statement(Original):
    """What somebody said about a decision, in their own words, to one version of the proposal. `organisation_id`: for
    whom; `answers_id`: to what. Words that come after the end of their window are kept and marked (R-22)."""

    __tablename__ = "decision_statement"
    __mapper_args__ = {  # noqa: RUF012 - how SQLAlchemy reads it
        "polymorphic_identity": "statement",
        "polymorphic_load": "selectin",
    }

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id"), primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    intent: Mapped[Intent] = mapped_column(code_type(Intent, "intent"))
    about_version: Mapped[int]
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    answers_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("decision_statement.id"), index=True)
    is_late: Mapped[bool] = mapped_column(default=False)

    decision: Mapped[Decision] = relationship()

    @property
    def body(self) -> str:
        """The words; "" where their author took them away for good."""
        return self.versions[-1].body if self.versions else ""


class GivenVoice(Model):
    """What one organisation said to one version: one voice stands per organisation, the replaced ones are its history.

    `through_id` is the organisation that spoke for it by proxy. The mandate is written down with its days as they were
    when the voice was given. A late voice came after the window had ended; it is kept and counts for nothing (R-22).
    """

    __tablename__ = "decision_voice"
    __table_args__ = (
        sa.Index(
            "uq_decision_voice_standing",
            "decision_id",
            "version",
            "organisation_id",
            "is_late",
            unique=True,
            postgresql_where=sa.text("replaced_at IS NULL"),
            sqlite_where=sa.text("replaced_at IS NULL"),
        ),
        sa.CheckConstraint("stand <> 'object' OR words_id IS NOT NULL", name="objection_has_reason"),
        sa.CheckConstraint("through_id <> organisation_id", name="through_another"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    through_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    stand: Mapped[Stand] = mapped_column(code_type(Stand, "stand"))
    words_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("decision_statement.id"), unique=True)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mandate_id: Mapped[UUID]
    mandate_from: Mapped[date | None]
    mandate_until: Mapped[date | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    replaced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[UUID | None]
    withdrawal_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("decision_statement.id"), unique=True)

    giver: Mapped[Person | None] = relationship(foreign_keys=[given_by])
    words: Mapped[Statement | None] = relationship(foreign_keys=[words_id])
    withdrawal: Mapped[Statement | None] = relationship(foreign_keys=[withdrawal_id])


class Proxy(Model):
    """An organisation of the roll gives its voice to another one, for this decision. `paper` says where the written
    paper lies when a coordinator recorded it; otherwise the mandate of the giver's own person is written down."""

    __tablename__ = "decision_proxy"
    __table_args__ = (
        sa.Index(
            "uq_decision_proxy_standing",
            "decision_id",
            "giver_id",
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        ),
        sa.CheckConstraint("giver_id <> holder_id", name="to_another"),
        sa.CheckConstraint("(paper = '') = (mandate_id IS NOT NULL)", name="mandate_or_paper"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision.id", ondelete="CASCADE"))
    giver_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    holder_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    paper: Mapped[str] = mapped_column(sa.String(300), default="")
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mandate_id: Mapped[UUID | None]
    mandate_from: Mapped[date | None]
    mandate_until: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[UUID | None]

    recorder: Mapped[Person | None] = relationship(foreign_keys=[given_by])


__all__ = [
    "Decision",
    "GivenVoice",
    "Intent",
    "Proposal",
    "Proxy",
    "RollEntry",
    "RollLine",
    "Stage",
    "Stand",
    "Statement",
    "Window",
    "WindowKind",
    "Wording",
]
