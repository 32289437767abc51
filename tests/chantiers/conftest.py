"""Readers of pages, as the stories have them."""

from tests.journeys.conftest import reader

__all__ = ["reader"]
