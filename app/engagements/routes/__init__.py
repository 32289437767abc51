"""Addresses of engagements. Each module hangs its views on the blueprint."""

from app.engagements.blueprint import blueprint

__all__ = ["blueprint"]
