"""Tables of joint texts: the text of a group, who keeps it, its versions, what is said about their paragraphs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.originals.models import Original
from app.people.models import Person
from app.workinggroups.models import WorkingGroup


class TextState(StrEnum):
    """Open for comments; closed, so that its keepers finish it; adopted by the group, after which nothing changes."""

    OPEN = "open"
    CLOSED = "closed"
    ADOPTED = "adopted"


class Verdict(StrEnum):
    """What became of a comment. For `partly` and `not` there is a reason."""

    TAKEN = "taken"
    PARTLY = "partly"
    NOT = "not"


class JointText(Model):
    """A text that belongs to its group. `title` and `purpose` are in its language; `version` is the newest one.

    A text may say which other text of its group it is a translation of: each language has its own versions, keepers and
    comments (docs/decisions/0017).
    """

    __tablename__ = "joint_text"
    __table_args__ = (
        sa.Index("ix_joint_text_group", "group_id", "changed_at", "id"),
        sa.CheckConstraint("(state = 'adopted') = (adopted_on IS NOT NULL)", name="adopted_when"),
        sa.CheckConstraint("translation_of_id <> id", name="translation_of_another"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(sa.String(200))
    purpose: Mapped[str] = mapped_column(sa.String(300), default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[TextState] = mapped_column(code_type(TextState, "state"), default=TextState.OPEN)
    adopted_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    translation_of_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("joint_text.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    begun_by: Mapped[UUID | None]
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    slug: Mapped[str] = column_property(
        sa.select(WorkingGroup.slug).where(WorkingGroup.id == group_id).correlate_except(WorkingGroup).scalar_subquery()
    )
    """The address of the group, without loading it."""
    keepers: Mapped[list[TextKeeper]] = relationship(
        primaryjoin=lambda: sa.and_(TextKeeper.text_id == JointText.id, TextKeeper.ended_at.is_(None)),
        order_by=lambda: (TextKeeper.named_at, TextKeeper.id),
        lazy="selectin",
        viewonly=True,
    )
    """Who keeps it now."""


class TextKeeper(Model):
    """A person who writes the versions of a text and answers its comments, until this ends."""

    __tablename__ = "joint_text_keeper"
    __table_args__ = (
        sa.Index(
            "uq_joint_text_keeper_open",
            "text_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("joint_text.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    named_at: Mapped[datetime] = mapped_column(UTCDateTime)
    named_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")


class TextVersion(Model):
    """The whole text as somebody wrote it, never changed afterwards. `changes` says in a line what is new in it;
    `of_version` is the version of the original it follows, where the text is a translation."""

    __tablename__ = "joint_text_version"

    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("joint_text.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    words: Mapped[int]
    changes: Mapped[str] = mapped_column(sa.String(300), default="")
    of_version: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    writer: Mapped[Person | None] = relationship(lazy="joined")


class Comment(Original):
    """What somebody says about one paragraph of one version. `digest` is that of its words: where a newer version has
    the same paragraph, the comment stands beside it there too.

    The answer is the group's, given by whoever keeps the text: `because` in `because_language`. `answers` counts how
    often it was given, so that two keepers do not answer over each other unseen. `settled_in` is the version that the
    answer went into, None while that is still to be written.
    """

    __tablename__ = "joint_text_comment"
    __table_args__ = (  # type: ignore[assignment]  # a table of its own, with its own constraints
        sa.ForeignKeyConstraint(
            ["text_id", "about_version"],
            ["joint_text_version.text_id", "joint_text_version.number"],
            name="fk_joint_text_comment_version",
            ondelete="CASCADE",
        ),
        sa.Index("ix_joint_text_comment_text", "text_id", "verdict"),
        sa.CheckConstraint("(verdict IS NULL) = (answered_at IS NULL)", name="answered_when"),
    )
    __mapper_args__ = {  # noqa: RUF012 - how SQLAlchemy reads it
        "polymorphic_identity": "comment",
        "polymorphic_load": "selectin",
    }

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id"), primary_key=True)
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("joint_text.id", ondelete="CASCADE"))
    about_version: Mapped[int]
    paragraph: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(32))
    verdict: Mapped[Verdict | None] = mapped_column(code_type(Verdict, "verdict"))
    because: Mapped[str] = mapped_column(sa.Text, default="")
    because_language: Mapped[str] = mapped_column(sa.String(20), default="")
    answers: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    settled_in: Mapped[int | None]

    text: Mapped[JointText] = relationship(lazy="joined")
    answerer: Mapped[Person | None] = relationship(foreign_keys=[answered_by])
