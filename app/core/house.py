"""What this network calls itself and how it works: settings that its secretariat edits, one row per setting.

Shipped values stand in code (HIC's are the example); a row overrides one. Settings of the machine are in `config.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import JSONFacts, UTCDateTime
from app.extensions import Model


class HouseSetting(Model):
    """One setting that differs from what is shipped; `value` is plain JSON."""

    __tablename__ = "house_setting"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONFacts)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]
