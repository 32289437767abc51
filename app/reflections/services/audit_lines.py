"""Lines of the audit about reflections: identifiers and codes, never anybody's words."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.reflections.models import Reflection


def record(actor: Actor, what: str, reflection: Reflection, now: datetime, **facts: object) -> None:
    """Write what happened to a reflection."""
    audit.record(actor, f"reflections.reflection.{what}", "reflection", reflection.id, dict(facts), now=now)
