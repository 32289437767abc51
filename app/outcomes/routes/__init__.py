"""Addresses of what sessions leave behind: notes, outcomes, the handover sheet of a track."""

from flask import Blueprint

blueprint = Blueprint("outcomes", "app.outcomes", template_folder="templates")

from app.outcomes.routes import handover, notes, outcomes  # noqa: E402 - they hang their views on the blueprint

__all__ = ["blueprint", "handover", "notes", "outcomes"]
