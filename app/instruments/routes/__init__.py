"""Pages of advocacy instruments: the list, one instrument, and what is done with it."""

from flask import Blueprint

blueprint = Blueprint("instruments", "app.instruments", url_prefix="/advocacy/instruments", template_folder="templates")

from app.instruments.routes import describing, reading, writing  # noqa: E402 - they hang their views on the blueprint

__all__ = ["blueprint", "describing", "reading", "writing"]
