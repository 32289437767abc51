"""Addresses of the programme. Parse, load what is visible, form, one service call, redirect or render."""

from app.sessions.routes.blueprint import blueprint

__all__ = ["blueprint"]
