"""Pages of recommendations: the register, one recommendation, and what is done with it."""

from flask import Blueprint

blueprint = Blueprint("recommendations", "app.recommendations", url_prefix="/advocacy", template_folder="templates")

from app.recommendations.routes import following, noting, register  # noqa: E402 - they hang their views on it

__all__ = ["blueprint", "following", "noting", "register"]
