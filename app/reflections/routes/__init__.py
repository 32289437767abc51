"""Addresses of reflections, by what people come for: to read, to write, to answer, to translate, to look after."""

from flask import Blueprint

blueprint = Blueprint("reflections", "app.reflections", template_folder="templates")

# they hang their views on the blueprint
from app.reflections.routes import (  # noqa: E402
    answering,
    caring,
    drafting,
    printing,
    reading,
    responding,
    translating,
    voice,
    writing,
)

__all__ = [
    "answering",
    "blueprint",
    "caring",
    "drafting",
    "printing",
    "reading",
    "responding",
    "translating",
    "voice",
    "writing",
]
