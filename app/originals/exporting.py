"""Originals that leave the house: as their author takes them along, and as words in a file with their translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.languages import own_name
from app.moments.words import stamp
from app.originals.models import Original, OriginalVersion
from app.originals.showing import shown_by


def exported(original: Original) -> dict[str, Any]:
    """Return a text whole, in all its versions, in the words of the tables."""
    return {
        "id": str(original.id),
        "language": original.language,
        "written_down_by": original.written_down_by and str(original.written_down_by),
        "written_at": original.written_at.isoformat(),
        "withdrawn_at": original.withdrawn_at and original.withdrawn_at.isoformat(),
        "versions": [
            {
                "number": version.number,
                "written_at": version.written_at.isoformat(),
                "body": version.body,
                "passages": [{"words": row.words, "language": row.language} for row in version.passages],
            }
            for version in original.versions
        ],
    }


def as_markdown(
    original: Original, version: OriginalVersion, translators: Mapping[UUID, str], *, level: int = 2, heading: str = ""
) -> Iterator[str]:
    """Yield a text as Markdown: who wrote it, as they chose to appear, when and in which language (or another
    `heading` that says so), the words, then its translations with who made each. `translators` are names by translation
    (`showing.translator_names_of`)."""
    mark = "#" * level
    head = heading or f"{shown_by(original)} · {stamp(version.written_at)} · {own_name(original.language)}"
    yield f"{mark} {head}\n\n"
    yield f"{version.body.strip()}\n\n"
    for row in original.translations:
        # I18N: heading over a translation in a file; %(language)s is a language, %(name)s who made it
        by = _("Translation into %(language)s by %(name)s", language=own_name(row.language), name=translators[row.id])
        stale = _("(of an earlier version)") if row.is_stale else ""
        yield f"{mark}# {by} {stale}".rstrip() + f"\n\n{row.body.strip()}\n\n"
