"""Material on the shelf of a group."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.materials.models import Material
from app.workinggroups.models.groups import WorkingGroup


class GroupMaterial(Material):
    """A link or a file of a group. Its audience is the group's own key, or `public` for whoever knows of it."""

    __tablename__ = "group_material"
    __mapper_args__ = {"polymorphic_identity": "group", "polymorphic_load": "inline"}  # noqa: RUF012 - see Material

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("material.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id"), index=True)

    group: Mapped[WorkingGroup] = relationship(lazy="selectin")

    @property
    def shelf(self) -> WorkingGroup:
        return self.group
