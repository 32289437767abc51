"""Addresses of advocacy. Each module hangs its views on the blueprint."""

from app.advocacy.blueprint import blueprint
from app.advocacy.routes import (
    access,
    calendar,
    catalogue_file,
    checking,
    following,
    keeping,
    occurrences,
    spaces,
    steps,
)

__all__ = [
    "access",
    "blueprint",
    "calendar",
    "catalogue_file",
    "checking",
    "following",
    "keeping",
    "occurrences",
    "spaces",
    "steps",
]
