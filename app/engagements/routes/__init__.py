"""Addresses of engagements. Each module hangs its views on the blueprint."""

from app.engagements.blueprint import blueprint
from app.engagements.routes import delegation, lists, organisations, plans, results, submitting, texts

__all__ = ["blueprint", "delegation", "lists", "organisations", "plans", "results", "submitting", "texts"]
