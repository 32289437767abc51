"""Addresses of advocacy. Each module hangs its views on the blueprint."""

from app.advocacy.blueprint import blueprint
from app.advocacy.routes import access, calendar, following, keeping, spaces

__all__ = ["access", "blueprint", "calendar", "following", "keeping", "spaces"]
