"""Addresses of chantiers: proposing, who carries them, the mission letter, agreements with others."""

from flask import Blueprint

blueprint = Blueprint("chantiers", "app.chantiers", template_folder="templates")

from app.chantiers.routes import agreements, carriers, letters, proposing  # noqa: E402 - they hang on the blueprint

__all__ = ["agreements", "blueprint", "carriers", "letters", "proposing"]
