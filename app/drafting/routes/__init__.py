"""Addresses of joint texts, by what people come for: to read, write, comment, answer, say where it stands."""

from app.drafting.blueprint import blueprint
from app.drafting.routes import authors, comments, reading, states, writing

__all__ = ["authors", "blueprint", "comments", "reading", "states", "writing"]
