"""Addresses of advocacy. Each module hangs its views on the blueprint."""

from app.advocacy.blueprint import blueprint

__all__ = ["blueprint"]
