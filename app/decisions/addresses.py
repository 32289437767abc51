"""Where decisions live, below their group. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from app.decisions.models import Decision


def decision_path(decision: Decision) -> str:
    return f"/groups/{decision.group.slug}/decisions/{decision.id}"
