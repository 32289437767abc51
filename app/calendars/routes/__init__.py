"""Pages of calendars of others: those of a group or an organisation, a new one, one calendar."""

from flask import Blueprint

blueprint = Blueprint("calendars", "app.calendars", template_folder="templates")

from app.calendars.routes import bringing, keeping  # noqa: E402 - they hang their views on the blueprint

__all__ = ["blueprint", "bringing", "keeping"]
