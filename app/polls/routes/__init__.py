"""Addresses of polls, below those of their group."""

from app.polls.blueprint import blueprint
from app.polls.routes import answering, leading, starting

__all__ = ["answering", "blueprint", "leading", "starting"]
