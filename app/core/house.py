"""What this network calls itself and how it works: settings that its secretariat edits, one row per setting.

Shipped values stand in code (HIC's are the example); a row overrides one. Settings of the machine are in `config.py`.
All rows are read together, once per request or job, and kept beside it; a house whose database is away speaks with its
shipped values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g
from sqlalchemy.orm import Mapped, mapped_column

from app.core.languages import chain
from app.core.types import JSONFacts, UTCDateTime
from app.extensions import Model, db

NAMES = "names"
"""`{language: name of the house}`."""
ELIGIBLE = "eligible"
"""Affiliations that a new track is open to, unless the track says otherwise (R-03)."""
LOGO = "logo"
"""Identifier of a stored picture."""
SPLITS_ELISIONS = "splits_elisions"
"""Whether word limits count an elided article for itself: "l’habitat" is two words then, one as shipped."""


class HouseSetting(Model):
    """One setting that differs from what is shipped; `value` is plain JSON."""

    __tablename__ = "house_setting"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONFacts)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]


def values() -> Mapping[str, Any]:
    """Return every setting that differs from what is shipped, by name."""
    if "house_values" not in g:
        if g.get("is_visitor_now"):
            return {}
        g.house_values = dict(db.session.execute(sa.select(HouseSetting.name, HouseSetting.value)).all())
    return g.house_values  # type: ignore[no-any-return]  # g holds anything


def forget_values() -> None:
    """Read the settings anew when they are next asked for: others may have written them meanwhile."""
    g.pop("house_values", None)


def set_value(name: str, value: Any, *, changed_by: UUID | None, now: datetime) -> None:
    """Write one setting; an empty value gives the shipped one back. Whoever calls has asked whether the actor may."""
    row = db.session.get(HouseSetting, name)
    if not value:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(HouseSetting(name=name, value=value, changed_at=now, changed_by=changed_by))
    else:
        row.value, row.changed_at, row.changed_by = value, now, changed_by
    db.session.flush()
    forget_values()


def word(name: str, language: str) -> str:
    """Return the words of a `{language: words}` setting for a reader, with the fallback of names; "" without any."""
    words = values().get(name) or {}
    found = chain(language, set(words))
    return str(words[found]) if found else ""


def name_of_house(language: str) -> str:
    """Return what the house is called: as the secretariat wrote it, else as the machine's settings say."""
    return word(NAMES, language) or str(current_app.extensions["maloca"].house_name)


def logo_id() -> UUID | None:
    """Return the picture that stands for the house; None for the shipped mark."""
    value = values().get(LOGO)
    return UUID(str(value)) if value else None
