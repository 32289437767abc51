"""Addresses of reflections, by what people come for: to read, to write, to answer, to translate, to look after."""

from flask import Blueprint

from app.originals.pages import mount

blueprint = Blueprint("reflections", "app.reflections", template_folder="templates")
mount(blueprint, "reflection", "/reflections")

from app.reflections.routes import (  # noqa: E402 - they hang their views on the blueprint, which stands above
    answering,
    drafting,
    looking_after,
    printing,
    reading,
    responding,
    voice,
    writing,
)

__all__ = [
    "answering",
    "blueprint",
    "drafting",
    "looking_after",
    "printing",
    "reading",
    "responding",
    "voice",
    "writing",
]
