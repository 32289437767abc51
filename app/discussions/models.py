"""Tables of discussions: topics of a group, the posts in them (originals, R-01), and what is kept from its readers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.core.types import UTCDateTime
from app.extensions import Model
from app.originals.models import Original
from app.workinggroups.models import WorkingGroup


class Topic(Model):
    """Something a group talks about. What it is called and about is its opening post; this row says where it stands.
    `last_at` is when somebody wrote in it last, kept here for the order of the list."""

    __tablename__ = "topic"
    __table_args__ = (sa.Index("ix_topic_group", "group_id", "is_pinned", "last_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[UUID | None]
    closed_because: Mapped[str] = mapped_column(sa.Text, default="")

    group: Mapped[WorkingGroup] = relationship()
    slug: Mapped[str] = column_property(
        sa.select(WorkingGroup.slug).where(WorkingGroup.id == group_id).correlate_except(WorkingGroup).scalar_subquery()
    )
    """The address of the group, without loading it."""


class Post(Original):
    """What somebody writes in a topic. The first one opens it and has its `title`. `answers_id` is the post it answers,
    `thread_id` the one beneath which it stands: there is one level, so that a thread reads well on a phone."""

    __tablename__ = "post"
    __table_args__ = (  # type: ignore[assignment]  # a table of its own, with its own constraints
        sa.Index(
            "uq_post_opening",
            "topic_id",
            unique=True,
            postgresql_where=sa.text("is_opening"),
            sqlite_where=sa.text("is_opening"),
        ),
        sa.CheckConstraint("(answers_id IS NULL) = (thread_id IS NULL)", name="thread_of_answer"),
    )
    __mapper_args__ = {  # noqa: RUF012 - how SQLAlchemy reads it
        "polymorphic_identity": "post",
        "polymorphic_load": "selectin",
    }

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id"), primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(sa.ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    is_opening: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    answers_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("post.id"), index=True)
    thread_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("post.id"), index=True)

    topic: Mapped[Topic] = relationship(lazy="joined")


class PostWithholding(Model):
    """A post is kept out of sight, with a reason its author reads. The author may ask once that it be shown again."""

    __tablename__ = "post_withholding"
    __table_args__ = (
        sa.Index(
            "uq_post_withholding_open",
            "post_id",
            unique=True,
            postgresql_where=sa.text("lifted_at IS NULL"),
            sqlite_where=sa.text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    post_id: Mapped[UUID] = mapped_column(sa.ForeignKey("post.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    plea: Mapped[str] = mapped_column(sa.Text, default="")
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    post: Mapped[Post] = relationship()
