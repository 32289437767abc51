"""Addresses of topics, by what people come for: to read and reply, to write and change, to look after."""

from flask import Blueprint

from app.originals.pages import mount

blueprint = Blueprint("discussions", "app.discussions", template_folder="templates")
mount(blueprint, "post", "/groups/<slug>/posts")

from app.discussions.routes import (  # noqa: E402 - they hang their views on the blueprint, which stands above
    authors,
    looking_after,
    posts,
    running,
    topics,
)

__all__ = ["authors", "blueprint", "looking_after", "posts", "running", "topics"]
