"""Addresses of reflections, by what people come for: to read, to write, to translate."""

from flask import Blueprint

blueprint = Blueprint("reflections", "app.reflections", template_folder="templates")

from app.reflections.routes import reading, translating, writing  # noqa: E402 - they hang their views on the blueprint

__all__ = ["blueprint", "reading", "translating", "writing"]
