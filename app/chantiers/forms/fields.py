"""What several forms of chantiers share: one organisation of a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.core.context import page_language
from app.people.queries import organisation_choices


def uuid_or_none(value: Any) -> UUID | None:
    """Coerce the value of a choice; anything that is no UUID counts as not chosen."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        return None


def offer_organisations(
    field: SelectField, *, only: Collection[UUID] | None = None, left_out: Collection[UUID] = ()
) -> None:
    """Fill a list with the organisations of the directory by name: all but some, or some alone."""
    listed = [
        SelectChoice(str(organisation_id), name)
        for organisation_id, name in organisation_choices(page_language())
        if organisation_id not in left_out and (only is None or organisation_id in only)
    ]
    field.choices = [SelectChoice("", _("Choose…")), *listed]
