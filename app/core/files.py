"""Files that people bring: checked for what they are, kept under a name of ours in the instance folder, one row each.

A file belongs to one thing of a package above (a material, a voice), which decides who sees it and names it by key.
Bytes lie below `<instance>/files/`; the row says what they are.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import UTCDateTime
from app.extensions import Model


class StoredFile(Model):
    """A kept file. `name` is the name it came with, cleaned; `media_type` is what its bytes say, not its name.

    `removed_at`: no thing needs it any more; a job deletes the bytes, then the row.
    """

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    brought_by: Mapped[UUID | None]
    brought_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
