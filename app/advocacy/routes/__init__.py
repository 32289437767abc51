"""Addresses of advocacy. Each module hangs its views on the blueprint."""

from app.advocacy.blueprint import blueprint
from app.advocacy.routes import calendar, following, keeping, spaces

__all__ = ["blueprint", "calendar", "following", "keeping", "spaces"]
