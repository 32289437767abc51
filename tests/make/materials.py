"""Rows of material for tests."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.core import files
from app.core.actors import VISITOR
from app.core.files import StoredFile
from app.engagements.models import Engagement, EngagementMaterial
from app.extensions import db
from app.materials.models import TrackMaterial
from app.sessions.models import Track
from app.workinggroups.models import GroupMaterial, WorkingGroup
from tests.conftest import START
from tests.make.files import PDF


def make_stored(
    app: Flask, name: str = "report.pdf", media_type: str = "application/pdf", body: bytes = PDF
) -> StoredFile:
    """A file with its bytes in the folder."""
    with app.app_context():
        incoming = files.lay_down(body, name=name, media_type=media_type)
    stored = files.keep(VISITOR, incoming, now=START)
    db.session.flush()
    return stored


def make_material(track: Track, title: str = "Something to read", **overrides: Any) -> TrackMaterial:
    """A public link of a track, unless a file is named."""
    return _made(TrackMaterial(track_id=track.id, title=title, **_values(overrides)))


def make_group_material(group: WorkingGroup, title: str = "Something to read", **overrides: Any) -> GroupMaterial:
    """A link of a group, for whoever knows of it, unless a file is named."""
    return _made(GroupMaterial(group_id=group.id, title=title, **_values(overrides)))


def make_engagement_material(engagement: Engagement, title: str = "Receipt", **overrides: Any) -> EngagementMaterial:
    """A link on the shelf of an engagement, for whoever reads it."""
    return _made(EngagementMaterial(engagement_id=engagement.id, title=title, **_values(overrides)))


def _values(overrides: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"audience": "public", "language": "es", "position": 0, "added_at": START} | overrides
    if not values.get("file") and not values.get("file_id"):
        values.setdefault("url", "https://example.org/text")
    return values


def _made(material: Any) -> Any:
    db.session.add(material)
    db.session.flush()
    return material
