"""Pages of events: one event, and what is done with it."""

from flask import Blueprint

blueprint = Blueprint("events", "app.events", url_prefix="/events", template_folder="templates")

from app.events.routes import reading, writing  # noqa: E402 - they hang their views on the blueprint

__all__ = ["blueprint", "reading", "writing"]
