"""Addresses of decisions, below those of their group."""

from app.decisions.blueprint import blueprint
from app.decisions.routes import leading, proposing, reading, saying, speaking

__all__ = ["blueprint", "leading", "proposing", "reading", "saying", "speaking"]
