"""An original as its author takes it along: the piece that every kind puts into what it exports of a person."""

from __future__ import annotations

from typing import Any

from app.originals.models import Original


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
