"""Spaces that can be influenced, how one takes part in them, and the rules from which dates are estimated."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models.catalogue import Fact
from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model

SPACE = "space"
MODE = "mode"
RULE = "rule"
"""Kinds of things of the catalogue, for names, notes and audit lines."""


class SpaceKind(StrEnum):
    PEER_REVIEW = "peer_review"
    COUNCIL = "council"
    SPECIAL_PROCEDURE = "special_procedure"
    TREATY_BODY = "treaty_body"
    TREATY_PROCESS = "treaty_process"
    TREATY = "treaty"
    COMMISSION = "commission"
    FORUM = "forum"
    FRAMEWORK = "framework"
    NATIONAL_PROCESS = "national_process"
    GOVERNING_BODY = "governing_body"
    CONFERENCE = "conference"
    ASSESSMENT_BODY = "assessment_body"
    PROCESS = "process"
    ACCESS = "access"  # where one applies to be let in
    OBSERVANCE = "observance"
    OTHER = "other"


class ModeCode(StrEnum):
    """How one takes part. What a space calls it stands in the label of the mode."""

    WRITTEN_SUBMISSION = "written_submission"
    PARALLEL_REPORT = "parallel_report"
    LIST_OF_ISSUES = "list_of_issues"
    CALL_FOR_INPUT = "call_for_input"
    URGENT_COMMUNICATION = "urgent_communication"
    COMPLAINT = "complaint"
    WRITTEN_STATEMENT = "written_statement"
    ORAL_STATEMENT = "oral_statement"
    POSITION_PAPER = "position_paper"
    SIDE_EVENT = "side_event"
    PARALLEL_EVENT = "parallel_event"
    ATTENDANCE = "attendance"
    NATIONAL_DELEGATION = "national_delegation"
    LOBBYING = "lobbying"
    NATIONAL_CONSULTATION = "national_consultation"
    DIALOGUE = "dialogue"
    FOLLOW_UP = "follow_up"
    ACCREDITATION = "accreditation"
    CONSTITUENCY = "constituency"
    EXPERT_REVIEW = "expert_review"
    NOMINATION = "nomination"
    MOBILISATION = "mobilisation"
    USE = "use"  # quoting a text that exists


class Access(StrEnum):
    """What an organisation needs to take part in a mode (R-11)."""

    NONE = "none"
    ECOSOC = "ecosoc"
    ECOSOC_GENERAL_OR_SPECIAL = "ecosoc_general_or_special"
    UNFCCC = "unfccc"
    IPCC = "ipcc"
    UNHABITAT = "unhabitat"
    REGISTRATION = "registration"  # whoever registers
    MAJOR_GROUP = "major_group"  # through a major group
    PARTNER = "partner"  # with a mission or an office of the United Nations
    VICTIMS = "victims"  # victims, or whoever represents them


class StepCode(StrEnum):
    """Steps of a process: what closes on a day, and what happens on one."""

    # deadlines
    WRITTEN_SUBMISSION = "written_submission"
    PARALLEL_REPORT = "parallel_report"
    LIST_OF_ISSUES = "list_of_issues"
    CALL_FOR_INPUT = "call_for_input"
    WRITTEN_STATEMENT = "written_statement"
    ORAL_STATEMENT_REQUEST = "oral_statement_request"
    POSITION_PAPER = "position_paper"
    REGISTRATION = "registration"
    SIDE_EVENT_APPLICATION = "side_event_application"
    PARALLEL_EVENT_APPLICATION = "parallel_event_application"
    EVENT_APPLICATION = "event_application"
    NOMINATION = "nomination"
    ADMISSION_APPLICATION = "admission_application"
    REVIEWER_REGISTRATION = "reviewer_registration"
    STATUS_REPORT = "status_report"
    OTHER_DEADLINE = "other_deadline"
    # stages
    NATIONAL_REPORT = "national_report"
    NATIONAL_CONSULTATION = "national_consultation"
    STATE_NOTIFIES = "state_notifies"
    MAIN_MESSAGES = "main_messages"
    GENERAL_DISCUSSION = "general_discussion"
    EXPERT_DEBATE = "expert_debate"
    PRESENTATION = "presentation"
    REVIEW = "review"  # of one State, in its hours
    ADOPTION = "adoption"
    OBSERVATIONS_PUBLISHED = "observations_published"
    COMMUNICATION_PUBLISHED = "communication_published"
    DISTRIBUTION = "distribution"
    USE = "use"
    FOLLOW_UP = "follow_up"
    OTHER_STAGE = "other_stage"


DEADLINES = frozenset(list(StepCode)[: list(StepCode).index(StepCode.OTHER_DEADLINE) + 1])
"""Steps that close: what has to be handed in by then."""


class OccurrenceKind(StrEnum):
    """What a dated instance of a space is. A resumed session has the number of the session it goes on with."""

    SESSION = "session"
    PRE_SESSION = "pre_session"
    RESUMED = "resumed"
    CONFERENCE = "conference"
    FORUM = "forum"
    REPORT = "report"
    CALL = "call"
    EXPERT_REVIEW = "expert_review"
    MEETING = "meeting"
    PROCESS = "process"
    DAY = "day"
    OTHER = "other"


class Anchor(StrEnum):
    START = "start"
    END = "end"
    YEAR = "year"  # the same day each year


class NoteAbout(StrEnum):
    """What a note of the catalogue is about."""

    CYCLE = "cycle"
    NOW = "now"
    NEXT = "next"
    BODY = "body"
    WORDING = "wording"  # how the network names it
    PARTICIPATION = "participation"
    LANGUAGES = "languages"
    WORDS = "words"
    CHANNEL = "channel"
    FORMAT = "format"
    THEME = "theme"
    DATES = "dates"
    TO_CHECK = "to_check"
    OTHER = "other"


class AdvocacySpace(Fact, Model):
    """A body or process that can be influenced; spaces are a tree. Its names are name rows of kind `space`.

    `place` and `zone` are those of its seat, both empty where it moves. `code` is its name in catalogue files, None for
    a space that this house added.
    """

    __tablename__ = "advocacy_space"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    acronym: Mapped[str] = mapped_column(sa.String(40), default="")
    kind: Mapped[SpaceKind] = mapped_column(code_type(SpaceKind, "kind"))
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("advocacy_space.id"), index=True)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    zone: Mapped[str | None] = mapped_column(sa.String(60))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    recheck_days: Mapped[int] = mapped_column(default=120)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[UUID | None]

    parent: Mapped[AdvocacySpace | None] = relationship(remote_side=[id])
    goals: Mapped[list[SpaceGoal]] = relationship(
        order_by="SpaceGoal.goal", lazy="selectin", cascade="all, delete-orphan"
    )
    """Goals its work touches; what an occurrence reviews stands with the occurrence (R-07)."""


class SpaceGoal(Model):
    """A Sustainable Development Goal, 1 to 17, that the work of a space touches."""

    __tablename__ = "advocacy_space_goal"
    __table_args__ = (sa.CheckConstraint("goal BETWEEN 1 AND 17", name="goal"),)

    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"), primary_key=True)
    goal: Mapped[int] = mapped_column(primary_key=True, index=True)


class ParticipationMode(Fact, Model):
    """One way to take part in a space. `key` names it within the space; `labels` says, by language, what the space
    calls it where the code is too general. `languages`: in which texts are taken, empty where nobody knows."""

    __tablename__ = "participation_mode"
    __table_args__ = (sa.UniqueConstraint("space_id", "key", name="uq_participation_mode_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[ModeCode] = mapped_column(code_type(ModeCode, "code"))
    access: Mapped[Access] = mapped_column(code_type(Access, "access"))
    labels: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    languages: Mapped[list[str]] = mapped_column(JSONFacts, default=list)
    is_closed: Mapped[bool] = mapped_column(default=False)
    is_once_per_organisation: Mapped[bool] = mapped_column(default=False)
    """One text of its own per organisation; joining those of others is free (R-13)."""

    space: Mapped[AdvocacySpace] = relationship(lazy="joined")
    limits: Mapped[list[WordLimit]] = relationship(
        order_by="WordLimit.position", lazy="selectin", cascade="all, delete-orphan"
    )


class WordLimit(Fact, Model):
    """How many words a mode takes (R-12). `status` is the standing of the lead it holds for, as in
    `OrganisationAccess.standing`, "" for any; `is_joint` None for both. `cover_words` of `words` go to the cover page,
    which counts too."""

    __tablename__ = "word_limit"
    __table_args__ = (
        sa.CheckConstraint("words > 0 AND cover_words >= 0 AND cover_words < words", name="words"),
        sa.Index("ix_word_limit_mode", "mode_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    mode_id: Mapped[UUID] = mapped_column(sa.ForeignKey("participation_mode.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(sa.String(32), default="")
    is_joint: Mapped[bool | None]
    words: Mapped[int]
    cover_words: Mapped[int] = mapped_column(default=0)


class StepRule(Fact, Model):
    """From which day of an occurrence a step is estimated. Offsets are whole days, negative before the anchor; where
    `typical` is missing, the earliest day of the range counts: the safe side. `fixed_on` ("06-01") is the day of a step
    that is the same each year. A rule holds for occurrences of one kind whose anchor lies between `valid_from` and
    `valid_until`, open where empty. `evidence`: pairs of ISO days, [step, anchor], that were seen.
    """

    __tablename__ = "step_rule"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "key", name="uq_step_rule_key"),
        sa.CheckConstraint("(anchor = 'year') = (fixed_on <> '')", name="fixed_each_year"),
        sa.CheckConstraint("(anchor = 'year') = (offset_min IS NULL)", name="offset_else"),
        sa.CheckConstraint("(offset_min IS NULL) = (offset_max IS NULL)", name="both_ends"),
        sa.CheckConstraint("offset_min <= offset_max", name="range_in_order"),
        sa.CheckConstraint("typical IS NULL OR (typical BETWEEN offset_min AND offset_max)", name="typical_within"),
        sa.CheckConstraint("valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until", name="valid"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int] = mapped_column(default=0)
    step: Mapped[StepCode] = mapped_column(code_type(StepCode, "step"))
    mode_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("participation_mode.id", ondelete="SET NULL"), index=True
    )
    occurrence_kind: Mapped[OccurrenceKind] = mapped_column(code_type(OccurrenceKind, "occurrence_kind"))
    anchor: Mapped[Anchor] = mapped_column(code_type(Anchor, "anchor"))
    offset_min: Mapped[int | None]
    offset_max: Mapped[int | None]
    typical: Mapped[int | None]
    fixed_on: Mapped[str] = mapped_column(sa.String(5), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    evidence: Mapped[list[list[str]]] = mapped_column(JSONFacts, default=list)

    space: Mapped[AdvocacySpace] = relationship(lazy="joined")
    mode: Mapped[ParticipationMode | None] = relationship()

    @property
    def is_deadline(self) -> bool:
        return self.step in DEADLINES


class CatalogueNote(Fact, Model):
    """A fact in words that fits no column, beside the thing it is about; `texts` says it by language."""

    __tablename__ = "catalogue_note"
    __table_args__ = (sa.Index("ix_catalogue_note_thing", "object_kind", "object_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    space_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"), index=True)
    object_kind: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    about: Mapped[NoteAbout] = mapped_column(code_type(NoteAbout, "about"))
    texts: Mapped[Facts] = mapped_column(JSONFacts)
